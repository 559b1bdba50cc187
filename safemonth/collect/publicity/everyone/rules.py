"""What everyone can do in seconds, and how far that reached by kind of premises. Plain Python."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from safemonth.lib.refusals import Refused, gettext_noop

# What the page counts, in the order of its buttons: indicator and measure word.
COUNTED: Final = {
    "banners_hung": "条",
    "slogans_posted": "条",
    "publicity_columns": "期",
    "electronic_screens": "块",
    "posters_posted": "张",
    "leaflets_distributed": "份",
}
# More than this of one thing in one go is a slip of the thumb, or a sheet's total.
MOST: Final = 100_000
# The kinds of premises that the page shows first, as the founding case names them.
KINDS_FIRST: Final = ("hotel", "supermarket", "restaurant", "hospital", "school")


def read_counts(said: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return what was counted, zeros left out. Raises Refused `not_a_whole_number`, `too_many` or `nothing_counted`."""
    counts: dict[str, int] = {}
    for indicator, text in said:
        text = text.strip()
        if indicator not in COUNTED or not text:
            continue
        if not text.isdecimal() or len(text) > 20:
            raise Refused("not_a_whole_number", gettext_noop("“%(text)s” is not a whole number."), text=text[:20])
        if int(text) > MOST:
            raise Refused(
                "too_many",
                gettext_noop("%(count)s of one thing in one go is more than this page takes. Send it as a report."),
                count=text[:12],
            )
        if int(text):
            counts[indicator] = int(text)
    if not counts:
        raise Refused("nothing_counted", gettext_noop("Say how many of what there are."))
    return counts


@dataclass(frozen=True)
class Premises:
    """One unit that stands for premises: `kind` as `kind_of` gives it.

    `township` is the code of the one that it stands in, empty where it is the county's own.
    """

    code: str
    kind: str
    township: str


@dataclass(frozen=True)
class Reach:
    """How far publicity reached one kind of premises; codes in the order given. `share` is 0 to 1.

    `nil` are those of `missing` that signed that there is nothing; from the others nothing was heard.
    """

    kind: str
    reached: tuple[str, ...]
    missing: tuple[str, ...]
    nil: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many of the kind there are."""
        return len(self.reached) + len(self.missing)

    @property
    def share(self) -> float:
        """The part of them that something was done at; 0 where there are none."""
        return len(self.reached) / self.count if self.count else 0.0

    @property
    def is_every(self) -> bool:
        """Whether "every" may be said: there are some, and something was done at each."""
        return bool(self.reached) and not self.missing


def kind_of(unit_kind: str, premises_kind: str) -> str:
    """Return the kind of premises that a unit stands for: what it says, else hospital or school, else other.

    Empty for a unit that is no premises (a department, a village, an enterprise that says nothing).
    """
    if premises_kind:
        return premises_kind
    if unit_kind in ("hospital", "school"):
        return unit_kind
    return "other" if unit_kind == "premises" else ""


def reach_by_kind(premises: Iterable[Premises], *, active: Collection[str], nil: Collection[str] = ()) -> list[Reach]:
    """Return the reach of each kind that there is, those of KINDS_FIRST first.

    `active` are the codes of units with a deed on record, `nil` of those that signed that there is nothing.
    """
    by_kind: dict[str, list[Premises]] = {}
    for each in premises:
        if each.kind:
            by_kind.setdefault(each.kind, []).append(each)
    order = sorted(by_kind, key=lambda kind: (KINDS_FIRST.index(kind) if kind in KINDS_FIRST else 99, kind))
    return [
        Reach(
            kind,
            reached=tuple(each.code for each in by_kind[kind] if each.code in active),
            missing=tuple(each.code for each in by_kind[kind] if each.code not in active),
            nil=tuple(each.code for each in by_kind[kind] if each.code not in active and each.code in nil),
        )
        for kind in order
    ]


def reach_by_township(premises: Iterable[Premises], *, active: Collection[str]) -> dict[str, list[Reach]]:
    """Return township code -> the reach of each kind there, in the order given; the county's own under the empty code."""
    there: dict[str, list[Premises]] = {}
    for each in premises:
        if each.kind:
            there.setdefault(each.township, []).append(each)
    return {township: reach_by_kind(of_it, active=active) for township, of_it in there.items()}
