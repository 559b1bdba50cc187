"""Writes of lists to commend and to criticise: proposal, edits, approval, issue, and whether to publish."""

from datetime import date, datetime

from safemonth.appraisal.lists.models import HonourList, ListedUnit, ListKind
from safemonth.appraisal.lists.queries import bars_of, candidates_of, units_on
from safemonth.appraisal.lists.rules import Bars, Candidate, could_pass, is_silent, to_commend, to_criticise
from safemonth.appraisal.lists.wording import body_text, title_of
from safemonth.appraisal.objections.models import Objection
from safemonth.appraisal.objections.queries import last_day_of, open_objections
from safemonth.appraisal.scoring.models import ScoreRun
from safemonth.figures.records import local_day
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Role, Unit, User
from safemonth.plan.actions import issue_notice


def propose_lists(*, run: ScoreRun, by: str, at: datetime) -> list[HonourList]:
    """Propose both lists by the rule of the sheet, once the days to object are over; again they are other versions.

    Raises Refused `not_published`, `days_to_object` while they run, `old_run`, or `approved_already` where a list of the
    scores is approved.
    """
    last = last_day_of(run)
    if last is None:
        raise Refused("not_published", gettext_noop("These scores are not published to units yet."))
    if local_day(at) <= last:
        raise Refused(
            "days_to_object", gettext_noop("Units may object until %(day)s. Propose the lists after that."), day=last
        )
    if not run.is_current:
        raise Refused("old_run", gettext_noop("Units were scored again meanwhile: publish the newest scores."))
    standing = list(HonourList.objects.filter(run=run, is_current=True))
    if any(each.approved_at for each in standing):
        raise Refused("approved_already", gettext_noop("An approved list stays as it is."))
    candidates, bars = candidates_of(run), bars_of(run)
    units = Unit.objects.in_bulk([each.code for each in candidates], field_name="code")
    made = []
    with writing(by=by, at=at, action="lists.propose", about=run.campaign.code) as write:
        for each in standing:
            write.change(each, is_current=False)
        versions = {each.kind: each.version for each in standing}
        for kind, proposed in (
            (ListKind.COMMEND, to_commend(candidates, bars)),
            (ListKind.CRITICISE, to_criticise(candidates, bars)),
        ):
            honour_list = write.create(
                HonourList(run=run, kind=kind, version=versions.get(kind, 0) + 1, made_by=by, made_at=at)
            )
            write.create_all(
                [
                    ListedUnit(
                        honour_list=honour_list, unit=units[one.code], because=one.because, params=dict(one.params)
                    )
                    for one in proposed
                ]
            )
            made.append(honour_list)
    return made


def put_on_list(*, honour_list: HonourList, unit: Unit, reason: str, by: str, at: datetime) -> ListedUnit:
    """Put a unit on a list, with a reason.

    Raises Refused `approved_already`, `reason_missing`, `listed_already`, `not_scored`, and for a list to criticise
    `open_objection` or `unknowns_could_change` where what is unknown could lift the unit over the bar and it is not silent.
    """
    _check_edit(honour_list, reason)
    row = ListedUnit.objects.filter(honour_list=honour_list, unit=unit).first()
    if row and row.is_on:
        raise Refused("listed_already", gettext_noop("%(unit)s is on the list already."), unit=unit)
    candidate = next((each for each in candidates_of(honour_list.run) if each.code == unit.code), None)
    if candidate is None:
        raise Refused("not_scored", gettext_noop("%(unit)s was not scored."), unit=unit)
    if honour_list.kind == ListKind.CRITICISE:
        _check_blame(unit, candidate, bars_of(honour_list.run))
    with writing(by=by, at=at, action="lists.put", about=f"{honour_list.kind} {unit.code}") as write:
        if row:
            return write.change(row, is_on=True, reason=reason.strip()[:300], changed_by=by)
        return write.create(ListedUnit(honour_list=honour_list, unit=unit, reason=reason.strip()[:300], changed_by=by))


def take_off_list(*, row: ListedUnit, reason: str, by: str, at: datetime) -> ListedUnit:
    """Take a unit off a list, with a reason; it stays in the record. Raises Refused `approved_already`, `reason_missing`."""
    _check_edit(row.honour_list, reason)
    with writing(by=by, at=at, action="lists.take_off", about=f"{row.honour_list.kind} {row.unit.code}") as write:
        return write.change(row, is_on=False, reason=reason.strip()[:300], changed_by=by)


def approve_list(*, honour_list: HonourList, user: User, at: datetime) -> HonourList:
    """Approve a list; from now it does not change.

    Raises Refused `not_leader`, `own_list` where the leader proposed or changed it, `approved_already`, `old_list`,
    `list_empty`, or `open_objection` where somebody to be criticised has objected meanwhile.
    """
    if user.role != Role.LEADER:
        raise Refused("not_leader", gettext_noop("The leader approves lists."))
    editors = set(ListedUnit.objects.filter(honour_list=honour_list).values_list("changed_by", flat=True))
    if user.username == honour_list.made_by or user.username in editors:
        raise Refused("own_list", gettext_noop("Nobody approves a list that they made or changed."))
    if honour_list.approved_at:
        raise Refused("approved_already", gettext_noop("An approved list stays as it is."))
    if not honour_list.is_current:
        raise Refused("old_list", gettext_noop("Another list was proposed meanwhile. Look at that."))
    units = units_on(honour_list)
    if not units:
        raise Refused("list_empty", gettext_noop("Nobody is on the list: there is nothing to approve."))
    if honour_list.kind == ListKind.CRITICISE:
        candidates = {each.code: each for each in candidates_of(honour_list.run)}
        bars = bars_of(honour_list.run)
        for unit in units:
            _check_blame(unit, candidates[unit.code], bars)
    with writing(by=user.username, at=at, action="lists.approve", about=honour_list.kind) as write:
        return write.change(honour_list, approved_by=user.username, approved_at=at)


def issue_list(*, honour_list: HonourList, number: str, issued_on: date, by: str, at: datetime) -> HonourList:
    """Issue an approved list as a notice of the campaign with its document number.

    Raises Refused `not_approved`, `issued_already`, `number_missing`, and `number_taken` as notices do.
    """
    if not honour_list.approved_at:
        raise Refused("not_approved", gettext_noop("The leader has not approved this list."))
    if honour_list.notice_id:
        raise Refused("issued_already", gettext_noop("This list is issued already."))
    if not number.strip():
        raise Refused("number_missing", gettext_noop("A notice needs its document number."))
    campaign = honour_list.run.campaign
    names = [unit.name for unit in units_on(honour_list)]
    with writing(by=by, at=at, action="lists.issue", about=f"{honour_list.kind} {number.strip()}") as write:
        notice = issue_notice(
            campaign=campaign,
            number=number.strip()[:60],
            title=title_of(honour_list.kind, campaign.name, "zh"),
            title_en=title_of(honour_list.kind, campaign.name_en or campaign.name, "en"),
            issued_on=issued_on,
            issued_by=campaign.office,
            body_text=body_text(
                honour_list.kind,
                campaign=campaign.name,
                units=names,
                objections=Objection.objects.filter(score__run=honour_list.run).count(),
                unanswered=open_objections(honour_list.run).count(),
            ),
            by=by,
            at=at,
        )
        return write.change(honour_list, notice=notice)


def decide_publication(*, honour_list: HonourList, is_published: bool, by: str, at: datetime) -> HonourList:
    """Decide whether an issued list may be published; decided otherwise later, the ledger keeps both.

    Raises Refused `not_issued`.
    """
    if not honour_list.notice_id:
        raise Refused("not_issued", gettext_noop("Only a list that is issued can be published."))
    with writing(by=by, at=at, action="lists.publish", about=honour_list.kind) as write:
        return write.change(
            honour_list, is_published=is_published, publication_decided_by=by, publication_decided_at=at
        )


def _check_edit(honour_list: HonourList, reason: str) -> None:
    if honour_list.approved_at:
        raise Refused("approved_already", gettext_noop("An approved list stays as it is."))
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("A list is changed with a reason."))


def _check_blame(unit: Unit, candidate: Candidate, bars: Bars) -> None:
    """Nobody is criticised who has an open objection, or whom the unknown could lift over the bar."""
    if candidate.has_open_objection:
        raise Refused("open_objection", gettext_noop("%(unit)s has an objection that is not answered."), unit=unit)
    if could_pass(candidate, bars) and not is_silent(candidate, bars):
        raise Refused(
            "unknowns_could_change",
            gettext_noop("What is not known of %(unit)s could change it: it is not criticised."),
            unit=unit,
        )
