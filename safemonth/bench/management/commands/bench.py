"""`safemonth bench [NAME] [--json]`: the measurements, each alone or all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser

from safemonth.bench import estimates, messages
from safemonth.bench.cheating import measure_signals
from safemonth.bench.cheating import steps_of as steps_of_signals
from safemonth.bench.county import measure_county
from safemonth.bench.photos import measure_photos, steps_of
from safemonth.bench.rounds import measure_rounds
from safemonth.bench.rounds import steps_of as steps_of_rounds
from safemonth.desk.console import OfficeCommand

PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "county": measure_county,
    "photos": measure_photos,
    "messages": messages.measure_messages,
    "rounds": measure_rounds,
    "estimates": estimates.measure_estimates,
    "signals": measure_signals,
}
# What each part takes of the options, and how often it calls `step`.
OPTIONS: dict[str, tuple[str, ...]] = {
    "county": ("units", "activities"),
    "photos": ("photos", "most", "hashes"),
    "messages": ("kills", "queued"),
    "rounds": ("seconds", "count", "instances"),
    "estimates": ("runs",),
    "signals": ("months",),
}
STEPS: dict[str, Callable[[dict[str, Any]], int]] = {
    "county": lambda options: int(options["units"]),
    "photos": lambda options: steps_of(options["photos"], options["most"]),
    "messages": lambda options: messages.steps_of(options["kills"]),
    "rounds": lambda options: steps_of_rounds(options["count"], options["instances"]),
    "estimates": estimates.steps_of,
    "signals": lambda options: steps_of_signals(options["months"]),
}


class Command(OfficeCommand):
    """Measure in a folder of its own, which is thrown away."""

    help = (
        "Measure: county (intake, figures and summary of 600 units, 20,000 activities, 100,000 measures), "
        "photos (reuse found after 16 edits, false pairs, look-up among 5,000,000 hashes), "
        "messages (beside Kannel, at 20 ms, from 1,000,000 queued, and the sender killed 1,000 times), "
        "rounds (30 made counties beside a greedy planner and OR-Tools, and published instances), "
        "signals (what the desk checks find of made cheating), "
        "estimates (coverage and width of totals from claims and a few visits in 60 scenarios, early stops)."
    )
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("name", nargs="?", choices=sorted(PARTS), default="")
        parser.add_argument("--json", action="store_true", help="one JSON object of figures on standard output")
        parser.add_argument("--units", type=int, default=600)
        parser.add_argument("--activities", type=int, default=20_000)
        parser.add_argument("--photos", type=Path, help="a folder of photos, none like another (else made scenes)")
        parser.add_argument("--months", type=int, default=400, help="made months for each way of cheating")
        parser.add_argument("--most", type=int, default=500, help="at most so many photos")
        parser.add_argument("--hashes", type=int, default=5_000_000)
        parser.add_argument("--kills", type=int, default=1_000, help="how often the sender of messages is killed")
        parser.add_argument("--queued", type=int, default=1_000_000, help="messages in the long queue")
        parser.add_argument("--seconds", type=float, default=20.0, help="for each planner of rounds, and for the bound")
        parser.add_argument("--count", type=int, default=30, help="made counties to plan rounds for, at most 30")
        parser.add_argument("--runs", type=int, default=2_000, help="made counties in each scenario of estimates")
        parser.add_argument("--instances", type=Path, help="a folder of published instances (.vrp with .sol)")

    def run(self, *, name: str, **options: Any) -> None:
        """Run the part, or all parts."""
        call_command("migrate", verbosity=0)
        for part in [name] if name else sorted(PARTS):
            step = self.progress(STEPS[part](options), part)
            figures = PARTS[part](**{option: options[option] for option in OPTIONS[part]}, step=step)
            if options["json"]:
                self.stdout.write(json.dumps({"bench": part, **figures}))
            else:
                for key, value in figures.items():
                    self.stdout.write(f"{part:8} {key:28} {value}")
