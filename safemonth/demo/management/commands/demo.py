"""`safemonth demo`: Yi County's whole month from files such as units send, its summary, and the site."""

import os
import secrets
import shutil
import socket
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser

from safemonth.collect.readers.queries import waiting_measures, waiting_proposals
from safemonth.collect.submissions.queries import place_of
from safemonth.demo.build import Built, count_steps, send_files
from safemonth.demo.field.filled import filled_forms
from safemonth.demo.field.found import field_findings
from safemonth.demo.field.sending import FIELD_ACCOUNTS, look_at_photos
from safemonth.demo.files import all_drafts
from safemonth.demo.month import ACCOUNTS, CLERK, set_up_month
from safemonth.demo.publicity.found import publicity_findings
from safemonth.desk.console import OfficeCommand
from safemonth.desk.gate import sentence_of
from safemonth.desk.server import serve
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.plan.models import Campaign
from safemonth.summary.actions import make_summary
from safemonth.summary.queries import documents_of

SUMMARY_AT = datetime(2019, 7, 22, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class Command(OfficeCommand):
    """Build the demo in a folder of its own, print what was held, serve the site."""

    help = "Build Yi County's month from files such as units send, write its summary, serve the site."
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("--out", type=Path, default=Path("demo-out"))
        parser.add_argument("--no-serve", action="store_true")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--password", default="", help="for all sign-ins (default: made anew)")

    def run(self, *, out: Path, no_serve: bool, port: int, password: str, **options: Any) -> None:
        """Build, print, serve."""
        out.mkdir(parents=True, exist_ok=True)
        password = password or secrets.token_urlsafe(9)
        self._fresh_database()
        self.stdout.write("1/5 the county: units, bodies, plan, forms")
        campaign = set_up_month(at=datetime(2019, 5, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")), password=password)
        steps = self.progress(count_steps(), "the month")
        self.stdout.write(
            f"2/5 the month: {len(all_drafts())} files and {len(filled_forms())} forms from units, and the office's part"
        )
        sent = out / "sent"
        shutil.rmtree(sent, ignore_errors=True)
        built = send_files(campaign, sent, step=steps)
        self.stdout.write("3/5 the worker looks at the photos")
        look_at_photos(at=SUMMARY_AT, step=lambda job: None)
        self.stdout.write("4/5 the summary")
        self._write_summary(campaign, out)
        self.stdout.write("5/5 what was held for review")
        self._show_held(campaign, built)
        self.stdout.write("")
        self.stdout.write(f"documents: {out.resolve()}")
        for name in (
            "summary.zh.docx",
            "summary.en.docx",
            "summary.zh.pdf",
            "summary.en.pdf",
            "summary.html",
            "figures.json",
        ):
            self.stdout.write(f"  {name}")
        self.stdout.write(f"files as units sent them: {sent.resolve()}")
        if no_serve:
            return
        self._serve(port, password)

    def _fresh_database(self) -> None:
        """Make the demo's database anew; on a server's database only where it is empty."""
        database = settings.DATABASES["default"]
        if database["ENGINE"].endswith("sqlite3"):
            from django.db import connection

            connection.close()
            shutil.rmtree(settings.DATA, ignore_errors=True)
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        if Campaign.objects.exists():
            raise Refused(
                "not_empty", gettext_noop("The database of DATABASE_URL holds records. Give the demo an empty one.")
            )

    def _write_summary(self, campaign: Campaign, out: Path) -> None:
        summary = make_summary(campaign=campaign, by=CLERK, at=SUMMARY_AT)
        for name, data in documents_of(summary):
            (out / name).write_bytes(data)

    def _show_held(self, campaign: Campaign, built: Built) -> None:
        for decision in built.decisions:
            self.stdout.write(f"  ✓ {decision}")
        for proposal in waiting_proposals(campaign).select_related("source"):
            where = f"{proposal.reading.submission.file_name} {place_of(proposal.source)}"
            said = "; ".join(sentence_of(doubt["sentence"], doubt["params"]) for doubt in proposal.doubts)
            self.stdout.write(f"  ? {where}: {proposal.unit_text} {said}")
        for value in waiting_measures(campaign):
            where = f"{value.proposal.reading.submission.file_name} {place_of(value.source)}"
            said = "; ".join(sentence_of(doubt["sentence"], doubt["params"]) for doubt in value.doubts)
            self.stdout.write(f"  ? {where}: {value.heading} {said}")
        for name, taken in built.taken.items():
            if taken.refused:
                self.stdout.write(f"  ✗ {name}: {sentence_of(taken.refused.sentence, taken.refused.params)}")
            elif not taken.is_new:
                self.stdout.write(f"  = {name}: had arrived already")
        for line in (
            *field_findings(campaign, built.filled),
            *publicity_findings(campaign, today=SUMMARY_AT.date()),
        ):
            self.stdout.write(f"  {line}")

    def _serve(self, port: int, password: str) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise Refused(
                    "port_taken", gettext_noop("Port %(port)s is taken. Give another: --port 8010"), port=port
                )
        self.stdout.write("")
        self.stdout.write(f"the site: http://127.0.0.1:{port}/  (Ctrl-C ends it)")
        for name, role, _unit, title in ACCOUNTS:
            self.stdout.write(f"  {role:10} {name:10} {password}   {title}")
        self.stdout.write(f"  in the field, same password: {', '.join(name for name, *_ in FIELD_ACCOUNTS)}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safemonth.config.settings")
        serve(host="127.0.0.1", port=port)
