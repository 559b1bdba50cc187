"""`safemonth verify`: is the ledger whole, are the records what it says, do summaries still hold."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.desk.console import OfficeCommand
from safemonth.ledger.queries import Disagreement, disagreements, root_now
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.summary.queries import changed_figures


class Command(OfficeCommand):
    """Check everything that can be checked; exit code 1 where something differs."""

    help = "Recompute the ledger's tree, hold every record and kept file against it, and every frozen summary."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("--root", action="append", default=[], metavar="SIZE:ROOT", help="a root that was printed")
        parser.add_argument("--json", action="store_true")

    def run(self, *, root: list[str], **options: Any) -> None:
        """Print what differs."""
        found = list(disagreements(printed=[_printed(text) for text in root]))
        found += list(_altered_files())
        summaries = list(changed_figures())
        size, root_hash = root_now()
        if options["json"]:
            report = {
                "entries": size,
                "root": root_hash,
                "disagreements": [row.__dict__ for row in found],
                "summaries": summaries,
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(f"{size} entries, root {root_hash}")
            for row in found:
                self.stderr.write(f"✗ {row.code} {row.table} {row.key} {row.detail}")
            for summary in summaries:
                if summary["changed"]:
                    self.stdout.write(f"summary {summary['number']}: figures have changed since: {summary['changed']}")
                else:
                    self.stdout.write(
                        f"summary {summary['number']}: the records still give its {summary['figures']} figures"
                    )
            if not found:
                self.stdout.write("✓ the records are what the ledger says")
        if found:
            sys.exit(1)


def _altered_files() -> list[Disagreement]:
    altered = []
    for pk, sha256 in Submission.objects.values_list("pk", "sha256"):
        try:
            bytes_kept(sha256)
        except Refused as refused:
            altered.append(Disagreement(refused.code, "collect.submission", str(pk), sha256))
    return altered


def _printed(text: str) -> tuple[int, str]:
    size, _, root = text.partition(":")
    if not size.isdecimal() or len(root) != 64:
        raise Refused("not_a_root", gettext_noop("“%(text)s” is not SIZE:ROOT as the board prints it."), text=text)
    return int(size), root.lower()
