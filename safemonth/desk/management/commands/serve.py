"""`safemonth serve`: the site on this machine."""

from typing import Any

from django.core.management.base import CommandParser

from safemonth.desk.console import OfficeCommand
from safemonth.desk.server import serve


class Command(OfficeCommand):
    """Serve the site."""

    help = "Serve the site (granian); behind a proxy see docs/operators.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere (safemonth worker)")

    def run(self, *, host: str, port: int, workers: int, no_worker: bool, **options: Any) -> None:
        """Serve until interrupted."""
        self.stdout.write(f"http://{host}:{port}/")
        serve(host=host, port=port, workers=workers, with_worker=not no_worker)
