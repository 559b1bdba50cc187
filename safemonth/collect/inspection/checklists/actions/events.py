"""What one version says of hazards, as events: found, put right on the spot, ordered, rechecked.

Each event's key follows from the hazard, the version and what is said, so that a version taken in twice says it once, and
the events that there are in the end follow from the versions alone, not from the order in which they arrived.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import HazardEvent
from safemonth.collect.inspection.hazards.states import INSPECTING, RESPONSIBLE
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion

# What one form says of one hazard happened at one time, and in this order.
_STEP = timedelta(microseconds=1)


def say_what_it_found(*, version: InspectionVersion, by: str, at: datetime) -> None:
    """Enter what a version says of hazards; twice changes nothing."""
    inspection = Inspection.objects.select_related("campaign", "host").get(pk=version.inspection_id)
    # In one order of hazards, so that two versions that come at once never wait for each other.
    for hazard in sorted(version.said["hazards"], key=lambda each: str(each["key"])):
        _found(inspection, version, hazard, by=by, at=at)
    for recheck in sorted(version.said["rechecks"], key=lambda each: str(each["hazard"])):
        _rechecked(inspection, version, recheck, by=by, at=at)
    for earlier, later in _edits_around(version):
        _taken_back(inspection, earlier, later, by=by, at=at)


def _found(
    inspection: Inspection, version: InspectionVersion, hazard: dict[str, Any], *, by: str, at: datetime
) -> None:
    key = UUID(hazard["key"])
    started_at = datetime.fromisoformat(version.said["started_at"])
    data = {
        "text": hazard["text"] or "—",
        "grade": hazard["grade"],
        "spot": hazard["spot"],
        "basis": hazard["basis"],
        "measure": hazard["measure"],
        "responsible_post": hazard["responsible"],
        "item": hazard["item"],
        # An edit names the instance that it was made from, whichever of its contents that was.
        "stands_for": str(uuid5(key, f"find/{version.instance_id}")),
        "replaces": str(uuid5(key, f"find/{version.made_from}")) if version.made_from else "",
    }
    _enter(
        inspection, version, key, "find", started_at, INSPECTING, data, name=f"find/{version.version_key}", by=by, at=at
    )
    if hazard["on_the_spot"]:
        _put_right(inspection, version, key, started_at, name="on-the-spot", by=by, at=at)
    elif hazard["deadline_on"]:
        # Of two orders the one of the version finished later holds.
        _enter(
            inspection,
            version,
            key,
            "order",
            max(version.finished_at, started_at + _STEP),
            INSPECTING,
            {"deadline_on": hazard["deadline_on"], "measure": hazard["measure"]},
            name=f"order/{hazard['deadline_on']}",
            by=by,
            at=at,
        )


def _put_right(
    inspection: Inspection,
    version: InspectionVersion,
    key: UUID,
    when: datetime,
    *,
    name: str,
    by: str,
    at: datetime,
) -> None:
    """The workplace's side says that it is done, and the inspector has seen it."""
    done = uuid5(key, f"{name}/done")
    _enter(inspection, version, key, "report_done", when + _STEP, RESPONSIBLE, {}, name=f"{name}/done", by=by, at=at)
    _enter(
        inspection,
        version,
        key,
        "pass",
        when + 2 * _STEP,
        INSPECTING,
        {},
        name=f"{name}/pass",
        answers=done,
        by=by,
        at=at,
    )


def _rechecked(
    inspection: Inspection, version: InspectionVersion, recheck: dict[str, Any], *, by: str, at: datetime
) -> None:
    key = UUID(recheck["hazard"])
    when = datetime.fromisoformat(version.said["started_at"])
    name = f"recheck/{version.version_key}"
    last = UUID(recheck["answers"]) if recheck["answers"] else None
    if recheck["result"] == "done":
        if recheck["reported"]:
            _enter(inspection, version, key, "pass", when, INSPECTING, {}, name=name, answers=last, by=by, at=at)
        else:  # Nobody had reported it: the workplace says so on site, before the inspector's eyes.
            _put_right(inspection, version, key, when, name=name, by=by, at=at)
        return
    data = {"reason": recheck["reason"] or recheck["result"] or "—", "deadline_on": recheck["deadline_on"]}
    if recheck["reported"] or not recheck["deadline_on"]:
        answers = last if recheck["reported"] else None
        _enter(inspection, version, key, "fail", when, INSPECTING, data, name=name, answers=answers, by=by, at=at)
    else:  # What nobody reported as done cannot fail: it is ordered anew.
        _enter(inspection, version, key, "order", when, INSPECTING, data, name=name, by=by, at=at)


def _edits_around(version: InspectionVersion) -> list[tuple[InspectionVersion, InspectionVersion]]:
    """Pairs of a version and an edit made from it, of which this is one."""
    before = InspectionVersion.objects.filter(instance_id=version.made_from) if version.made_from else ()
    after = InspectionVersion.objects.filter(made_from=version.instance_id)
    return [*((each, version) for each in before), *((version, each) for each in after)]


def _taken_back(
    inspection: Inspection, earlier: InspectionVersion, later: InspectionVersion, *, by: str, at: datetime
) -> None:
    """An edit that says that a hazard was not put right after all opens it again; nothing is taken back in silence."""
    was = {hazard["key"] for hazard in earlier.said["hazards"] if hazard["on_the_spot"]}
    for hazard in later.said["hazards"]:
        if hazard["key"] in was and not hazard["on_the_spot"]:
            when = max(later.finished_at, datetime.fromisoformat(later.said["started_at"])) + 3 * _STEP
            key = UUID(hazard["key"])
            data = {
                "reason": "检查人员更正：当场没有整改好",
                "deadline_on": hazard["deadline_on"],
            }
            _enter(
                inspection,
                later,
                key,
                "reopen",
                when,
                INSPECTING,
                data,
                name=f"reopen/{later.version_key}",
                by=by,
                at=at,
            )


def _enter(
    inspection: Inspection,
    version: InspectionVersion,
    key: UUID,
    move: str,
    when: datetime,
    side: str,
    data: dict[str, Any],
    *,
    name: str,
    by: str,
    at: datetime,
    answers: UUID | None = None,
) -> HazardEvent | None:
    """Enter one event under the key that its name gives it."""
    own = uuid5(key, name)
    if HazardEvent.objects.filter(key=own).exists():
        return None
    is_theirs = side == RESPONSIBLE
    who: Sequence[str] = version.said["who"]
    enter(
        campaign=inspection.campaign,
        hazard_key=key,
        move=move,
        happened_at=when,
        side=side,
        # A workplace's side acts as one here: its account, where it has one, is another than any inspector.
        person=f"workplace:{version.said['workplace'] or inspection.key}"[:150] if is_theirs else version.sent_by,
        data={name: value for name, value in data.items() if value not in (None, "")},
        by=by,
        at=at,
        key=own,
        answers=answers,
        unit=None if is_theirs else inspection.host,
        post_title="" if is_theirs else "，".join(who)[:120],
        inspection=inspection,
        submission=version.submission,
        is_from_field=True,
    )
    return None
