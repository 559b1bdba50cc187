"""`safemonth units FILE`: the unit tree from a spreadsheet."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from safemonth.desk.console import OfficeCommand, now, terminal_user
from safemonth.desk.files import file_bytes
from safemonth.lib.tables import read_table
from safemonth.organisation.actions import NewUnit, add_units, move_account
from safemonth.organisation.models import User
from safemonth.organisation.queries import county
from safemonth.organisation.unit_sheet import read_unit_rows


class Command(OfficeCommand):
    """Load a unit list; a second time it changes nothing."""

    help = "Load the unit tree from a spreadsheet (columns: code, name, kind or level, parent_code or parent)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("file", type=Path)

    def run(self, *, file: Path, **options: Any) -> None:
        """Read, load, and give accounts without a unit the top one."""
        rows = read_unit_rows(read_table(file_bytes(file), file_name=file.name))
        at = now()
        added, changed = add_units(
            units=[
                NewUnit(
                    code=row.code,
                    name=row.name,
                    kind=row.kind,
                    parent_code=row.parent_code,
                    name_en=row.name_en,
                    population=row.population,
                    other_names=row.other_names,
                    premises_kind=row.premises_kind,
                )
                for row in rows
            ],
            by=terminal_user(),
            at=at,
        )
        for user in User.objects.filter(unit=None):
            move_account(user=user, unit=county(), by=terminal_user(), at=at)
        kinds = {kind: sum(1 for row in rows if row.kind == kind) for kind in dict.fromkeys(row.kind for row in rows)}
        self.stdout.write(", ".join(f"{kind}: {count}" for kind, count in kinds.items()))
        self.stdout.write(f"added: {added}, changed: {changed}, unchanged: {len(rows) - added - changed}")
