"""`safemonth bench [NAME] [--json]`: the measurements, each alone or all."""

import json
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser

from safemonth.bench.county import measure_county
from safemonth.desk.console import OfficeCommand

PARTS: dict[str, Callable[..., dict[str, Any]]] = {"county": measure_county}


class Command(OfficeCommand):
    """Measure in a folder of its own, which is thrown away."""

    help = "Measure: county (intake, figures and summary of 600 units, 20,000 activities, 100,000 measures)."
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("name", nargs="?", choices=sorted(PARTS), default="")
        parser.add_argument("--json", action="store_true", help="one JSON object of figures on standard output")
        parser.add_argument("--units", type=int, default=600)
        parser.add_argument("--activities", type=int, default=20_000)

    def run(self, *, name: str, **options: Any) -> None:
        """Run the part, or all parts."""
        call_command("migrate", verbosity=0)
        for part in [name] if name else sorted(PARTS):
            step = self.progress(options["units"], part)
            figures = PARTS[part](units=options["units"], activities=options["activities"], step=step)
            if options["json"]:
                self.stdout.write(json.dumps({"bench": part, **figures}))
            else:
                for key, value in figures.items():
                    self.stdout.write(f"{part:8} {key:28} {value}")
