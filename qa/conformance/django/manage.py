#!/usr/bin/python3
"""Django's own commands on these models: POSTGRES_DB=... ./manage.py dumpdata users --indent 2"""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    execute_from_command_line(sys.argv)
