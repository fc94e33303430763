"""The portal's models as Django classes, made of the one file that describes them."""

import json
from pathlib import Path

from django.db import models
from django.utils import timezone

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "portal-domain" / "src" / "test" / "resources" / "portal-models.json"

DESCRIBED = json.loads(FILE.read_text(encoding="utf-8"))


def declare(module):
    """Declares the models of the app that `module` (`users.models`) belongs to, and returns them by name."""
    app = module.partition(".")[0]
    declared = {}
    for model in DESCRIBED:
        if model["app"] == app:
            name = model["model"].partition(".")[2]
            declared[name] = declare_model(module, name, model, declared)
    return declared


def declare_model(module, name, model, declared):
    # Fields stand in fixtures in the order in which they are made here, lists after all others.
    members = {field["name"]: make_field(field, model) for field in model["fields"]}
    members.update({m2m["name"]: make_list(m2m) for m2m in model["m2m"]})
    members["__module__"] = module
    members["Meta"] = type(
        "Meta",
        (),
        {
            "db_table": model["table"],
            "ordering": model["ordering"],
            "unique_together": model["unique_together"],
        },
    )
    if model["model"] == "users.aerpawuser":
        members.update(what_makes_a_user())
    parents = [declared[parent.partition(".")[2]] for parent in model["parents"]]
    return type(name, tuple(parents) or (models.Model,), members)


def make_field(field, model):
    options = {"db_column": field["column"], "null": field["null"]}
    for option in ("max_length", "default", "unique", "auto_now", "auto_now_add"):
        if option in field:
            options[option] = field[option]
    if options.get("default") == "now":
        options["default"] = timezone.now
    if field.get("pk"):
        options["primary_key"] = True
    if "to" in field:
        options["to"] = field["to"]
        options["on_delete"] = getattr(models, field["on_delete"])
        # Nothing here goes a reference backward, so that no two of them have to agree on names.
        options["related_name"] = "+"
    if field.get("to") in model["parents"] and field.get("pk"):
        options["parent_link"] = True
    return getattr(models, field["type"])(**options)


def make_list(m2m):
    if m2m["auto"]:
        return models.ManyToManyField(m2m["to"], db_table=m2m["table"], related_name="+")
    # A table of links may refer to its target twice: who is a member, and who made them one.
    through_fields = tuple(m2m[end].replace("_id", "") for end in ("source_column", "target_column"))
    return models.ManyToManyField(
        m2m["to"], through=m2m["through"], through_fields=through_fields, related_name="+"
    )


class UserManager(models.Manager):
    """Finds a user by what Django's natural keys call it."""

    def get_by_natural_key(self, username):
        return self.get(username=username)


def what_makes_a_user():
    """What Django wants of AUTH_USER_MODEL, and the natural key that its AbstractBaseUser has."""
    return {
        "USERNAME_FIELD": "username",
        "REQUIRED_FIELDS": [],
        "is_anonymous": False,
        "is_authenticated": True,
        "objects": UserManager(),
        "natural_key": lambda user: (user.username,),
    }
