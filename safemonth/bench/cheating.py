"""What the desk checks find of made cheating: one unit of sixty cheats in a stated way, and is it the one that is signalled?

Every figure is a share of months (0 to 1). docs/figures/signals.md has the table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from safemonth.verify.checks.claims import Claim, Event, UnitTotal
from safemonth.verify.checks.heaped_digits import heaped_digits
from safemonth.verify.checks.last_days import crowded_last_days
from safemonth.verify.checks.outliers import outliers, outliers_per_head
from safemonth.verify.checks.same_returns import same_returns
from safemonth.verify.checks.signal import Signal

UNITS = 60
INDICATORS = ("leaflets_distributed", "banners_hung", "slogans_posted", "people_consulted", "people_trained")
# What a unit of middling size counts of each in a month.
USUAL = (2_000.0, 12.0, 25.0, 400.0, 150.0)
STARTS_ON, ENDS_ON = date(2019, 6, 1), date(2019, 6, 30)
ACTIVITIES = 24


@dataclass(frozen=True)
class Report:
    """One made unit's month: a row an activity, a column an indicator; `days` from 0."""

    counts: np.ndarray
    days: np.ndarray
    population: int


Cheat = Callable[[list[Report], np.random.Generator], list[Report]]


def honest(draw: np.random.Generator) -> list[Report]:
    """Return sixty honest months: heads lognormal (spread 0.5), each indicator with a spread of its own (0.35); some round by habit."""
    reports = []
    for _unit in range(UNITS):
        size = float(draw.lognormal(0.0, 0.5))
        totals = np.array(USUAL) * size * draw.lognormal(0.0, 0.35, len(USUAL))
        shares = draw.dirichlet(np.full(ACTIVITIES, 2.0), len(USUAL)).T
        counts = np.maximum(np.round(totals * shares), 0)
        rounds = draw.random(counts.shape) < 0.15
        counts = np.where(rounds & (counts >= 20), np.round(counts / 10) * 10, counts)
        reports.append(Report(counts, draw.integers(0, 30, ACTIVITIES), round(20_000 * size)))
    return reports


def _times(factor: float) -> Cheat:
    def cheat(reports: list[Report], draw: np.random.Generator) -> list[Report]:
        return [replace(reports[0], counts=np.round(reports[0].counts * factor)), *reports[1:]]

    return cheat


def _spike(reports: list[Report], draw: np.random.Generator) -> list[Report]:
    counts = reports[0].counts.copy()
    counts[:, 0] = np.round(counts[:, 0] * 10)
    return [replace(reports[0], counts=counts), *reports[1:]]


def _rounded(reports: list[Report], draw: np.random.Generator) -> list[Report]:
    counts = np.maximum(np.round(reports[0].counts / 10) * 10, np.minimum(reports[0].counts, 10))
    return [replace(reports[0], counts=counts), *reports[1:]]


def _stuffed(reports: list[Report], draw: np.random.Generator) -> list[Report]:
    late = draw.random(ACTIVITIES) < 0.6
    return [replace(reports[0], days=np.where(late, draw.integers(27, 30, ACTIVITIES), reports[0].days)), *reports[1:]]


def _copied(reports: list[Report], draw: np.random.Generator) -> list[Report]:
    return [reports[1], *reports[1:]]


# What is done to the first of the sixty, by the code under which docs and page name it.
CHEATS: dict[str, Cheat] = {
    "none": lambda reports, draw: reports,
    "half_more": _times(1.5),
    "threefold": _times(3.0),
    "tenfold_in_one": _spike,
    "invented_round": _rounded,
    "last_days": _stuffed,
    "copied": _copied,
}
CHECKS = ("outlier", "outlier_per_head", "heaped", "same_returns", "crowded_last_days")


def signals_for(reports: Iterable[Report]) -> list[Signal]:
    """Return what the desk checks signal in made months."""
    claims, totals, events = [], [], []
    population = {}
    for unit, report in enumerate(reports):
        code = f"u{unit:02}"
        population[code] = report.population
        for row, (counts, day) in enumerate(zip(report.counts, report.days, strict=True)):
            activity = unit * ACTIVITIES + row
            on = STARTS_ON + timedelta(days=int(day))
            events.append(
                Event(
                    activity_id=activity,
                    kind="publicity",
                    title="",
                    host=code,
                    units=frozenset({code}),
                    place="",
                    from_on=on,
                    to_on=on,
                    values={},
                )
            )
            claims += [
                Claim(
                    measure_id=activity * 10 + column,
                    unit=code,
                    indicator=indicator,
                    value=int(value),
                    activity_id=activity,
                    unit_kind="township",
                )
                for column, (indicator, value) in enumerate(zip(INDICATORS, counts, strict=True))
            ]
        totals += [
            UnitTotal(
                unit=code,
                indicator=indicator,
                basis="things",
                lower=int(total),
                upper=int(total),
                measure_ids=(),
                kind="township",
            )
            for indicator, total in zip(INDICATORS, report.counts.sum(axis=0), strict=True)
        ]
    return [
        *outliers(totals),
        *outliers_per_head(totals, population=population),
        *heaped_digits(claims),
        *same_returns(totals),
        *crowded_last_days(events, starts_on=STARTS_ON, ends_on=ENDS_ON),
    ]


def signalled(signals: Iterable[Signal]) -> set[tuple[str, str]]:
    """Return (check, unit) for each unit that a check names; heaps on 0, 5 and 00 are one check."""
    return {
        ("heaped" if signal.code.startswith("heaped") else signal.code, unit)
        for signal in signals
        for unit in signal.unit_codes
    }


def measure_signals(
    *, months: int = 400, seed: int = 20190616, step: Callable[[str], None] = lambda name: None
) -> dict[str, Any]:
    """Return for each way of cheating the share of months in which each check, and any, names the cheat.

    `false` is the share of honest units that it names where nobody cheats.
    """
    figures: dict[str, Any] = {"months": months}
    for name, cheat in CHEATS.items():
        draw = np.random.default_rng([seed, list(CHEATS).index(name)])
        hits = dict.fromkeys((*CHECKS, "any"), 0)
        for _month in range(months):
            named = signalled(signals_for(cheat(honest(draw), draw)))
            who = {unit for _check, unit in named}
            if name == "none":
                for check in CHECKS:
                    hits[check] += sum(each == check for each, _unit in named)
                hits["any"] += len(who)
            else:
                for check in CHECKS:
                    hits[check] += (check, "u00") in named
                hits["any"] += "u00" in who
            step(name)
        of = months * UNITS if name == "none" else months
        for check, count in hits.items():
            label = f"false: {check}" if name == "none" else f"{name}: {check}"
            figures[label] = round(count / of, 4)
    return figures


def steps_of(months: int) -> int:
    """Return how often `measure_signals` calls its `step`."""
    return months * len(CHEATS)
