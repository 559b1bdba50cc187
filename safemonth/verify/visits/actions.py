"""Writes of visits: the draw, what was found, the unit's answer, and what becomes of the unit's records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from safemonth.collect.activities.actions import correct_values
from safemonth.collect.activities.models import Activity, Measure, MeasureState
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel, Submission
from safemonth.ledger.actions import Write, writing
from safemonth.lib.digests import canonical_json, sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Campaign, Indicator
from safemonth.verify.sampling.claim import Claim, Number
from safemonth.verify.sampling.design import as_json, design
from safemonth.verify.visits.models import (
    Finding,
    HowFound,
    PlannedVisit,
    Visit,
    VisitAnswer,
    VisitDraw,
    VisitPhoto,
)
from safemonth.verify.visits.queries import measures_to_compare


def draw_visits(
    *,
    campaign: Campaign,
    indicator: Indicator,
    claims: Sequence[Claim],
    measures: Mapping[str, Sequence[int]],
    visits: int,
    seed: str,
    by: str,
    at: datetime,
    cap: Number = 1,
    reason: str = "",
) -> VisitDraw:
    """Draw units to visit with chances proportional to what they claim, and keep the draw with all it was made from.

    `claims` name units by code; `measures` gives the measures that each claim is the sum of. Raises Refused
    `reason_missing` where a draw stands and no reason is given for another, and as `sampling.design.design` does.
    """
    before = VisitDraw.objects.filter(campaign=campaign, indicator=indicator, is_current=True).first()
    if before and not reason.strip():
        raise Refused(
            "reason_missing", gettext_noop("A draw stands. Say why another is made; the first stays readable.")
        )
    drawn = design(claims, visits=visits, seed=seed.strip(), cap=cap)
    said = as_json(drawn)
    with writing(by=by, at=at, action="visits.draw", about=f"{indicator.pk} {seed.strip()}"[:200]) as write:
        if before:
            write.change(before, is_current=False)
        row = write.create(
            VisitDraw(
                campaign=campaign,
                indicator=indicator,
                version=before.version + 1 if before else 1,
                reason=reason.strip()[:200],
                design=said,
                design_sha256=sha256_hex(canonical_json(said).encode()),
                measures={code: list(keys) for code, keys in measures.items()},
                drawn_at=at,
                drawn_by=by,
            )
        )
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=drawn.order)}
        members = {member.claim.code: member for member in drawn.members}
        write.create_all(
            [
                PlannedVisit(
                    draw=row,
                    unit=units[code],
                    position=number,
                    is_certain=members[code].is_certain,
                    chance=members[code].chance,
                    is_reserve=number > drawn.visits,
                )
                for number, code in enumerate(drawn.order, start=1)
            ]
        )
    return row


@dataclass(frozen=True)
class Found:
    """What was found of one claimed number: the measure's key, how many (>= 0), how, and a note."""

    measure: int
    found: int
    how: str
    note: str = ""


def record_visit(
    *,
    planned: PlannedVisit,
    found: Sequence[Found],
    visited_on: date,
    key: UUID,
    user: User,
    by: str,
    at: datetime,
    team: int | None = None,
    note: str = "",
    reason: str = "",
    files: Sequence[tuple[bytes, str, str]] = (),
) -> Visit:
    """Enter a visit: each number that the unit claims beside what is there. The same `key` again with the same findings
    is the same visit; with others it is a new version with its reason.

    `files` are (bytes, name, channel). Raises Refused `own_unit` where the visitor is of that unit or one above or
    below it, `not_all_compared` where a claimed number is left out, `unknown_claim`, `not_found_is_none`,
    `visit_to_come`, `visited_already` (another visit stands), `settled_already`, or `reason_missing`.
    """
    _check_visitor(planned.unit, user)
    wanted = {measure.pk: measure for measure in measures_to_compare(planned)}
    _check_found(found, wanted, visited_on=visited_on, at=at)
    standing = Visit.objects.filter(planned=planned, is_current=True).first()
    if standing and standing.key != key:
        raise Refused(
            "visited_already", gettext_noop("%(unit)s was visited already; correct that visit."), unit=planned.unit
        )
    if standing and _same(standing, found, visited_on):
        return standing
    if standing and standing.settled_at:
        raise Refused("settled_already", gettext_noop("What this visit found is on record already."))
    if standing and not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why the findings are changed."))
    with writing(by=by, at=at, action="visit.record", about=planned.unit.code) as write:
        if standing:
            write.change(standing, is_current=False)
        visit = write.create(
            Visit(
                key=key,
                version=standing.version + 1 if standing else 1,
                planned=planned,
                team=team,
                visited_on=visited_on,
                note=note.strip()[:400],
                reason=reason.strip()[:200],
                made_by=by,
                entered_at=at,
            )
        )
        write.create_all(
            [
                Finding(
                    visit=visit,
                    measure=wanted[each.measure],
                    claimed=wanted[each.measure].value,
                    found=each.found,
                    how=each.how,
                    note=each.note.strip()[:300],
                )
                for each in found
            ]
        )
        _keep(write, visit.key, files, planned=planned, by=by, at=at)
    return visit


def _check_visitor(unit: Unit, user: User) -> None:
    own = user.unit
    if own and user.role == "supervisor" and (unit.path.startswith(own.path) or own.path.startswith(unit.path)):
        raise Refused(
            "own_unit", gettext_noop("Nobody supervises the own unit. Let the other team visit %(unit)s."), unit=unit
        )


def _check_found(found: Sequence[Found], wanted: Mapping[int, Measure], *, visited_on: date, at: datetime) -> None:
    named = {each.measure for each in found}
    if named - wanted.keys():
        raise Refused("unknown_claim", gettext_noop("That number is none of those to compare."))
    if wanted.keys() - named or len(named) < len(found):
        left = "; ".join(wanted[key].activity.title for key in sorted(wanted.keys() - named))
        raise Refused(
            "not_all_compared",
            gettext_noop("Each claimed number is compared once. Still open: %(what)s"),
            what=left or "–",
        )
    if any(
        each.found < 0 or each.how not in HowFound.values or (each.how == "not_found" and each.found) for each in found
    ):
        raise Refused(
            "not_found_is_none", gettext_noop("Say how many are there and how that was found; not found is none.")
        )
    if visited_on > localdate(at):
        raise Refused("visit_to_come", gettext_noop("That day has not come yet."))


def _same(standing: Visit, found: Sequence[Found], visited_on: date) -> bool:
    said = {(f.measure_id, f.found, f.how, f.note) for f in Finding.objects.filter(visit=standing)}
    return standing.visited_on == visited_on and said == {
        (each.measure, each.found, each.how, each.note.strip()[:300]) for each in found
    }


def _keep(
    write: Write,
    visit_key: UUID,
    files: Sequence[tuple[bytes, str, str]],
    *,
    planned: PlannedVisit,
    by: str,
    at: datetime,
) -> list[Submission]:
    known = set(VisitPhoto.objects.filter(visit_key=visit_key).values_list("submission", flat=True))
    kept = [
        receive(
            campaign=planned.draw.campaign,
            data=data,
            file_name=name,
            channel=Channel(channel),
            sender=planned.unit,
            by=by,
            at=at,
        )[0]
        for data, name, channel in files
    ]
    new = {each.pk: each for each in kept if each.pk not in known}
    write.create_all([VisitPhoto(visit_key=visit_key, submission=each) for each in new.values()])
    return kept


def answer_visit(
    *, visit: Visit, text: str, by: str, at: datetime, file: tuple[bytes, str, str] | None = None
) -> VisitAnswer:
    """Enter what the unit says to the findings; nothing is changed by it. Raises Refused `answer_missing`."""
    if not text.strip():
        raise Refused("answer_missing", gettext_noop("Say what the unit answers."))
    with writing(by=by, at=at, action="visit.answer", about=visit.planned.unit.code) as write:
        submission = None
        if file:
            submission, _is_new = receive(
                campaign=visit.planned.draw.campaign,
                data=file[0],
                file_name=file[1],
                channel=Channel(file[2]),
                sender=visit.planned.unit,
                by=by,
                at=at,
            )
        return write.create(
            VisitAnswer(visit_key=visit.key, text=text.strip()[:1000], submission=submission, said_by=by, said_at=at)
        )


def settle_visit(*, visit: Visit, reason: str, by: str, at: datetime) -> Visit:
    """Let a visit's findings become the unit's record: what was confirmed is marked so, what differs is corrected by a
    new version with its reason, and the old one stays readable.

    Raises Refused `settled_already`, `reason_missing`, or `changed_since` where the unit has changed a claim meanwhile.
    """
    if visit.settled_at:
        raise Refused("settled_already", gettext_noop("What this visit found is on record already."))
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why the findings stand."))
    findings = list(Finding.objects.filter(visit=visit).select_related("measure__activity"))
    stale = [f for f in findings if not f.measure.activity.is_current]
    if stale:
        raise Refused(
            "changed_since",
            gettext_noop("“%(title)s” was changed after the visit. Compare it again."),
            title=stale[0].measure.activity.title,
        )
    with writing(by=by, at=at, action="visit.settle", about=visit.planned.unit.code) as write:
        for activity in {f.measure.activity_id: f.measure.activity for f in findings}.values():
            _settle(write, activity, [f for f in findings if f.measure.activity_id == activity.pk], reason, by, at)
        return write.change(visit, settled_at=at)


def _settle(write: Write, activity: Activity, findings: Sequence[Finding], reason: str, by: str, at: datetime) -> None:
    differ = {f.measure_id: f.found for f in findings if f.found != f.claimed}
    before = list(Measure.objects.filter(activity=activity).order_by("pk"))
    after = before
    if differ:
        typed = {measure.pk: str(differ.get(measure.pk, measure.value)) for measure in before}
        corrected = correct_values(activity=activity, values=typed, reason=reason.strip()[:200], by=by, at=at)
        after = list(Measure.objects.filter(activity=corrected).order_by("pk"))
    compared = {f.measure_id for f in findings}
    states = [
        (new, {"state": MeasureState.CORRECTED if old.pk in differ else MeasureState.CONFIRMED})
        for old, new in zip(before, after, strict=True)
        if old.pk in compared
    ]
    write.change_each([change for change in states if change[0].state != change[1]["state"]])
