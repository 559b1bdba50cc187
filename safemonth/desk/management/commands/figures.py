"""`safemonth figures`: every figure of the month, at the terminal or as JSON."""

import json
from typing import Any

from django.core.management.base import CommandParser

from safemonth.desk.console import OfficeCommand
from safemonth.figures.exchange import figure_as_json
from safemonth.figures.queries import FigureDesk
from safemonth.organisation.queries import unit_called
from safemonth.plan.queries import campaign_called


class Command(OfficeCommand):
    """Print figures with words, coverage and bounds."""

    help = "Print the month's figures: value, how it may be said, who reported, what it could be."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("--campaign", default="")
        parser.add_argument("--unit", default="", help="a unit's code or name: only its subtree")
        parser.add_argument("--task", default="", help="only one task (with --indicator)")
        parser.add_argument("--indicator", default="")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def run(self, **options: Any) -> None:
        """Print them."""
        desk = FigureDesk.of(campaign_called(options["campaign"]))
        unit = unit_called(options["unit"]).code if options["unit"] else ""
        with_trace = options["format"] == "json"
        if options["indicator"]:
            figures = [desk.figure(options["indicator"], task=options["task"], unit=unit, with_trace=with_trace)]
        else:
            figures = desk.all_figures(unit=unit, with_trace=with_trace)
        if options["format"] == "json":
            self.stdout.write(json.dumps([figure_as_json(figure) for figure in figures], ensure_ascii=False, indent=1))
            return
        for figure in figures:
            coverage = figure.coverage
            upper = "?" if not figure.bounds or figure.bounds.upper is None else figure.bounds.upper
            lower = figure.bounds.lower if figure.bounds else "-"
            self.stdout.write(
                f"{figure.indicator:28} {figure.scope.basis:14} {figure.value!s:>12}  {figure.words.en} / {figure.words.zh}"
                f"  [{lower}, {upper}]  {len(coverage.received)}/{len(coverage.expected)}"
            )
