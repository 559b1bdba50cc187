"""What a score sheet may hold, and which sheets are refused (docs/figures/scores.md). Plain Python: no Django, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from safemonth.lib.refusals import Refused, gettext_noop

Group = Literal["evidence", "timeliness", "doing", "judgement", "volume"]
Scorer = Literal["records", "visits", "scorer"]
TOTAL: Final = Decimal(100)
# The least number of like units that said a number, besides which one is compared (docs/figures/scores.md).
LEAST_LIKE: Final = 4


@dataclass(frozen=True)
class Way:
    """A way in which points arise: its code, what people call it, its group, who scores, and its default thresholds.

    `full_at` and `none_at` are where points are full and none: days late for `on_time`, per cent for all others.
    """

    code: str
    name: str
    name_zh: str
    group: Group
    scorer: Scorer
    full_at: Decimal = Decimal(100)
    none_at: Decimal = Decimal(0)


WAYS: Final = {
    way.code: way
    for way in (
        Way("answered", gettext_noop("returns that came, nil ones included"), "报送率", "timeliness", "records"),
        Way(
            "on_time",
            gettext_noop("returns on time, in days late"),
            "报送时效",
            "timeliness",
            "records",
            Decimal(0),
            Decimal(10),
        ),
        Way("hazards_in_time", gettext_noop("hazards put right in time"), "隐患按期整改率", "timeliness", "records"),
        Way("evidenced", gettext_noop("tasks that are borne out by evidence"), "佐证率", "evidence", "records"),
        Way("borne_out", gettext_noop("claims that visits found to be so"), "督查核实率", "evidence", "visits"),
        Way("done", gettext_noop("tasks on record as done"), "任务完成率", "doing", "records"),
        Way("attended", gettext_noop("meetings attended"), "会议到会率", "doing", "records"),
        Way("judged", gettext_noop("a scorer's judgement, with a reason"), "评分人评定", "judgement", "scorer"),
        Way("volume", gettext_noop("a number, beside like units and capped"), "数量", "volume", "records"),
        Way(
            "volume_per_head",
            gettext_noop("a number per head, beside like units and capped"),
            "人均数量",
            "volume",
            "records",
        ),
    )
}
BY_TASK: Final = frozenset({"answered", "on_time", "evidenced", "done"})
BY_NUMBER: Final = frozenset({"volume", "volume_per_head"})


@dataclass(frozen=True)
class Item:
    """One line of a sheet: what is scored, at what weight (points of 100), and how points arise.

    `tasks` are codes of the plan (empty: all that were asked of the unit); `indicator` feeds an item of volume; `kinds`
    are the kinds of unit that it is for (empty: all).
    """

    code: str
    title: str
    weight: Decimal
    way: str
    title_en: str = ""
    tasks: tuple[str, ...] = ()
    indicator: str = ""
    kinds: tuple[str, ...] = ()
    full_at: Decimal = Decimal(100)
    none_at: Decimal = Decimal(0)

    @property
    def group(self) -> Group:
        """To which group its way belongs."""
        return WAYS[self.way].group

    @property
    def scorer(self) -> Scorer:
        """Who scores it: records by rule, visits, or a person."""
        return WAYS[self.way].scorer

    def is_for(self, kind: str) -> bool:
        """Return whether it is for units of a kind."""
        return not self.kinds or kind in self.kinds


def check_items(items: Sequence[Item]) -> None:
    """Refuse a sheet that is empty, unclear or lets volume weigh more than evidence and timeliness together.

    The last holds for each kind of unit by itself. Raises Refused `sheet_empty`, `item_twice`, `weight_missing`,
    `not_a_hundred`, `unknown_way`, `no_number`, `thresholds_reversed`, `more_is_not_better` or `volume_first`.
    """
    if not items:
        raise Refused("sheet_empty", gettext_noop("The sheet has no items."))
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            raise Refused("item_twice", gettext_noop("The sheet names item %(code)s twice."), code=item.code)
        seen.add(item.code)
        _check_item(item)
    total = sum((item.weight for item in items), Decimal(0))
    if total != TOTAL:
        raise Refused(
            "not_a_hundred", gettext_noop("The weights add up to %(total)s; they must be 100 together."), total=total
        )
    for kind in sorted({kind for item in items for kind in item.kinds} | {""}):
        _check_volume([item for item in items if item.is_for(kind)], kind)


def _check_item(item: Item) -> None:
    if item.way not in WAYS:
        raise Refused(
            "unknown_way",
            gettext_noop("Item %(code)s: points cannot arise by “%(way)s”. It may be one of %(ways)s."),
            code=item.code,
            way=item.way,
            ways=", ".join(f"{way.code} ({way.name_zh})" for way in WAYS.values()),
        )
    if not item.weight.is_finite() or item.weight <= 0:
        raise Refused("weight_missing", gettext_noop("Item %(code)s needs a weight above 0."), code=item.code)
    if item.way in BY_NUMBER and not item.indicator:
        raise Refused("no_number", gettext_noop("Item %(code)s must say which number feeds it."), code=item.code)
    is_reversed = item.full_at >= item.none_at if item.way == "on_time" else item.full_at <= item.none_at
    if is_reversed or item.none_at < 0 or item.full_at < 0:
        raise Refused(
            "thresholds_reversed",
            gettext_noop("Item %(code)s: full points at %(full)s and none at %(none)s cannot both be."),
            code=item.code,
            full=item.full_at,
            none=item.none_at,
        )
    if item.way != "on_time" and item.full_at > 100:
        raise Refused(
            "more_is_not_better",
            gettext_noop("Item %(code)s: full points at more than 100 per cent would ask for more than like units do."),
            code=item.code,
        )


def _check_volume(items: Iterable[Item], kind: str) -> None:
    weights: dict[str, Decimal] = {}
    for item in items:
        weights[item.group] = weights.get(item.group, Decimal(0)) + item.weight
    volume = weights.get("volume", Decimal(0))
    first = weights.get("evidence", Decimal(0)) + weights.get("timeliness", Decimal(0))
    if volume > first:
        raise Refused(
            "volume_first",
            gettext_noop(
                "Volume weighs %(volume)s and evidence with timeliness %(first)s (%(kind)s)."
                " Evidence and timeliness come before volume: change the weights."
            ),
            volume=volume,
            first=first,
            kind=kind or "*",
        )
