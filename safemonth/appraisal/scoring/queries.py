"""Reads of scores: who may see which, the table of units and items, standings among like units."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from safemonth.appraisal.scoring.models import Excuse, ItemScore, Judgement, ScoreRun, UnitScore
from safemonth.appraisal.scoring.ranking import Standing, standings
from safemonth.appraisal.scoring.rules import Line
from safemonth.appraisal.scoring.stability import Stability, stability
from safemonth.appraisal.sheets.models import SheetItem
from safemonth.appraisal.sheets.queries import as_item
from safemonth.organisation.models import User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def current_run(campaign: Campaign) -> ScoreRun | None:
    """Return the newest scores of the campaign, None where nobody was scored yet."""
    return ScoreRun.objects.filter(campaign=campaign, is_current=True).select_related("sheet", "campaign").first()


def run_seen_by(user: User, campaign: Campaign) -> ScoreRun | None:
    """Return the newest scores, for a unit's people only once they are published to units."""
    run = current_run(campaign)
    return run if run and (sees_all(user) or run.published_at) else None


def scores_of(run: ScoreRun) -> QuerySet[UnitScore]:
    """Return the current score of each unit, in tree order."""
    return (
        UnitScore.objects.filter(run=run, is_current=True).select_related("unit", "run__sheet").order_by("unit__path")
    )


def scores_seen_by(user: User, campaign: Campaign) -> QuerySet[UnitScore]:
    """Return the current scores that the user may see: all, or, once published, those of their own units."""
    run = run_seen_by(user, campaign)
    if run is None:
        return UnitScore.objects.none()
    scores = scores_of(run)
    return scores if sees_all(user) else scores.filter(unit__in=units_seen_by(user))


def versions_of_score(score: UnitScore) -> QuerySet[UnitScore]:
    """Return all versions of a unit's score in its run, the oldest first."""
    return UnitScore.objects.filter(run=score.run, unit=score.unit).order_by("version")


def lines_of_score(score: UnitScore) -> list[Line]:
    """Return a stored score's lines as rules see them."""
    return [line_of(row) for row in ItemScore.objects.filter(score=score).order_by("rank")]


def line_of(row: ItemScore) -> Line:
    """Return a stored item of a score as rules see it."""
    return Line(
        item=row.item,
        saying=row.saying,
        low=Fraction(row.low_share),
        high=Fraction(row.high_share),
        is_left_out=row.is_left_out,
        params=row.params,
        records=tuple(row.records),
    )


@dataclass(frozen=True)
class ScoredUnit:
    """A unit's score in the table: the sheet's items in order, each with what it gave; its standing among its kind (None: not scored)."""

    score: UnitScore
    pairs: tuple[tuple[SheetItem, ItemScore], ...]
    standing: Standing | None
    like_units: int
    stability: Stability | None


@dataclass(frozen=True)
class ScoreTable:
    """All units of a run: the sheet's items, and the units by kind, the best points first."""

    run: ScoreRun
    items: tuple[SheetItem, ...]
    units: tuple[ScoredUnit, ...]

    def of(self, unit_code: str) -> ScoredUnit | None:
        """Return one unit's line, None where it was not scored."""
        return next((each for each in self.units if each.score.unit.code == unit_code), None)


def score_table(run: ScoreRun, *, with_stability: bool = False) -> ScoreTable:
    """Return the table of a run; ranks are among units of the same kind. Three statements whatever the number of units."""
    sheet_items = tuple(SheetItem.objects.filter(sheet=run.sheet).order_by("rank"))
    scores = list(scores_of(run))
    rows: dict[int, list[ItemScore]] = defaultdict(list)
    for row in ItemScore.objects.filter(score__run=run, score__is_current=True).order_by("score_id", "rank"):
        rows[row.score_id].append(row)
    by_kind: dict[str, list[UnitScore]] = defaultdict(list)
    for score in scores:
        by_kind[score.unit.kind].append(score)
    units: list[ScoredUnit] = []
    for like in by_kind.values():
        units += _ranked(like, rows, sheet_items, with_stability=with_stability)
    return ScoreTable(run, sheet_items, tuple(units))


def _ranked(
    like: Iterable[UnitScore],
    rows: Mapping[int, list[ItemScore]],
    sheet_items: Sequence[SheetItem],
    *,
    with_stability: bool,
) -> list[ScoredUnit]:
    scores = {score.unit.code: score for score in like}
    scored = {
        code: (score.low, score.high)
        for code, score in scores.items()
        if score.low is not None and score.high is not None
    }
    found = standings(scored)
    items = [as_item(item) for item in sheet_items]
    stable = (
        stability(items, {code: [line_of(row) for row in rows[scores[code].pk]] for code in scored})
        if with_stability
        else {}
    )
    order = [*found, *(code for code in scores if code not in found)]
    return [
        ScoredUnit(
            scores[code],
            tuple(zip(sheet_items, rows[scores[code].pk], strict=True)),
            found.get(code),
            len(found),
            stable.get(code),
        )
        for code in order
    ]


def judgements_of(campaign: Campaign) -> QuerySet[Judgement]:
    """Return the judgements that stand."""
    return Judgement.objects.filter(campaign=campaign, is_current=True).select_related("unit")


def excuses_of(campaign: Campaign) -> QuerySet[Excuse]:
    """Return all excuses, also those taken back."""
    return Excuse.objects.filter(task__campaign=campaign).select_related("task", "unit")
