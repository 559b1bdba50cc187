"""An inspection counts as one activity, whose numbers come from the register (docs/figures/inspections.md)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from safemonth.collect.activities.actions import withdraw
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.inspection.checklists.queries import counts_of, figures_marks, task_of
from safemonth.collect.inspection.drives.models import TeamMember
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.workplaces.queries import standing
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind

# How hazards are counted is said in places (处) and orders in copies (份), as the shipped list of indicators does.
_WORDS = {"orders_issued": "份", "shutdowns": "家", "fines_yuan": "元", "cases_filed": "起"}
_BASES = {"fines_yuan": "yuan", "shutdowns": "places"}


def refresh_figures(*, inspection: Inspection, by: str, at: datetime) -> Activity | None:
    """Make the activity that carries an inspection's figures say what the register says; None where it counts nothing.

    A new version of the activity is written only where a number, the workplace or who took part changed. A recheck is
    no inspection and has none; one that an edit moved to another visit is withdrawn.
    """
    inspection = Inspection.objects.select_related("campaign", "workplace", "host", "drive__task", "team").get(
        pk=inspection.pk
    )
    if inspection.is_recheck:
        return None
    current = _activity(inspection)
    with writing(by=by, at=at, action="inspection.figures", about=inspection.code) as write:
        mark = figures_marks([inspection])[inspection.pk]
        if inspection.is_moved:
            if current is not None and not current.is_withdrawn:
                reason = gettext_noop("an edit said that it belongs to another visit")
                current = withdraw(write, activity=current, submission=current.submission, reason=reason)
        else:
            current = record_deed(
                write,
                campaign=inspection.campaign,
                deed=_deed(inspection),
                entry={"inspection": inspection.code, "version": inspection.said.get("version", "")},
                file_name=f"{inspection.code}.json",
                by=by,
                at=at,
                standing=current,
                reason=gettext_noop("the register of hazards says so now"),
            )
        write.change(inspection, activity_key=current.key if current else None, figures_mark=mark)
    return current


def _activity(inspection: Inspection) -> Activity | None:
    if inspection.activity_key is None:
        return None
    return Activity.objects.filter(key=inspection.activity_key, is_current=True).select_related("submission").first()


def _deed(inspection: Inspection) -> Deed:
    place = _name_of(inspection)
    day = timezone.localdate(inspection.started_at)
    return Deed(
        kind=ActivityKind.INSPECTION,
        title=f"安全检查：{place}",
        host=inspection.host,
        counts=tuple(_counts(inspection, place)),
        task=task_of(inspection),
        place=place,
        from_on=day,
        to_on=day,
        participants=dict.fromkeys(_other_units(inspection), ""),
    )


def _counts(inspection: Inspection, place: str) -> Iterator[Count]:
    """The numbers of one inspection; places are named, so that a workplace inspected twice is one place and two times."""
    host = inspection.host
    yield Count("inspections", host, 1, basis="events", measure_word="次")
    yield Count("enterprises_inspected", host, 1, basis="places", measure_word="家", named=_identity_of(inspection))
    yield Count("enterprises_inspected", host, 1, basis="place_times", measure_word="家次")
    if inspection.inspectors_count:
        yield Count("inspectors_deployed", host, inspection.inspectors_count, basis="person_times", measure_word="人次")
    yield Count("inspection_teams", host, 1, measure_word="个", named=_team_of(inspection))
    for indicator, value in counts_of(inspection).items():
        if value or indicator == "hazards_found":
            yield Count(
                indicator,
                host,
                value,
                basis=_BASES.get(indicator, "things"),
                measure_word=_WORDS.get(indicator, "处"),
                named=_identity_of(inspection) if indicator == "shutdowns" else "",
            )


def _name_of(inspection: Inspection) -> str:
    workplace = standing(inspection.workplace) if inspection.workplace else None
    return workplace.name if workplace else inspection.workplace_text


def _identity_of(inspection: Inspection) -> str:
    """The workplace's name with digits of its key, so that two of one name are two; its text where it waits for a clerk."""
    if inspection.workplace is None:
        return inspection.workplace_text
    workplace = standing(inspection.workplace)
    return f"{workplace.name[:100]} {workplace.key.hex[:8]}"


def _team_of(inspection: Inspection) -> str:
    if inspection.team is not None and inspection.drive is not None:
        return f"{inspection.drive.title[:90]} {inspection.team.number}"
    return inspection.host.name


def _other_units(inspection: Inspection) -> list[Unit]:
    """The units of the team that inspected, besides its host."""
    if inspection.team is None:
        return []
    units = Unit.objects.filter(
        pk__in=TeamMember.objects.filter(team=inspection.team).values("inspector__unit")
    ).exclude(pk=inspection.host_id)
    return list(units.order_by("path"))
