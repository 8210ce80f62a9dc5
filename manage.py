#!/usr/bin/env python
"""Django's command line for Parc fermé."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "racing.settings")
    from django.core.management import execute_from_command_line  # the settings must be named first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
