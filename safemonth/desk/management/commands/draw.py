"""`safemonth draw FILE`: a draw of whom to inspect, made again from its frame and seed. Needs no database."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from safemonth.collect.inspection.drives.checking import breaches
from safemonth.collect.inspection.drives.drawing import draw
from safemonth.collect.inspection.drives.frame import frame_from_json
from safemonth.desk.console import OfficeCommand
from safemonth.desk.files import file_bytes
from safemonth.lib.chances import seed_digest
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.verify.teams.repeating import FORMAT as TEAM_DRAW
from safemonth.verify.teams.repeating import drawn_again


class Command(OfficeCommand):
    """Draw again, and say whether it is the draw in the file; exit code 1 where it is not."""

    help = (
        "Draw again from a frame and seed, as they are downloaded from a draw's page, and hold the result against it."
    )
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--seed", default=None, help="another seed than the file's")
        parser.add_argument("--witness", default=None, help="another word than the one said at the draw")
        parser.add_argument("--json", action="store_true", help="the whole draw as JSON on standard output")

    def run(self, *, file: Path, **options: Any) -> None:
        """Draw, print, and compare with the visits in the file where it has any."""
        given = _read(file_bytes(file), name=file.name)
        if given.get("format") == TEAM_DRAW:
            self._draw_teams(given)
            return
        frame = frame_from_json(given.get("frame", given))
        seed = options["seed"] if options["seed"] is not None else given.get("seed")
        if not isinstance(seed, str):
            raise Refused("seed_missing_in_file", gettext_noop("The file names no seed. Give it: --seed SEED"))
        witness = options["witness"] if options["witness"] is not None else str(given.get("witness", ""))
        drawn = draw(frame, seed=seed, witness=witness).as_json()
        if options["json"]:
            self.stdout.write(json.dumps(drawn, ensure_ascii=False, indent=1))
        else:
            names = {row.key: row.name for row in frame.workplaces}
            self.stdout.write(f"frame {drawn['frame_sha256']}\nseed digest {seed_digest(seed)}")
            for visit in drawn["visits"]:
                self.stdout.write(
                    f"{visit['position']:>4} {visit['day']} team {visit['team']} {visit['why']:<8} "
                    f"p={visit['probability']:<8} {names[visit['workplace']]}"
                )
        if "visits" not in given:
            return
        wrong = [f"{breach.code} {breach.about}".strip() for breach in breaches(given)]
        if given["visits"] != drawn["visits"]:
            wrong.append("the visits are not what this frame and seed give")
        for line in wrong:
            self.stderr.write(f"✗ {line}")
        if wrong:
            sys.exit(1)
        if not options["json"]:
            self.stdout.write("✓ this frame and seed give these visits, and they keep every rule")

    def _draw_teams(self, given: dict[str, Any]) -> None:
        drawn, wrong = drawn_again(given)
        titles = {each["key"]: f"{each['body']} {each['title']}" for each in given["problem"]["nominees"]}
        for team, days in drawn.days_of.items():
            people = ", ".join(titles[key] for key, its in drawn.team_of.items() if its == team)
            units = " ".join(unit for unit, its in drawn.visited_by.items() if its == team)
            self.stdout.write(f"team {team}: {people}\n  visits {units}\n  days {' '.join(days)}")
        for line in wrong:
            self.stderr.write(f"✗ {line}")
        if wrong:
            sys.exit(1)
        self.stdout.write("✓ this problem and seed give these teams, and they keep every rule")


def _read(data: bytes, *, name: str) -> dict[str, Any]:
    try:
        given = json.loads(data)
        if not isinstance(given, dict):
            raise ValueError("no object")
        return given
    except ValueError as error:
        raise Refused(
            "not_json", gettext_noop("“%(file)s” is not JSON (%(error)s)."), file=name, error=str(error)[:80]
        ) from error
