"""The portal as far as dumpdata and loaddata see it: its apps and its database."""

import os

SECRET_KEY = "nothing here is signed"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("POSTGRES_HOST", "127.0.0.1"),
        "PORT": os.environ.get("POSTGRES_PORT", "5432"),
        "NAME": os.environ.get("POSTGRES_DB", "postgres"),
        "USER": os.environ.get("POSTGRES_USER", "postgres"),
        "PASSWORD": os.environ.get("POSTGRES_PASSWORD", ""),
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "users",
    "profiles",
    "resources",
    "projects",
    "error_handling",
    "experiment_files",
    "experiment_info",
    "experiments",
    "operations",
    "credentials",
    "user_messages",
    "user_requests",
]

AUTH_USER_MODEL = "users.aerpawuser"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

# `migrate --run-syncdb` makes all tables at once: those of the apps refer to auth's, which its migrations would make too late.
MIGRATION_MODULES = {"auth": None, "contenttypes": None}

USE_TZ = True
TIME_ZONE = "UTC"
