"""The portal with more of Django's own apps, whose tables are none of the backup's business."""

from settings import *  # noqa: F403

INSTALLED_APPS = INSTALLED_APPS + [  # noqa: F405
    "django.contrib.admin",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
]

SITE_ID = 1
