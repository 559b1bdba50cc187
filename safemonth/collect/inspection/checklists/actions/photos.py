"""Photos that came with an inspection show its hazards, and bear out the activity, whichever comes first."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from safemonth.collect.activities.actions import attach_evidence
from safemonth.collect.activities.models import Activity
from safemonth.collect.inspection.hazards.models import HazardPhoto
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.inspection.inspections.queries import files_of, versions_of
from safemonth.ledger.actions import writing

BEFORE, AFTER = "before", "after"


def link_photos(*, inspection: Inspection, by: str, at: datetime) -> int:
    """Let the photos of all versions that have arrived show their hazards and bear out the activity; returns how many are new.

    A photo of a hazard put right on the spot shows it before; one of a recheck shows it after. Twice changes nothing.
    """
    versions = list(versions_of(inspection))
    files = files_of(versions)
    new: list[HazardPhoto] = []
    seen = set(
        HazardPhoto.objects.filter(
            hazard_key__in={UUID(key) for version in versions for key, _, _ in _named(version)}
        ).values_list("hazard_key", "submission")
    )
    evidence = []
    for version in versions:
        for key, name, shows in _named(version):
            submission = files[version.version_key].get(name)
            if submission is None:
                continue
            evidence.append(submission)
            if (UUID(key), submission.pk) not in seen:
                seen.add((UUID(key), submission.pk))
                new.append(HazardPhoto(hazard_key=UUID(key), submission=submission, shows=shows))
        evidence += [files[version.version_key][n] for n in version.said["evidence"] if n in files[version.version_key]]
    with writing(by=by, at=at, action="hazard.photos", about=inspection.code) as write:
        write.create_all(new)
        activity = _activity_of(inspection)
        if activity and evidence:
            attach_evidence(activity=activity, submissions=evidence, by=by, at=at)
    return len(new)


def _named(version: InspectionVersion) -> Iterator[tuple[str, str, str]]:
    """Each photo that a version names: the hazard's key, the file's name, and what it shows."""
    for hazard in version.said["hazards"]:
        for name in hazard["photos"]:
            yield hazard["key"], name, BEFORE
    for recheck in version.said["rechecks"]:
        for name in recheck["photos"]:
            yield recheck["hazard"], name, AFTER


def _activity_of(inspection: Inspection) -> Activity | None:
    """The activity that carries the inspection's figures as it stands in the records now."""
    key = Inspection.objects.values_list("activity_key", flat=True).get(pk=inspection.pk)
    return Activity.objects.filter(key=key, is_current=True).first() if key else None
