"""`safemonth worker`: does what follows: looks at new photos, in the background."""

import math
import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections

from safemonth.desk.console import OfficeCommand, now
from safemonth.worker.jobs import JOBS, ROUNDS_UNTIL_AGAIN, Done, do_waiting


class Command(OfficeCommand):
    """Do what waits, then look again every few seconds until interrupted."""

    help = "Do what follows what was written (photos are examined); `safemonth serve` starts one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument("--seconds", type=float, default=2.0, help="between two looks (default: 2)")

    def run(self, *, once: bool, seconds: float, **options: Any) -> None:
        """Work until interrupted, or once."""
        held_until: dict[tuple[str, str], float] = {}
        rounds = 0
        while True:
            rounds += 1
            held = {key for key, until in held_until.items() if until > rounds}
            for done in do_waiting(jobs=JOBS, now=now, skip=held):
                self._say(done)
                if done.error:
                    held_until[done.job, done.key] = rounds + ROUNDS_UNTIL_AGAIN
                elif done.is_lasting:
                    held_until[done.job, done.key] = math.inf
            if once:
                return
            close_old_connections()
            try:
                time.sleep(seconds)
            except KeyboardInterrupt:
                return

    def _say(self, done: Done) -> None:
        if done.error:
            self.stderr.write(f"✗ {done.job} {done.key[:12]} {done.error}")
        else:
            self.stdout.write(f"✓ {done.job} {done.key[:12]}")
