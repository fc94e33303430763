"""Runs Django's commands for whoever talks to it, so that Django starts once and not for every command.

A line of JSON in: {"database": "test_7", "command": ["dumpdata", "users", "--indent", "2", "--output", "users.json"]}
A line of JSON out: {"output": "what the command printed"} or {"error": "why it failed"}
"""

import io
import json
import os
import sys

import django
from django.core.management import call_command
from django.db import connection


def answer(question):
    from django.contrib.contenttypes.models import ContentType

    connection.settings_dict["NAME"] = question["database"]
    ContentType.objects.clear_cache()
    output = io.StringIO()
    try:
        call_command(*question["command"], stdout=output, stderr=output)
        return {"output": output.getvalue()}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        connection.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    django.setup()
    print(json.dumps({"output": django.get_version()}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
