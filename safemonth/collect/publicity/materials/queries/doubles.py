"""Hand-outs that another report of the unit may contain: told by the same rule as all doubles."""

from dataclasses import dataclass

from django.db.models import QuerySet

from safemonth.collect.activities.models import Activity
from safemonth.collect.activities.queries import Near, events_known
from safemonth.collect.activities.rules import EventIndex, likely_double
from safemonth.collect.publicity.materials.models import Handout
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


@dataclass(frozen=True)
class PossibleDouble:
    """A unit's report and the hand-outs, counted by themselves, that it may contain."""

    report: Activity
    handouts: tuple[Handout, ...]

    @property
    def copies(self) -> int:
        """How many copies are counted twice if it does."""
        return sum(handout.copies for handout in self.handouts)


def possible_doubles(campaign: Campaign, *, units: QuerySet[Unit] | None = None) -> list[PossibleDouble]:
    """Return the reports that may contain hand-outs, of the places in `units` (None: all), oldest first.

    A hand-out counts as a line of the unit's counts for its day, so that `likely_double` holds it against the unit's
    sheets and entries, whichever of the two came first. What a person has decided is not asked again.
    """
    handouts = Handout.objects.filter(
        design__campaign=campaign,
        is_own_activity=True,
        is_apart=False,
        activity__is_current=True,
        activity__is_withdrawn=False,
        activity__duplicate_of__isnull=True,
    ).select_related("design", "place", "activity")
    if units is not None:
        handouts = handouts.filter(place__in=units)
    of_activity: dict[int, list[Handout]] = {}
    for handout in handouts:
        of_activity.setdefault(handout.activity_id or 0, []).append(handout)
    if not of_activity:
        return []
    own = set(Handout.objects.filter(is_own_activity=True).values_list("activity", flat=True))
    codes = frozenset(handout.place.code for handout in handouts)
    known = dict(events_known(campaign, near=Near(line_units=codes)))
    others = EventIndex((pk, facts) for pk, facts in known.items() if pk not in own)
    found: dict[int, list[Handout]] = {}
    for activity, given in of_activity.items():
        double = likely_double(known[activity], others.near(known[activity]))
        if double:
            found.setdefault(double[0], []).extend(given)
    reports = Activity.objects.select_related("host").in_bulk(found)
    return [PossibleDouble(reports[pk], tuple(given)) for pk, given in sorted(found.items())]
