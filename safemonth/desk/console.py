"""What commands share: who acts, when, and how a refusal reaches a person at a terminal."""

import getpass
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone, translation

from safemonth.desk.gate import sentence_of
from safemonth.lib.refusals import Refused, gettext_noop


def now() -> datetime:
    """Return the present; commands pass it to actions, which have no clock."""
    return timezone.now()


def terminal_user() -> str:
    """Return who acts from the terminal, as the ledger names them."""
    try:
        return f"terminal:{getpass.getuser()}"
    except (KeyError, OSError):
        return "terminal"


def database_is_there() -> bool:
    """Return whether the database was set up (`safemonth init`)."""
    if connection.vendor == "sqlite" and not (settings.DATA / "safemonth.sqlite3").exists():
        name = str(settings.DATABASES["default"]["NAME"])
        if "memory" not in name and not name.endswith("safemonth.sqlite3"):
            return "organisation_unit" in connection.introspection.table_names()
        if "memory" not in name:
            return False
    try:
        return "organisation_unit" in connection.introspection.table_names()
    except DatabaseError:
        return False


def need_database() -> None:
    """Raise Refused `no_database` where `safemonth init` was not run here."""
    if not database_is_there():
        raise Refused(
            "no_database",
            gettext_noop("There is no database in %(folder)s yet. Set it up first: safemonth init"),
            folder=str(settings.DATA),
        )


def tell_and_stop(command: BaseCommand, refused: Refused) -> NoReturn:
    """Print a refusal in the terminal's language and leave with exit code 2."""
    command.stderr.write(f"{sentence_of(refused.sentence, refused.params)} [{refused.code}]")
    sys.exit(2)


def in_language(language: str) -> Any:
    """Return a context in which sentences are in that language (`zh` or `en`)."""
    return translation.override("zh-hans" if language.startswith("zh") else "en")


class OfficeCommand(BaseCommand):
    """A command of Safemonth: `run` may raise Refused, which becomes one sentence and exit code 2."""

    needs_database = True
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Name the console command, and offer the language."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--language", default="", help="zh or en (default: the office's)")
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        """Run in the chosen language."""
        language = options.pop("language", "") or settings.LANGUAGE_CODE
        with in_language(language):
            try:
                if self.needs_database:
                    need_database()
                self.run(**options)
            except Refused as refused:
                tell_and_stop(self, refused)

    def run(self, *args: Any, **options: Any) -> None:
        """Do what the command is for."""
        raise NotImplementedError

    def progress(self, total: int, what: str) -> Callable[[str], None]:
        """Return a function to call once a step is done: a line that rewrites itself on a terminal."""
        done = 0
        lively = sys.stderr.isatty()

        def step(name: str) -> None:
            nonlocal done
            done += 1
            if lively:
                bar = "█" * (20 * done // max(total, 1))
                self.stderr.write(f"\r{what} {bar:<20} {done}/{total} {name[:40]:<40}", ending="")
                self.stderr.flush()
                if done == total:
                    self.stderr.write("")
            elif done == total or done % max(total // 5, 1) == 0:
                self.stderr.write(f"{what} {done}/{total}")

        return step
