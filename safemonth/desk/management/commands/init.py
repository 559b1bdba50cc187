"""`safemonth init`: the database, the indicators, the first account."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser

from safemonth.desk.console import OfficeCommand, now, terminal_user
from safemonth.organisation.actions import open_account
from safemonth.organisation.models import User
from safemonth.plan.actions import load_indicator_list


class Command(OfficeCommand):
    """Set up an office: safe to run again (it then brings the database up to date)."""

    help = "Set up the database, the indicators and the first account."
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("--username", default="clerk")
        parser.add_argument("--password", default="", help="made and printed where none is given")

    def run(self, *, username: str, password: str, **options: Any) -> None:
        """Migrate, load indicators, open the first account."""
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        at = now()
        load_indicator_list(by=terminal_user(), at=at)
        self.stdout.write(str(settings.DATA))
        if not User.objects.filter(is_superuser=False).exists():
            password = password or secrets.token_urlsafe(9)
            open_account(username=username, password=password, role="clerk", unit=None, by=terminal_user(), at=at)
            self.stdout.write(f"sign-in: {username} / {password}")
        self.stdout.write("next: safemonth units FILE; safemonth campaign CODE; safemonth intake FILE…")
