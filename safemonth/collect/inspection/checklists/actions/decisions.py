"""What a person decides about inspections: which version stands, which workplace is meant."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from safemonth.collect.forms.actions import decide_rival
from safemonth.collect.forms.models import Instance, Rival, RivalDecision
from safemonth.collect.inspection.checklists.actions.figures import refresh_figures
from safemonth.collect.inspection.checklists.actions.take_in import settle
from safemonth.collect.inspection.hazards.actions import enter, rebuild
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import INSPECTING, KNOWN
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.inspection.inspections.queries import merged_of, versions_of
from safemonth.collect.inspection.workplaces.actions import register_workplace
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop

# What a version says of a hazard: the move that says it, and each fact with its name in the version.
_WORDS = {
    "correct": {"text": "text", "spot": "spot", "basis": "basis"},
    "settle": {"measure": "measure", "responsible_post": "responsible"},
}


def decide_versions(*, inspection: Inspection, keep: str, reason: str, by: str, at: datetime) -> Inspection:
    """Decide which of the versions that contradict each other stands (`keep`, a version's key); the others stay readable.

    Hazards that only the others name stay open; those that both name take the words of the one kept. Raises Refused
    `no_rivals`, `version_not_there` or `reason_missing`.
    """
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the decision."))
    together = merged_of(inspection)
    weighed = {version.key for version in (*together.left, *together.rivals)}
    if not together.has_rivals:
        raise Refused("no_rivals", gettext_noop("This was decided already."))
    if keep not in weighed:
        raise Refused("version_not_there", gettext_noop("This version does not stand to be chosen."))
    kept = InspectionVersion.objects.get(version_key=keep)
    _set_aside(inspection, weighed - {keep}, kept, reason=reason, by=by, at=at)
    # What was refused when it was sent is decided with it.
    submissions = versions_of(inspection).values("submission")
    for rival in Rival.objects.filter(submission__in=submissions, decision=RivalDecision.OPEN).order_by("pk"):
        decide_rival(rival=rival, take=rival.submission_id == kept.submission_id, reason=reason, by=by, at=at)
    inspection.refresh_from_db()
    return inspection


def decide_sent_twice(*, rival: Rival, take: bool, reason: str, by: str, at: datetime) -> Instance:
    """Decide which of two filled inspections stands, from the page of filled forms; returns the form that stands.

    Raises Refused as `decide_rival` does.
    """
    instance = decide_rival(rival=rival, take=take, reason=reason, by=by, at=at)
    version = InspectionVersion.objects.filter(submission=rival.submission).select_related("inspection").first()
    if version is not None:
        together = merged_of(version.inspection)
        weighed = {each.key for each in (*together.left, *together.rivals)}
        aside = weighed - {version.version_key} if take else {version.version_key}
        kept = InspectionVersion.objects.get(version_key=version.version_key if take else together.standing.key)
        _set_aside(version.inspection, aside, kept, reason=reason, by=by, at=at)
    return instance


def _set_aside(
    inspection: Inspection, keys: Collection[str], kept: InspectionVersion, *, reason: str, by: str, at: datetime
) -> None:
    """Set versions aside, and let hazards and figures say what the one that is kept says."""
    with writing(by=by, at=at, action="inspection.decide", about=reason[:200]) as write:
        for row in versions_of(inspection):
            if row.version_key in keys:
                write.change(row, is_set_aside=True)
    settle(inspection=inspection, by=by, at=at)
    _say_in_its_words(inspection, kept, reason=reason, by=by, at=at)
    refresh_figures(inspection=inspection, by=by, at=at)


def _say_in_its_words(inspection: Inspection, kept: InspectionVersion, *, reason: str, by: str, at: datetime) -> None:
    for said in kept.said["hazards"]:
        hazard = Hazard.objects.filter(key=UUID(said["key"]), state__in=KNOWN).first()
        if hazard is None:
            continue
        now = {**hazard.facts.get("settled", {}), "text": hazard.text, "spot": hazard.spot}
        for move, words in _WORDS.items():
            changed = {name: said[word] for name, word in words.items() if said[word] and said[word] != now.get(name)}
            if changed:
                _enter(inspection, kept, hazard, move, {**changed, "reason": reason}, by=by, at=at)
        if said["grade"] != hazard.grade:
            _enter(inspection, kept, hazard, "grade", {"grade": said["grade"], "reason": reason}, by=by, at=at)


def _enter(
    inspection: Inspection,
    kept: InspectionVersion,
    hazard: Hazard,
    move: str,
    data: dict[str, Any],
    *,
    by: str,
    at: datetime,
) -> None:
    enter(
        campaign=inspection.campaign,
        hazard_key=hazard.key,
        move=move,
        happened_at=at,
        side=INSPECTING,
        person=by,
        data=data,
        by=by,
        at=at,
        key=uuid5(hazard.key, f"decided/{kept.version_key}/{move}/{at.isoformat()}"),
        inspection=inspection,
        submission=kept.submission,
        is_from_field=True,
    )


def name_workplace(*, inspection: Inspection, workplace: Workplace, by: str, at: datetime) -> Inspection:
    """Say which workplace of the register an inspection means; its hazards lie there then."""
    with writing(by=by, at=at, action="inspection.workplace", about=f"{inspection.code} {workplace.name}") as write:
        write.change(inspection, workplace=workplace)
    for hazard in Hazard.objects.filter(inspection=inspection).order_by("pk"):
        rebuild(hazard=hazard, by=by, at=at)
    refresh_figures(inspection=inspection, by=by, at=at)
    return inspection


def add_its_workplace(*, inspection: Inspection, fields: Mapping[str, Any], by: str, at: datetime) -> Inspection:
    """Enter the workplace that an inspection means into the register, and say that it means it; once, however often.

    Raises Refused as `register_workplace` does.
    """
    workplace = register_workplace(fields=fields, by=by, at=at, key=uuid5(inspection.key, "workplace"))
    return name_workplace(inspection=inspection, workplace=workplace, by=by, at=at)
