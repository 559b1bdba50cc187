"""`safemonth forms [FILE ...]`: take in forms designed in Excel; with no file the project's own."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from safemonth.collect.forms.actions import add_form
from safemonth.collect.forms.builtin import builtin_forms
from safemonth.desk.console import OfficeCommand, now, terminal_user
from safemonth.desk.files import file_bytes


class Command(OfficeCommand):
    """Take forms in."""

    help = "Take in forms (XLSForm); with no file, the project's own: reports, returns, inspections, visits."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")

    def run(self, *, files: list[Path], **options: Any) -> None:
        """Take each in and say what became of it."""
        given = [(path.name, file_bytes(path)) for path in files] or builtin_forms()
        for name, data in given:
            version, is_new = add_form(data=data, file_name=name, by=terminal_user(), at=now())
            self.stdout.write(f"{'+' if is_new else '='} {version.form.code} {version.version} {version.title}")
