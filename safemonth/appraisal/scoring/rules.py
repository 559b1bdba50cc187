"""From facts about units to what share of each item's points they have, with the reason (docs/figures/scores.md).

Plain Python: no Django, no database, no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from statistics import median_low
from typing import Final

from safemonth.appraisal.scoring.facts import TaskFact, UnitFacts, VolumeFact
from safemonth.appraisal.sheets.rules import BY_NUMBER, BY_TASK, LEAST_LIKE, Item
from safemonth.lib.refusals import gettext_noop

NONE, ALL = Fraction(0), Fraction(1)

# What may be said of an item, by its code; places are filled from the line's `params`.
SAYINGS: Final = {
    "answered": gettext_noop("%(count)s of %(of)s asked returns came, nil ones included."),
    "on_time": gettext_noop("%(count)s of %(of)s returns with a day came by it."),
    "late": gettext_noop("%(count)s of %(of)s returns with a day came by it; the latest %(late)s days after."),
    "evidenced": gettext_noop("%(count)s of %(of)s tasks are borne out by evidence."),
    "done": gettext_noop("%(count)s of %(of)s tasks are on record as done."),
    "borne_out": gettext_noop("Visits compared %(of)s claims; on average %(count)s per cent was there."),
    "hazards_in_time": gettext_noop("%(count)s of %(of)s hazards due were put right in time."),
    "attended": gettext_noop("Came to %(count)s of %(of)s meetings."),
    "judged": gettext_noop("A scorer gave %(count)s per cent: %(why)s"),
    "volume": gettext_noop("%(count)s, beside %(median)s in the middle of %(of)s like units; more adds nothing."),
    "volume_per_head": gettext_noop(
        "%(count)s per 1,000 heads, beside %(median)s in the middle of %(of)s like units; more adds nothing."
    ),
    "nothing_yet": gettext_noop("Of %(unknown)s of %(of)s tasks nothing is known yet: that is not zero."),
    "not_judged": gettext_noop("Not judged yet."),
    "number_unknown": gettext_noop("The number is not known: that is not zero."),
    "other_kind": gettext_noop("Not for units of this kind."),
    "not_asked": gettext_noop("No such task was asked of the unit."),
    "no_chance": gettext_noop("The unit had no chance to do it: %(why)s"),
    "not_visited": gettext_noop("Not visited: units are drawn, and nobody is marked down for that."),
    "no_hazards": gettext_noop("No hazard of the unit was due."),
    "no_meetings": gettext_noop("The unit was asked to no meeting."),
    "few_like": gettext_noop("Fewer than %(least)s other like units gave a number to compare with."),
    "no_heads": gettext_noop("How many people the unit has is not known."),
    "corrected": gettext_noop("Corrected to %(count)s per cent after an objection: %(why)s"),
}


@dataclass(frozen=True)
class Line:
    """What share of an item's points a unit has: `low` to `high`, 0 to 1; equal where all is known.

    `is_left_out`: the unit had no chance at it, so it is not scored and its weight goes to other items. `saying` is a key
    of SAYINGS, `records` name what it came from.
    """

    item: str
    saying: str
    low: Fraction = NONE
    high: Fraction = ALL
    is_left_out: bool = False
    params: Mapping[str, object] = field(default_factory=dict)
    records: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it is scored and nothing unknown could change it."""
        return not self.is_left_out and self.low == self.high


def lines_of(items: Sequence[Item], units: Sequence[UnitFacts], *, as_of: date) -> dict[str, list[Line]]:
    """Return for each unit, by its code, a line for each item, in the sheet's order.

    Codes, names and the order of units change nothing but the keys. `as_of` is the last day that the facts speak of:
    what came after it has not come. Codes must differ.
    """
    alike = _Alike(units)
    return {unit.code: [_line(item, unit, alike, as_of) for item in items] for unit in units}


def _line(item: Item, unit: UnitFacts, alike: "_Alike", as_of: date) -> Line:
    if not item.is_for(unit.kind):
        return _left_out(item, "other_kind")
    if item.way in BY_TASK:
        return _by_task(item, unit, as_of)
    if item.way in BY_NUMBER:
        return _volume(item, unit, alike)
    return {"borne_out": _borne_out, "hazards_in_time": _hazards, "attended": _attended, "judged": _judged}[item.way](
        item, unit, as_of
    )


def _left_out(item: Item, saying: str, **params: object) -> Line:
    return Line(item.code, saying, is_left_out=True, params=params)


def share_curve(value: Fraction, item: Item) -> Fraction:
    """Return the share of points for a share (0 to 1): none at `none_at` per cent, all at `full_at`, straight between."""
    none, full = Fraction(item.none_at) / 100, Fraction(item.full_at) / 100
    return min(ALL, max(NONE, (value - none) / (full - none)))


def late_curve(days: int, item: Item) -> Fraction:
    """Return the share of points for days late: all up to `full_at` days, none from `none_at` on, straight between."""
    full, none = Fraction(item.full_at), Fraction(item.none_at)
    return min(ALL, max(NONE, (none - days) / (none - full)))


def _by_task(item: Item, unit: UnitFacts, as_of: date) -> Line:
    wanted = [task for task in unit.tasks if not item.tasks or task.task in item.tasks]
    if item.way == "on_time":
        wanted = [task for task in wanted if task.due_on]
    if not wanted:
        return _left_out(item, "not_asked")
    tasks = [task for task in wanted if not task.no_chance]
    if not tasks:
        return _left_out(item, "no_chance", why=sorted({task.no_chance for task in wanted}))
    bounds = [_task_bounds(item, task, as_of) for task in tasks]
    low = sum((each[0] for each in bounds), NONE) / len(tasks)
    high = sum((each[1] for each in bounds), NONE) / len(tasks)
    if item.way != "on_time":
        low, high = share_curve(low, item), share_curve(high, item)
    unknown = sum(each[0] != each[1] for each in bounds)
    params: dict[str, object] = {"of": len(tasks), "count": _how_many(item.way, tasks, as_of), "unknown": unknown}
    if item.way == "on_time":
        params["late"] = max(_days_late(task, as_of) for task in tasks)
    left = len(wanted) - len(tasks)
    if left:
        params["without_chance"] = left
    saying = "nothing_yet" if unknown == len(tasks) else "late" if params.get("late") else item.way
    return Line(
        item.code,
        saying,
        low,
        high,
        params=params,
        records=tuple(record for task in tasks for record in (f"task:{task.task}", *task.records)),
    )


def _came(task: TaskFact, as_of: date) -> date | None:
    return task.came_on if task.came_on and task.came_on <= as_of else None


def _days_late(task: TaskFact, as_of: date) -> int:
    return max(0, ((_came(task, as_of) or as_of) - task.due_on).days) if task.due_on else 0


def _task_bounds(item: Item, task: TaskFact, as_of: date) -> tuple[Fraction, Fraction]:
    """What share one task has at least and at most. That nothing came by its day is known; what was done is not."""
    came = _came(task, as_of)
    is_due = task.due_on is not None and as_of > task.due_on
    if item.way == "on_time":
        at_best = late_curve(_days_late(task, as_of), item)
        return (at_best, at_best) if came else (NONE, at_best)
    if item.way == "answered":
        return (ALL, ALL) if came else (NONE, NONE if is_due else ALL)
    if came is None:
        return NONE, ALL
    has = not task.is_nil and (item.way == "done" or task.is_evidenced)
    return (ALL, ALL) if has else (NONE, NONE)


def _how_many(way: str, tasks: Iterable[TaskFact], as_of: date) -> int:
    came = [task for task in tasks if _came(task, as_of)]
    if way == "answered":
        return len(came)
    if way == "on_time":
        return sum(_days_late(task, as_of) == 0 for task in came)
    return sum(not task.is_nil and (way == "done" or task.is_evidenced) for task in came)


def _known(item: Item, share: Fraction, records: Iterable[str], **params: object) -> Line:
    return Line(item.code, item.way, share, share, params=params, records=tuple(filter(None, records)))


def _borne_out(item: Item, unit: UnitFacts, as_of: date) -> Line:
    compared = [finding for finding in unit.findings if finding.claimed > 0]
    if not compared:
        return _left_out(item, "not_visited")
    there = sum((min(ALL, Fraction(each.found, each.claimed)) for each in compared), NONE) / len(compared)
    return _known(
        item, share_curve(there, item), (each.record for each in compared), of=len(compared), count=int(there * 100)
    )


def _hazards(item: Item, unit: UnitFacts, as_of: date) -> Line:
    due = [hazard for hazard in unit.hazards if hazard.done_on or hazard.deadline_on < as_of]
    if not due:
        return _left_out(item, "no_hazards")
    in_time = sum(hazard.done_on is not None and hazard.done_on <= hazard.deadline_on for hazard in due)
    share = share_curve(Fraction(in_time, len(due)), item)
    return _known(item, share, (each.record for each in due), of=len(due), count=in_time)


def _attended(item: Item, unit: UnitFacts, as_of: date) -> Line:
    if not unit.meetings:
        return _left_out(item, "no_meetings")
    came = sum(meeting.was_present for meeting in unit.meetings)
    share = share_curve(Fraction(came, len(unit.meetings)), item)
    return _known(item, share, (each.record for each in unit.meetings), of=len(unit.meetings), count=came)


def _judged(item: Item, unit: UnitFacts, as_of: date) -> Line:
    judged = unit.judgements.get(item.code)
    if judged is None:
        return Line(item.code, "not_judged")
    share = min(ALL, max(NONE, judged.share))
    return _known(item, share, (judged.record,), count=int(share * 100), why=judged.reason)


class _Alike:
    """The numbers of like units: units of the same kind of which the same was asked."""

    def __init__(self, units: Sequence[UnitFacts]) -> None:
        self._values: dict[tuple[str, str, bool], list[tuple[str, Fraction]]] = {}
        for unit in units:
            for indicator, volume in unit.volumes.items():
                for per_head in (False, True):
                    value = _amount(volume, unit, per_head=per_head)
                    if value is not None:
                        self._values.setdefault((unit.kind, indicator, per_head), []).append((unit.code, value))

    def others(self, unit: UnitFacts, indicator: str, *, per_head: bool) -> list[Fraction]:
        """The numbers of a unit's like, without its own."""
        known = self._values.get((unit.kind, indicator, per_head), [])
        return [value for code, value in known if code != unit.code]


def _amount(volume: VolumeFact, unit: UnitFacts, *, per_head: bool) -> Fraction | None:
    if volume.value is None or (per_head and not unit.population):
        return None
    return Fraction(volume.value * 1000, unit.population or 1) if per_head else Fraction(volume.value)


def _volume(item: Item, unit: UnitFacts, alike: _Alike) -> Line:
    """A number beside the middle one of the other like units: never more than full points, however much it is."""
    per_head = item.way == "volume_per_head"
    volume = unit.volumes.get(item.indicator)
    if volume is None:
        return _left_out(item, "not_asked")
    if per_head and not unit.population:
        return _left_out(item, "no_heads")
    others = alike.others(unit, item.indicator, per_head=per_head)
    middle = median_low(others) if len(others) >= LEAST_LIKE else NONE
    if middle == 0:
        return _left_out(item, "few_like", least=LEAST_LIKE)
    own = _amount(volume, unit, per_head=per_head)
    if own is None:
        return Line(item.code, "number_unknown", params={"of": len(others)})
    share = share_curve(min(ALL, own / middle), item)
    return _known(item, share, (volume.record,), count=_said(own), median=_said(middle), of=len(others))


def _said(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else f"{float(value):.1f}"
