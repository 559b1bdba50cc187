"""`safemonth summary`: the work summary in Word, PDF and web page, both languages, frozen with its figures."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from safemonth.desk.console import OfficeCommand, now, terminal_user
from safemonth.desk.files import file_bytes
from safemonth.plan.queries import campaign_called
from safemonth.summary.actions import make_summary, take_outline
from safemonth.summary.queries import documents_of


class Command(OfficeCommand):
    """Make a summary and write its documents."""

    help = "Make the work summary and write its documents into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("--campaign", default="")
        parser.add_argument("--out", type=Path, default=Path("summary-out"))
        parser.add_argument("--outline-zh", type=Path, default=None, help="a Word template to use from now on")
        parser.add_argument("--outline-en", type=Path, default=None)

    def run(self, *, out: Path, **options: Any) -> None:
        """Take in outlines that were given, make the summary, write it."""
        campaign = campaign_called(options["campaign"])
        by, at = terminal_user(), now()
        for language in ("zh", "en"):
            given = options[f"outline_{language}"]
            if given:
                take_outline(campaign=campaign, language=language, template=file_bytes(given), by=by, at=at)
        summary = make_summary(campaign=campaign, by=by, at=at)
        out.mkdir(parents=True, exist_ok=True)
        for name, data in documents_of(summary):
            (out / name).write_bytes(data)
            self.stdout.write(str(out / name))
