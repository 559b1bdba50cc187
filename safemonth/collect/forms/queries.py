"""Reads of forms, devices and what was filled in."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from safemonth.collect.forms.answers import answers_of, read_envelope
from safemonth.collect.forms.design import FormDesign, design_of
from safemonth.collect.forms.models import (
    Attachment,
    Device,
    FormVersion,
    Instance,
    Purpose,
    Rival,
    RivalDecision,
)
from safemonth.collect.forms.rules import device_key_is_plausible
from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Role, Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign

# Which forms each role fills. What the office designs itself (`other`) goes to all who report.
OFFERED = {
    Role.CLERK: frozenset(Purpose),
    Role.REPORTER: frozenset({Purpose.ACTIVITY, Purpose.RETURN, Purpose.VILLAGE_STOP, Purpose.OTHER}),
    Role.INSPECTOR: frozenset({Purpose.ACTIVITY, Purpose.INSPECTION, Purpose.RECHECK, Purpose.OTHER}),
    Role.SUPERVISOR: frozenset({Purpose.SUPERVISION_VISIT, Purpose.OTHER}),
    Role.LEADER: frozenset[Purpose](),
}


def forms_offered_to(user: User) -> list[FormVersion]:
    """Return the current versions of open forms that the user's role fills, by purpose and title."""
    offered = OFFERED[Role(user.role)]
    order = list(Purpose)
    rows = FormVersion.objects.filter(is_current=True, form__is_open=True, purpose__in=offered).select_related("form")
    return sorted(rows, key=lambda row: (order.index(Purpose(row.purpose)), row.title, row.pk))


def standing_versions() -> QuerySet[FormVersion]:
    """Return the current version of every form, open ones first."""
    return (
        FormVersion.objects.filter(is_current=True)
        .select_related("form")
        .order_by("-form__is_open", "purpose", "title")
    )


def answers_counted(campaign: Campaign) -> dict[int, int]:
    """Return how many filled forms stand in a campaign, by the form's key."""
    rows = Instance.objects.filter(campaign=campaign, is_current=True).values_list("form_version__form")
    return dict(rows.annotate(count=Count("pk")))


def version_offered_to(user: User, pk: int) -> FormVersion | None:
    """Return a version that the user may fetch (also one that a newer has replaced, for drafts), None otherwise."""
    return (
        FormVersion.objects.filter(pk=pk, form__is_open=True, purpose__in=OFFERED[Role(user.role)])
        .select_related("form")
        .first()
    )


def xform_of(version: FormVersion) -> bytes:
    """Return the XForm of a version, as devices get it."""
    return bytes_kept(version.xform_sha256)


def design_of_version(version: FormVersion) -> FormDesign:
    """Return the questions of a version and what they stand for."""
    return design_of(xform_of(version), meanings=version.meanings, purpose=version.purpose, kind=version.kind)


def version_for(*, form_id: str, version: str) -> FormVersion:
    """Return the version that answers name; where they name none, the current one.

    Raises Refused `unknown_form` or `unknown_form_version`.
    """
    versions = FormVersion.objects.filter(form__code=form_id).select_related("form")
    found = versions.filter(version=version).first() if version else versions.filter(is_current=True).first()
    if found:
        return found
    if not versions.exists():
        raise Refused(
            "unknown_form",
            gettext_noop("The office has no form “%(form)s”. Fetch the forms again and fill one of those."),
            form=form_id,
        )
    raise Refused(
        "unknown_form_version",
        gettext_noop("The office has no version “%(version)s” of the form “%(form)s”. Fetch the forms again."),
        form=form_id,
        version=version,
    )


def media_for(version: FormVersion, user: User) -> dict[str, bytes]:
    """Return the lists that a form asks for, by name, as the signed-in user gets them.

    `units.csv` has the units whose records the user may see, their own first, then in tree order (columns `name` (the
    code), `label` (both names, since a phone shows one column in all languages), `label_en`, `kind`, `parent`, `path`).
    A list that the office does not know stays out.
    """
    own = user.unit.code if user.unit else ""
    return {name: _units_csv(units_seen_by(user), first=own) for name in version.media if name == "units.csv"}


def unit_choices() -> set[str]:
    """Return the codes of all units: what a unit question may be answered with."""
    return set(Unit.objects.values_list("code", flat=True))


def choices_of(version: FormVersion) -> dict[str, Collection[str]]:
    """Return what may be chosen from each of a form's lists, by the list's name."""
    return {name: unit_choices() for name in version.media if name == "units.csv"}


def _units_csv(units: QuerySet[Unit], *, first: str) -> bytes:
    rows = list(units.order_by("path").values_list("code", "name", "name_en", "kind", "parent__code", "path"))
    names = {code: (name, name_en or name) for code, name, name_en, *_ in rows}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "label", "label_en", "kind", "parent", "path"])
    rows.sort(key=lambda row: row[0] != first)
    for code, name, name_en, kind, parent, path in rows:
        # Villages of one name are many: the township stands before it.
        above, above_en = names.get(parent, ("", "")) if kind == "village" else ("", "")
        english = f"{name_en or name}, {above_en}" if above_en else name_en or name
        both = f"{above}{name} · {english}" if name_en else f"{above}{name}"
        writer.writerow([code, both, english, kind, parent or "", path])
    return text.getvalue().encode()


def device_with_key(key: str) -> Device | None:
    """Return the device whose key this is, None where there is none, it was revoked, or its account was closed."""
    if not device_key_is_plausible(key):
        return None
    return (
        Device.objects.filter(key_digest=sha256_hex(key.encode()), revoked_at=None, user__is_active=True)
        .select_related("user__unit")
        .first()
    )


def devices_seen_by(user: User) -> QuerySet[Device]:
    """Return the user's own devices; all of them for the office."""
    devices = Device.objects.select_related("user")
    return devices if user.role == Role.CLERK else devices.filter(user=user)


def instances_seen_by(user: User, campaign: Campaign) -> QuerySet[Instance]:
    """Return the filled forms that the user may see, newest first."""
    rows = Instance.objects.filter(campaign=campaign).select_related("form_version__form", "unit", "submission")
    if sees_all(user):
        return rows
    return rows.filter(Q(unit__in=units_seen_by(user)) | Q(sent_by=user.username))


def standing_instances(user: User, campaign: Campaign) -> QuerySet[Instance]:
    """Return the filled forms that stand, and edited ones with a version that was not decided on, newest first."""
    undecided = Rival.objects.filter(decision=RivalDecision.OPEN).values("standing")
    return instances_seen_by(user, campaign).filter(Q(is_current=True) | Q(pk__in=undecided))


@dataclass(frozen=True)
class Concerns:
    """What a person must look at in a filled form: files that have not come, files nobody named, rival versions."""

    missing: tuple[str, ...] = ()
    strays: int = 0
    rivals: int = 0

    @property
    def is_any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.missing or self.strays or self.rivals)


def concerns_of(instances: Collection[Instance]) -> dict[int, Concerns]:
    """Return the concerns of filled forms by key, in two queries; an instance without any has empty ones."""
    keys = [instance.pk for instance in instances]
    files: dict[int, list[tuple[str, bool]]] = {}
    rows = Attachment.objects.filter(instance__in=keys).values_list("instance__pk", "name", "is_claimed", "is_current")
    for key, name, is_claimed, is_current in rows:
        files.setdefault(key, []).append((name, not (is_claimed and is_current)))
    rivals = dict(
        Rival.objects.filter(standing__in=keys, decision=RivalDecision.OPEN)
        .values_list("standing")
        .annotate(count=Count("pk"))
    )
    return {
        instance.pk: Concerns(
            missing=tuple(
                name for name in instance.file_names if name not in {found for found, _ in files.get(instance.pk, [])}
            ),
            strays=sum(is_stray for _, is_stray in files.get(instance.pk, [])),
            rivals=rivals.get(instance.pk, 0),
        )
        for instance in instances
    }


def attachments_of(instance: Instance) -> QuerySet[Attachment]:
    """Return the files of a filled form by name, what stands first."""
    return (
        Attachment.objects.filter(instance=instance).select_related("submission").order_by("name", "-is_current", "id")
    )


def missing_files(instance: Instance) -> tuple[str, ...]:
    """Return the names that the answers claim and under which nothing has arrived."""
    arrived = set(Attachment.objects.filter(instance=instance).values_list("name", flat=True))
    return tuple(name for name in instance.file_names if name not in arrived)


def instance_of(submission: Submission) -> Instance | None:
    """Return the filled form that a submission is, None where it is none or was not taken."""
    return Instance.objects.filter(submission=submission).select_related("form_version__form").order_by("-id").first()


def newest_edit(instance: Instance) -> Instance:
    """Return the last in the chain of edits that begins with an instance: itself where it was never edited."""
    seen = {instance.pk}
    while (later := Instance.objects.filter(replaces=instance).first()) and later.pk not in seen:
        seen.add(later.pk)
        instance = later
    return instance


def instance_called(campaign: Campaign, instance_id: str, *, user: User) -> Instance:
    """Return the filled form that the user may add to; raises Refused `no_such_instance`."""
    instance = instances_seen_by(user, campaign).filter(instance_id=instance_id).first()
    if instance is None:
        raise Refused("no_such_instance", gettext_noop("There is no filled form of yours under this number."))
    return instance


def rivals_of(instance: Instance) -> QuerySet[Rival]:
    """Return the versions that contradict a filled form, undecided ones first."""
    return Rival.objects.filter(standing=instance).select_related("submission").order_by("decision", "-received_at")


def chain_of(instance: Instance) -> list[Instance]:
    """Return a filled form with all its edits, oldest first."""
    chain = [instance]
    while (before := chain[0].replaces) is not None and before not in chain:
        chain.insert(0, before)
    while (later := Instance.objects.filter(replaces=chain[-1]).first()) is not None and later not in chain:
        chain.append(later)
    return chain


def drawn_names(instance: Instance) -> frozenset[str]:
    """Return the names of files in a filled form that are signatures drawn on the screen."""
    words = instance.form_version.meanings.values()
    if not any(word.startswith("sign.") for word in words):
        return frozenset()
    answers = answers_of(bytes_kept(instance.submission.sha256), design_of_version(instance.form_version))
    return frozenset(answer.text.strip() for answer in answers if answer.question.meaning.startswith("sign."))


def version_of_answers(xml: bytes) -> FormVersion:
    """Return the version that answers were made with; raises Refused as `version_for` and `read_envelope` do."""
    envelope = read_envelope(xml)
    return version_for(form_id=envelope.form_id, version=envelope.version)
