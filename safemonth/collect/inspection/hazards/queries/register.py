"""Reads of the register: what it is narrowed by, its counts, and the board's numbers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from safemonth.collect.inspection.hazards.codes import read_code
from safemonth.collect.inspection.hazards.models import Grade, Hazard
from safemonth.collect.inspection.hazards.states import AWAITED, CLOSED, JOINED, REPORTED_DONE, STATE, UNDONE
from safemonth.collect.inspection.workplaces.models import Trade, Workplace
from safemonth.collect.inspection.workplaces.queries import keys_of
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign

# What the register can be narrowed to besides its columns.
ONLY = ("open", "overdue", "recheck", "no_deadline", "stopped", "held", "closed")


@dataclass(frozen=True)
class Asked:
    """What the register is narrowed by; empty and None narrow nothing. Units are codes, `only` one of `ONLY`."""

    text: str = ""
    state: str = ""
    grade: str = ""
    township: str = ""
    charge: str = ""
    trade: str = ""
    only: str = ""
    workplace: Workplace | None = None


def narrowed(rows: QuerySet[Hazard], asked: Asked, *, today: date) -> QuerySet[Hazard]:
    """Return the hazards that fit what is asked; a merged workplace's are its survivor's."""
    if asked.text:
        code = read_code(asked.text)
        text = asked.text.strip()
        rows = rows.filter(
            Q(code=code)
            if code
            else Q(code__icontains=text)
            | Q(text__icontains=text)
            | Q(spot__icontains=text)
            | Q(workplace__name__icontains=text)
        )
    if asked.state in STATE:
        rows = rows.filter(state=asked.state)
    if asked.grade in Grade.values:
        rows = rows.filter(grade=asked.grade)
    if asked.township:
        rows = rows.filter(township__code=asked.township)
    if asked.charge:
        rows = rows.filter(charge_of__code=asked.charge)
    if asked.trade in Trade.values:
        rows = rows.filter(workplace__trade=asked.trade)
    if asked.workplace is not None:
        rows = rows.filter(workplace__in=keys_of(asked.workplace))
    if asked.only in ONLY:
        rows = rows.filter(_only(today)[asked.only])
    return rows


def _only(today: date) -> dict[str, Q]:
    is_open = ~Q(state__in=(CLOSED, JOINED))
    return {
        "open": is_open,
        "overdue": Q(state__in=UNDONE, deadline_on__lt=today),
        "recheck": Q(state=REPORTED_DONE),
        "no_deadline": Q(state__in=UNDONE, deadline_on__isnull=True),
        "stopped": is_open & Q(is_stopped=True),
        "held": Q(held__gt=0),
        "closed": Q(state=CLOSED),
    }


@dataclass(frozen=True)
class Counts:
    """How many hazards there are (those said to be the same as another apart), and how many want something."""

    all: int
    open: int
    major_open: int
    overdue: int
    recheck: int
    no_deadline: int
    stopped: int
    held: int
    closed: int


def counts_of(rows: QuerySet[Hazard], *, today: date) -> Counts:
    """Return the counts of rows by a day, in one statement."""
    only = _only(today)
    found = rows.order_by().aggregate(
        all=Count("pk", filter=~Q(state__in=(JOINED, AWAITED))),
        major_open=Count("pk", filter=only["open"] & Q(grade=Grade.MAJOR)),
        **{name: Count("pk", filter=only[name]) for name in ONLY},
    )
    return Counts(**found)


def board_numbers(campaign: Campaign, *, today: date) -> Counts:
    """Return the campaign's counts for the board, in one statement."""
    return counts_of(Hazard.objects.filter(campaign=campaign), today=today)


def units_in(rows: QuerySet[Hazard], field: str) -> list[Unit]:
    """Return the units that stand as `field` (`township`, `charge_of`) on some of the rows, in tree order."""
    return list(Unit.objects.filter(pk__in=rows.order_by().values(field)).order_by("path"))


def major_outstanding(campaign: Campaign) -> QuerySet[Hazard]:
    """Return the major hazards that are open, the nearest deadline first, with what they are named by."""
    return (
        Hazard.objects.filter(campaign=campaign, grade=Grade.MAJOR)
        .exclude(state__in=(CLOSED, JOINED, AWAITED))
        .select_related("workplace", "charge_of", "township")
        .order_by("deadline_on", "found_on", "code")
    )
