"""The console command `safemonth`: Django's management commands under one name."""

import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Run `safemonth COMMAND …`; a `Refused` becomes one sentence on standard error and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safemonth.config.settings")
    match sys.argv[1:2]:
        case ["demo"]:
            _place(Path(_option(sys.argv, "--out", "demo-out")).resolve() / "data")
        case ["bench"]:
            with tempfile.TemporaryDirectory(prefix="safemonth-bench-") as folder:
                _place(Path(folder))
                os.environ.pop("DATABASE_URL", None)
                _run()
                return
    _run()


def _run() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _place(folder: Path) -> None:
    """Give a demo or a benchmark a data folder of its own, so that it never touches an office's records.

    Settings read the environment once, so this comes before Django starts.
    """
    os.environ["SAFEMONTH_DATA"] = str(folder)


def _option(arguments: list[str], name: str, default: str) -> str:
    for position, argument in enumerate(arguments):
        if argument == name and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith(f"{name}="):
            return argument.removeprefix(f"{name}=")
    return default
