"""`manage.py prepare`: bring an installation up to date, in one start of Django."""

import json
import os
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command

from racing.models import Report


class Command(BaseCommand):
    help = (
        "Apply what migrations are missing and make the account `admin` if nobody can sign in to the admin yet and "
        "PARC_FERME_ADMIN_PASSWORD is set. The last line printed is JSON: account_made, reports (how many there are)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stdout)
        told = {"account_made": self.make_account(), "reports": Report.objects.count()}
        self.stdout.write(json.dumps(told))

    def make_account(self) -> bool:
        """Make the first account with the environment's password; tell whether one was made."""
        users = get_user_model().objects
        password = os.environ.get("PARC_FERME_ADMIN_PASSWORD")
        if not password or users.filter(is_superuser=True, is_active=True).exists():
            return False
        users.create_superuser("admin", password=password)
        return True
