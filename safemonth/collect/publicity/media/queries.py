"""Reads of the media plan."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from safemonth.collect.publicity.media.models import Outlet, Placement, PlacementProof
from safemonth.collect.publicity.media.rules import PlacementFacts, State, days_left, last_day, state_of
from safemonth.organisation.models import User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign

# What needs somebody first, first.
URGENCY: tuple[State, ...] = (
    "overdue",
    "due_soon",
    "made_late",
    "made",
    "planned",
    "proven_late",
    "proven",
    "called_off",
)


@dataclass(frozen=True)
class PlacementRow:
    """One placement as the plan shows it; `left` is `rules.days_left`, `last` the last day in time."""

    placement: Placement
    state: State
    left: int | None
    last: date | None
    proofs: tuple[PlacementProof, ...] = ()

    @property
    def overdue_days(self) -> int:
        """How many days it is over its last day; 0 where it is not."""
        return max(0, -(self.left or 0))


def placements_seen_by(user: User, campaign: Campaign) -> QuerySet[Placement]:
    """Return the placements that the user may see: all, or those of their units (as giver or as outlet)."""
    placements = Placement.objects.filter(campaign=campaign).select_related("outlet", "unit", "task", "activity")
    if sees_all(user):
        return placements
    units = units_seen_by(user)
    return placements.filter(Q(unit__in=units) | Q(outlet__unit__in=units))


def placement_rows(placements: QuerySet[Placement], *, today: date) -> list[PlacementRow]:
    """Return placements with their state on `today`, what is most urgent first; two statements."""
    listed = list(placements)
    proofs: dict[int, list[PlacementProof]] = defaultdict(list)
    for proof in PlacementProof.objects.filter(placement__in=listed).select_related("submission"):
        proofs[proof.placement_id].append(proof)
    rows = []
    for placement in listed:
        facts = facts_of(placement, is_proven=bool(proofs[placement.pk] or placement.proof_link))
        rows.append(
            PlacementRow(
                placement=placement,
                state=state_of(facts, today=today),
                left=days_left(facts, today=today),
                last=last_day(placement.due_on, is_before=placement.is_before) if placement.due_on else None,
                proofs=tuple(proofs[placement.pk]),
            )
        )
    return sorted(rows, key=lambda row: (URGENCY.index(row.state), row.last or date.max, row.placement.pk))


def facts_of(placement: Placement, *, is_proven: bool) -> PlacementFacts:
    """Return what the rules look at."""
    return PlacementFacts(
        due_on=placement.due_on,
        is_before=placement.is_before,
        made_on=placement.made_on,
        is_proven=is_proven,
        is_called_off=bool(placement.called_off_because),
    )


def outlets_known() -> QuerySet[Outlet]:
    """Return the outlets with the units that run them."""
    return Outlet.objects.select_related("unit").order_by("kind", "name")
