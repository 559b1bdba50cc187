"""Reads about what inspectors fill in: which workplace is meant, what figures rest on, the inspector's day."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from safemonth.collect.forms.models import Instance, Purpose, Rival
from safemonth.collect.forms.queries import design_of_version
from safemonth.collect.inspection.checklists.reading import is_inspection_form
from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.hazards.states import AWAITED, CLOSED, JOINED
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.names import normalise_workplace_name
from safemonth.collect.inspection.workplaces.queries import standing, standing_keys, workplaces
from safemonth.plan.models import ActivityKind, Assignment, Task

# A clerk reads this many at a glance.
MOST_LIKELY = 8


def is_of_inspection(instance: Instance) -> bool:
    """Return whether a filled form goes the inspections' way."""
    return is_inspection_form(design_of_version(instance.form_version))


def inspections_waiting() -> list[str]:
    """Return `instance:number` and `rival:number` of filled inspections that are no version of any inspection yet."""
    known = InspectionVersion.objects.values("submission")
    words = Q(form_version__purpose__in=(Purpose.INSPECTION, Purpose.RECHECK))
    instances = Instance.objects.filter(words).exclude(submission__in=known).select_related("form_version")
    found = [f"instance:{row.pk}" for row in instances.order_by("pk") if is_of_inspection(row)]
    rivals = Rival.objects.filter(standing__form_version__purpose__in=(Purpose.INSPECTION, Purpose.RECHECK))
    rivals = rivals.exclude(submission__in=known).select_related("standing__form_version")
    return found + [f"rival:{row.pk}" for row in rivals.order_by("pk") if is_of_inspection(row.standing)]


def workplace_meant(text: str) -> Workplace | None:
    """Return the workplace that an answer means: by key, credit code or its exact name; None where none or several fit."""
    if not text:
        return None
    try:
        chosen = Workplace.objects.filter(key=UUID(text)).first()
        return standing(chosen) if chosen else None
    except ValueError:
        pass
    by_code = workplaces().filter(uscc=text.upper())[:2]
    by_name = workplaces().filter(normalised_name=normalise_workplace_name(text)[:120])[:2]
    for rows in (by_code, by_name):
        found = list(rows)
        if len(found) == 1:
            return found[0]
    return None


def likely_workplaces(inspection: Inspection) -> list[Workplace]:
    """Return the workplaces that an inspection may mean by its text, likeliest first, at most MOST_LIKELY."""
    text = inspection.workplace_text
    if not text:
        return []
    known = {row.pk: row for row in workplaces()}
    plain = normalise_workplace_name(text)
    said = set(plain)

    def share(row: Workplace) -> float:
        other = set(row.normalised_name)
        return len(said & other) / max(1, len(said | other))

    inside = [row for row in known.values() if plain and (plain in row.normalised_name or row.normalised_name in plain)]
    near = sorted((row for row in known.values() if row not in inside and share(row) >= 0.4), key=share, reverse=True)
    return [*inside, *near][:MOST_LIKELY]


def task_of(inspection: Inspection) -> Task | None:
    """Return the task of the plan that an inspection answers: its drive's, else the one for inspections asked of its unit.

    Of several without an answer in the plan the first stands; a task that is one event on one day takes only its drive's.
    """
    if inspection.drive is not None:
        return inspection.drive.task
    tasks = list(
        Task.objects.filter(campaign=inspection.campaign, kind=ActivityKind.INSPECTION, is_one_event=False).order_by(
            "number"
        )
    )
    asked = set(Assignment.objects.filter(task__in=tasks, unit=inspection.host).values_list("task", flat=True))
    return next((task for task in tasks if task.pk in asked), tasks[0] if tasks else None)


@dataclass(frozen=True)
class HazardCounts:
    """How many hazards an inspection found, how many of them are major and how many closed; joined ones are counted with the other."""

    found: int = 0
    major: int = 0
    closed: int = 0


def hazard_counts(inspections: Iterable[Inspection]) -> dict[int, HazardCounts]:
    """Return the counts of hazards by inspection, in one statement; one that found none has noughts."""
    keys = [row.pk for row in inspections]
    rows = (
        Hazard.objects.filter(inspection__in=keys)
        .exclude(state=JOINED)
        .order_by()
        .values("inspection")
        .annotate(
            found=Count("pk"), major=Count("pk", filter=Q(grade="major")), closed=Count("pk", filter=Q(state=CLOSED))
        )
    )
    found = {row["inspection"]: HazardCounts(row["found"], row["major"], row["closed"]) for row in rows}
    return {key: found.get(key, HazardCounts()) for key in keys}


def counts_of(inspection: Inspection) -> dict[str, int]:
    """Return what the register counts of the hazards that an inspection found, by indicator (docs/figures/inspections.md).

    A hazard said to be the same as another is counted with that one, where that was found. Orders are papers: all that one
    visit, or one day, orders is one. `shutdowns` is 1 where production was stopped because of any of them.
    """
    rows = list(Hazard.objects.filter(inspection=inspection).exclude(state__in=(JOINED, AWAITED)))
    measures = [measure for row in rows for measure in row.facts.get("measures", ())]
    orders = HazardEvent.objects.filter(hazard_key__in=[row.key for row in rows], move="order")
    said = {visit or timezone.localdate(when) for visit, when in orders.values_list("inspection", "happened_at")}
    return {
        "hazards_found": len(rows),
        "major_hazards_found": sum(row.grade == "major" for row in rows),
        "hazards_rectified": sum(row.state == CLOSED for row in rows),
        "major_hazards_rectified": sum(row.state == CLOSED and row.grade == "major" for row in rows),
        "hazards_supervised": sum(any(m["move"] == "list" for m in row.facts.get("measures", ())) for row in rows),
        "orders_issued": len(said),
        "shutdowns": int(any(measure["move"] == "stop" for measure in measures)),
        "fines_yuan": sum(_yuan(measure["data"].get("fine_yuan")) for measure in measures),
        "cases_filed": len({measure["key"] for measure in measures if measure["data"].get("case_number")}),
    }


def _yuan(value: object) -> int:
    """A sum of money in an event's data; what is no whole number of yuan is left to the one who reads the paper."""
    return int(str(value)) if str(value).isdecimal() else 0


def figures_marks(inspections: Iterable[Inspection]) -> dict[int, str]:
    """Return, by inspection, what its figures rest on now, to be held against `Inspection.figures_mark`."""
    rows = list(inspections)
    each = HazardEvent.objects.filter(hazard_key=OuterRef("key")).order_by().values("hazard_key")
    counted: dict[int, int] = dict(
        Hazard.objects.filter(inspection__in=[row.pk for row in rows])
        .annotate(events=Subquery(each.annotate(count=Count("pk")).values("count")))
        .order_by()
        .values_list("inspection")
        .annotate(count=Sum("events"))
    )
    stands = standing_keys({row.workplace_id for row in rows if row.workplace_id})
    return {
        row.pk: f"{counted.get(row.pk) or 0}/{stands.get(row.workplace_id or 0, row.workplace_id or 0)}/{int(row.is_moved)}"
        for row in rows
    }


def figures_waiting() -> list[str]:
    """Return the keys of inspections whose hazards or workplace changed since their figures were made."""
    rows = list(Inspection.objects.filter(is_recheck=False).only("key", "workplace", "is_moved", "figures_mark"))
    marks = figures_marks(rows)
    return [str(row.key) for row in rows if row.figures_mark != marks[row.pk]]
