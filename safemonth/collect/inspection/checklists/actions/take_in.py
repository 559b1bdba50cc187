"""A filled inspection or recheck becomes a version of its inspection, and says of hazards what it says."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from safemonth.collect.activities.once import entered_once
from safemonth.collect.forms.models import FormVersion, Instance, Rival
from safemonth.collect.forms.queries import design_of_version, version_of_answers
from safemonth.collect.inspection.checklists.actions.events import say_what_it_found
from safemonth.collect.inspection.checklists.actions.figures import refresh_figures
from safemonth.collect.inspection.checklists.actions.photos import link_photos
from safemonth.collect.inspection.checklists.lists import choices_of
from safemonth.collect.inspection.checklists.queries import workplace_meant
from safemonth.collect.inspection.checklists.reading import read_inspection, version_key
from safemonth.collect.inspection.hazards.actions import rebuild
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.inspection.inspections.queries import merged_of, visit_called
from safemonth.collect.inspection.inspections.rules import Merged, code_of
from safemonth.collect.inspection.workplaces.queries import standing
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import gettext_noop
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def take_in_inspection(*, sent: Instance | Rival, by: str, at: datetime) -> Inspection:
    """Take in a filled inspection or recheck, whether it stands among filled forms or contradicts one that does.

    It becomes a version of the visit that its key names; what all versions say together stands, and its hazards'
    events are entered. Doing so twice changes nothing, and the end is the same in whatever order versions arrive.
    """
    campaign = sent.campaign if isinstance(sent, Instance) else sent.standing.campaign
    xml = bytes_kept(sent.submission.sha256)
    form_version = version_of_answers(xml)
    said = read_inspection(
        xml,
        design_of_version(form_version),
        choices=choices_of(form_version),
        zone=timezone.get_default_timezone(),
        received_at=sent.received_at,
    )
    inspection = _inspection_of(campaign, said, sent.sent_by, by=by, at=at)
    version = _version_of(inspection, sent, xml=xml, form_version=form_version, said=said, by=by, at=at)
    settle(inspection=inspection, by=by, at=at)
    say_what_it_found(version=version, by=by, at=at)
    for touched in (inspection, *_also_touched(inspection, version)):
        if touched.pk != inspection.pk:
            settle(inspection=touched, by=by, at=at)
        refresh_figures(inspection=touched, by=by, at=at)
    link_photos(inspection=inspection, by=by, at=at)
    inspection.refresh_from_db()
    return inspection


def _also_touched(inspection: Inspection, version: InspectionVersion) -> list[Inspection]:
    """The other inspections that a version changes: whose hazards it rechecks, and one that its edit moved to this visit."""
    rechecked = [UUID(recheck["hazard"]) for recheck in version.said["rechecks"]]
    found = Hazard.objects.filter(key__in=rechecked, inspection__isnull=False).values("inspection")
    before = InspectionVersion.objects.filter(instance_id=version.made_from) if version.made_from else None
    moved = before.values("inspection") if before is not None else []
    rows = Inspection.objects.filter(Q(pk__in=found) | Q(pk__in=moved)).exclude(pk=inspection.pk)
    return list(rows.order_by("pk"))


def settle(*, inspection: Inspection, by: str, at: datetime) -> Merged:
    """Let an inspection say what its versions say together; the same versions again write nothing."""
    with writing(by=by, at=at, action="inspection.settle", about=inspection.code) as write:
        # Two versions at one moment: the later one waits here, and then sees both.
        inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
        together = merged_of(inspection)
        before = inspection.workplace_id
        write.change(inspection, **_fields(inspection, together))
    if inspection.workplace_id != before:
        for hazard in Hazard.objects.filter(inspection=inspection).order_by("pk"):
            rebuild(hazard=hazard, by=by, at=at)
    return together


def _inspection_of(campaign: Campaign, said: dict[str, Any], sent_by: str, *, by: str, at: datetime) -> Inspection:
    key = UUID(said["key"])

    def enter() -> Inspection:
        attempt = 0
        while Inspection.objects.filter(code=code_of(key, attempt=attempt)).exists():
            attempt += 1
        row = Inspection(
            key=key,
            code=code_of(key, attempt=attempt),
            campaign=campaign,
            host=host_meant(campaign, said["unit"], sent_by=sent_by)[0],
            started_at=datetime.fromisoformat(said["started_at"]),
        )
        with writing(by=by, at=at, action="inspection.arrive", about=row.code) as write:
            return write.create(row)

    return entered_once(Inspection, key, enter)


def _version_of(
    inspection: Inspection,
    sent: Instance | Rival,
    *,
    xml: bytes,
    form_version: FormVersion,
    said: dict[str, Any],
    by: str,
    at: datetime,
) -> InspectionVersion:
    key, instance_id, made_from = version_key(xml)
    known = InspectionVersion.objects.filter(version_key=key).select_related("inspection", "submission").first()
    if known is not None:
        return known
    with writing(by=by, at=at, action="inspection.version", about=inspection.code) as write:
        return write.create(
            InspectionVersion(
                inspection=inspection,
                version_key=key,
                instance_id=instance_id,
                made_from=made_from,
                form_version=form_version,
                submission=sent.submission,
                said=said,
                finished_at=datetime.fromisoformat(said["finished_at"]),
                sent_by=sent.sent_by,
                received_at=sent.received_at,
            )
        )


def _fields(inspection: Inspection, together: Merged) -> dict[str, Any]:
    """What the versions together say, as the fields of the inspection."""
    said = dict(together.standing.said)
    first = InspectionVersion.objects.get(version_key=together.standing.key)
    host, doubts = host_meant(inspection.campaign, said["unit"], sent_by=first.sent_by)
    visit = visit_called(inspection.campaign, said["visit"])
    if said["visit"] and visit is None:
        doubts.append(_doubt("visit_unknown", gettext_noop("No draw names the visit that it says it is.")))
    text = said["workplace"]
    workplace = workplace_meant(text)
    if workplace is None and visit is not None:
        workplace = standing(visit.workplace)
    if workplace is None and said["is_recheck"]:
        workplace = _place_of_hazards(said)
    if workplace is None and inspection.workplace_text == text[:120]:
        workplace = inspection.workplace  # A person said which one it is.
    ended_at = datetime.fromisoformat(said["ended_at"]) if said["ended_at"] else None
    return {
        "workplace": workplace,
        "workplace_text": text[:120],
        "host": host,
        "drive": visit.draw.drive if visit else None,
        "team": visit.team if visit else None,
        "started_at": datetime.fromisoformat(said["started_at"]),
        "ended_at": ended_at,
        "is_unannounced": bool(visit and visit.draw.drive.is_unannounced),
        "is_recheck": said["is_recheck"],
        "inspectors_count": said["inspectors"],
        "signed_by_workplace": said["signed_how"],
        "has_rivals": together.has_rivals,
        "is_moved": together.is_moved,
        "said": {
            **said,
            "doubts": [*said["doubts"], *doubts],
            "version": together.standing.key,
            "rivals": [rival.key for rival in together.rivals],
            "hazard_keys": [hazard.key for hazard in together.hazards],
            "dropped": [hazard.key for hazard in together.hazards if hazard.is_dropped],
        },
    }


def host_meant(campaign: Campaign, code: str, *, sent_by: str) -> tuple[Unit, list[dict[str, Any]]]:
    """Return the unit that inspected, and what is doubtful: somebody may speak for their own units only.

    Where the unit named is unknown or not theirs it is the sender's own, and where they have none the campaign's.
    """
    sender = User.objects.filter(username=sent_by).select_related("unit").first()
    unit = Unit.objects.filter(code=code).first() if code else None
    own = sender.unit if sender is not None and sender.unit is not None else campaign.unit
    if unit is None:
        return own, [_doubt("unit_unknown", gettext_noop("It does not say which unit inspected."))]
    if sender is not None and not sees_all(sender) and not units_seen_by(sender).filter(pk=unit.pk).exists():
        return own, [_doubt("unit_not_theirs", gettext_noop("It names a unit that the sender does not report for."))]
    return unit, []


def _place_of_hazards(said: dict[str, Any]) -> Any:
    """The workplace of the hazards that a recheck names, None where none of them has arrived or they lie in several."""
    keys = [UUID(recheck["hazard"]) for recheck in said["rechecks"]]
    places = {
        standing(hazard.workplace)
        for hazard in Hazard.objects.filter(key__in=keys).select_related("workplace")
        if hazard.workplace is not None
    }
    return places.pop() if len(places) == 1 else None


def _doubt(code: str, sentence: str) -> dict[str, Any]:
    return {"code": code, "sentence": sentence, "params": {}}
