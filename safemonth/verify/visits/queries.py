"""Reads of visits."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from safemonth.collect.activities.models import Measure
from safemonth.organisation.models import User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign
from safemonth.verify.sampling.design import Design, from_json
from safemonth.verify.visits.models import Finding, PlannedVisit, Visit, VisitAnswer, VisitDraw, VisitPhoto


def draws_of(campaign: Campaign) -> QuerySet[VisitDraw]:
    """Return the draws that stand, by indicator."""
    return VisitDraw.objects.filter(campaign=campaign, is_current=True).select_related("indicator")


def design_of(draw: VisitDraw) -> Design:
    """Return what a draw was made from and gave."""
    return from_json(draw.design)


@dataclass(frozen=True)
class PlannedLine:
    """A place in the drawn order with the visit that was made there (None: not yet), what it found and what is supported."""

    planned: PlannedVisit
    claimed: str
    visit: Visit | None
    findings: tuple[Finding, ...]

    @property
    def supported(self) -> int | None:
        """How much of the claim the visit supports; None before it."""
        if self.visit is None:
            return None
        return sum(finding.found for finding in self.findings)


def lines_of(draw: VisitDraw) -> list[PlannedLine]:
    """Return the drawn order with what was found so far; three statements."""
    planned = list(PlannedVisit.objects.filter(draw=draw).select_related("unit"))
    visits = {visit.planned_id: visit for visit in Visit.objects.filter(planned__draw=draw, is_current=True)}
    findings: dict[int, list[Finding]] = {}
    for finding in Finding.objects.filter(visit__in=visits.values()).select_related("measure__activity"):
        findings.setdefault(finding.visit_id, []).append(finding)
    claims = {member["code"]: member["claimed"] for member in draw.design["members"]}
    return [
        PlannedLine(
            each,
            claims[each.unit.code],
            visits.get(each.pk),
            tuple(findings.get(visits[each.pk].pk, ())) if each.pk in visits else (),
        )
        for each in planned
    ]


def audited_of(lines: Sequence[PlannedLine]) -> dict[str, int]:
    """Return unit code -> how much of its claim is supported, for the units visited."""
    return {line.planned.unit.code: line.supported for line in lines if line.supported is not None}


def measures_to_compare(planned: PlannedVisit) -> list[Measure]:
    """Return the claimed numbers that a visit compares, as they stood at the draw."""
    keys = planned.draw.measures.get(planned.unit.code, [])
    return list(
        Measure.objects.filter(pk__in=keys).select_related("activity__host", "unit", "indicator").order_by("pk")
    )


def planned_seen_by(user: User, campaign: Campaign) -> QuerySet[PlannedVisit]:
    """Return the planned visits that a user may see: all, or those to their own units once they were made."""
    rows = PlannedVisit.objects.filter(draw__campaign=campaign).select_related("unit", "draw__indicator")
    if sees_all(user):
        return rows
    made = Visit.objects.filter(is_current=True).values("planned")
    return rows.filter(unit__in=units_seen_by(user), pk__in=made)


def answers_to(visit: Visit) -> QuerySet[VisitAnswer]:
    """Return what the unit said to a visit, the first first."""
    return VisitAnswer.objects.filter(visit_key=visit.key).select_related("submission")


def photos_of(visit: Visit) -> QuerySet[VisitPhoto]:
    """Return the files that bear a visit out."""
    return VisitPhoto.objects.filter(visit_key=visit.key).select_related("submission")
