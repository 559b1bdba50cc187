"""From a figure to a draw of visits, and from visits back to what the figure is worth (docs/figures/estimates.md)."""

from collections import defaultdict
from dataclasses import dataclass

from safemonth.figures.estimates.estimate import Estimate, is_certain_enough
from safemonth.figures.estimates.estimating import add_missing, estimate
from safemonth.figures.estimates.sentences import say_estimate
from safemonth.figures.figure import Words
from safemonth.figures.pointing import codes_by_unit, pointing_signals, raised_by
from safemonth.figures.queries import FigureDesk
from safemonth.organisation.models import Unit, UnitKind
from safemonth.plan.models import Campaign, Indicator
from safemonth.verify.sampling.claim import Claim
from safemonth.verify.teams.models import TeamTarget
from safemonth.verify.visits.models import VisitDraw
from safemonth.verify.visits.queries import PlannedLine, audited_of, design_of, lines_of

# Visiting may stop where the total is known within ten per cent of the middle (issue: +-10 %).
WITHIN = 0.10


@dataclass(frozen=True)
class Claims:
    """What units claim of an indicator: claims for the draw, and the measures that each is the sum of."""

    claims: tuple[Claim, ...]
    measures: dict[str, list[int]]


def claims_for(desk: FigureDesk, indicator: str, *, with_signals: bool = True) -> Claims:
    """Return what each unit's own counted measures of an indicator add up to; empty where nobody claims anything.

    Townships and their villages are one stratum, all others another. With `with_signals` a unit's chance is raised by
    what the signals say of it, within the design.
    """
    values: dict[str, int] = defaultdict(int)
    measures: dict[str, list[int]] = defaultdict(list)
    for line in desk.figure(indicator).trace:
        if line.counted:
            values[line.unit.code] += int(line.value)
            measures[line.unit.code].append(line.measure_id)
    kinds = dict(Unit.objects.filter(code__in=values).values_list("code", "kind"))
    signals = codes_by_unit(pointing_signals(desk.records.campaign, desk.records)) if with_signals else {}
    return Claims(
        tuple(
            Claim(
                code,
                values[code],
                kind="township" if kinds[code] in (UnitKind.TOWNSHIP, UnitKind.VILLAGE) else "other",
                raised_by=raised_by(signals.get(code, ())),
            )
            for code in sorted(values)
        ),
        dict(measures),
    )


@dataclass(frozen=True)
class Supported:
    """A draw with its visits, what they support and how that may be said; `is_enough`: visiting may stop."""

    draw: VisitDraw
    lines: tuple[PlannedLine, ...]
    estimate: Estimate
    words: Words
    is_enough: bool


def supported_by(draw: VisitDraw, *, desk: FigureDesk) -> Supported:
    """Return what the visits of a draw support, and what units that did not report could add."""
    lines = lines_of(draw)
    audited = audited_of(lines)
    design = design_of(draw)
    found = estimate(design, audited)
    figure = desk.figure(draw.indicator_id, with_trace=False)
    added = figure.bounds.added_for_missing if figure.bounds else None
    found = add_missing(found, missing=len(figure.coverage.missing), added=added)
    words = say_estimate(found, figure.words)
    return Supported(draw, tuple(lines), found, words, is_certain_enough(found, within=WITHIN))


def teams_by_unit(campaign: Campaign) -> dict[str, int]:
    """Return unit code -> number of the team drawn to visit it, by the draw of teams that stands."""
    targets = TeamTarget.objects.filter(draw__campaign=campaign, draw__is_current=True)
    return dict(targets.values_list("unit__code", "team"))


def indicators_claimed(desk: FigureDesk) -> list[Indicator]:
    """Return the indicators of which somebody claims something that can be added up, in their order."""
    codes = {figure.indicator for figure in desk.all_figures() if figure.value and figure.aggregation == "sum"}
    return list(Indicator.objects.filter(pk__in=codes).order_by("rank"))
