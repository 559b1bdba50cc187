"""Setting up a rectification, issuing its notice to all workplaces of the trades, receipts, reminders, copies to publish."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from safemonth.collect.evidence.actions import make_public_copy
from safemonth.collect.evidence.models import Photo
from safemonth.collect.inspection.drives.models import Drive, DriveKind
from safemonth.collect.inspection.rectification.models import Addressee, JoiningUnit, Rectification, Reminder
from safemonth.collect.inspection.rectification.queries import addressee_rows, gallery, to_be_told
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Body, Unit
from safemonth.plan.actions import issue_notice, record_receipts


def set_up(*, drive: Drive, aims: str, joining: Collection[Unit] = (), by: str, at: datetime) -> Rectification:
    """Say what a drive of special rectification is for and which departments join; again changes both.

    A department that joined stays where it was told already. Raises Refused `not_special` for a drive of another kind,
    `aims_missing`.
    """
    if drive.kind != DriveKind.SPECIAL:
        raise Refused("not_special", gettext_noop("Only a drive of special rectification can be set up here."))
    if not aims.strip():
        raise Refused("aims_missing", gettext_noop("Say what is to be put right."))
    with writing(by=by, at=at, action="rectification.set_up", about=drive.title) as write:
        found = Rectification.objects.select_for_update().filter(drive=drive).first()
        if found is None:
            found = write.create(Rectification(drive=drive, aims=aims.strip()[:2000]))
        else:
            write.change(found, aims=aims.strip()[:2000])
        known = set(JoiningUnit.objects.filter(rectification=found).values_list("unit", flat=True))
        new = [unit for unit in dict.fromkeys(joining) if unit.pk not in known and unit.pk != drive.led_by_id]
        write.create_all([JoiningUnit(rectification=found, unit=unit) for unit in new])
        if found.notice_id is not None:
            _tell(write, found, at=at)
        return found


def issue(
    *,
    rectification: Rectification,
    number: str,
    title: str,
    issued_on: date,
    body_text: str,
    by: str,
    at: datetime,
    title_en: str = "",
    issued_by: Body | None = None,
) -> Rectification:
    """Issue the notice and send it to every workplace of the trades and every department that joins; again sends it to those
    that have come since.

    Raises Refused `number_taken`, and `nobody_to_tell` where no workplace is of these trades.
    """
    with writing(by=by, at=at, action="rectification.issue", about=rectification.drive.title) as write:
        held = (
            Rectification.objects.select_for_update(of=("self",))
            .select_related("drive__led_by", "notice")
            .get(pk=rectification.pk)
        )
        if held.notice is None:
            notice = issue_notice(
                campaign=held.drive.campaign,
                number=number.strip()[:60],
                title=title.strip()[:200],
                title_en=title_en.strip()[:240],
                issued_on=issued_on,
                issued_by=issued_by,
                body_text=body_text,
                by=by,
                at=at,
            )
            write.change(held, notice=notice)
        _tell(write, held, at=at)
        if not Addressee.objects.filter(rectification=held).exists():
            raise Refused("nobody_to_tell", gettext_noop("No workplace on the register is of these trades."))
        return held


def _tell(write: Write, rectification: Rectification, *, at: datetime) -> None:
    places, units = to_be_told(rectification)
    rows = Addressee.objects.filter(rectification=rectification)
    told_places = set(rows.exclude(workplace=None).values_list("workplace", flat=True))
    told_units = set(rows.exclude(unit=None).values_list("unit", flat=True))
    write.create_all(
        [
            *(
                Addressee(rectification=rectification, workplace=place, sent_at=at)
                for place in places
                if place.pk not in told_places
            ),
            *(
                Addressee(rectification=rectification, unit=unit, sent_at=at)
                for unit in units
                if unit.pk not in told_units
            ),
        ]
    )


def acknowledge(*, addressee: Addressee, by: str, at: datetime, how: str = "") -> Addressee:
    """Enter that an addressee has the notice; again changes nothing. A unit's is a receipt of the plan's notice too."""
    with writing(by=by, at=at, action="rectification.acknowledge", about=f"{addressee.pk}") as write:
        row = Addressee.objects.select_for_update().get(pk=addressee.pk)
        if row.acknowledged_at is not None:
            return row
        write.change(row, acknowledged_at=at, acknowledged_by=by, acknowledged_how=how.strip()[:120])
        unit = row.unit or (row.workplace.unit if row.workplace else None)
        if unit is not None and row.rectification.notice is not None:
            record_receipts(notice=row.rectification.notice, units=[unit], by=by, at=at)
        return row


def remind(*, rectification: Rectification, by: str, at: datetime, how: str = "") -> int:
    """Note that all who have not acknowledged were reminded; returns how many. Raises Refused `nobody_to_remind`."""
    waiting = [row.addressee for row in addressee_rows(rectification) if row.acknowledged_at is None]
    if not waiting:
        raise Refused("nobody_to_remind", gettext_noop("All have acknowledged the notice."))
    with writing(by=by, at=at, action="rectification.remind", about=rectification.drive.title) as write:
        return len(
            write.create_all(
                [Reminder(addressee=row, reminded_at=at, reminded_by=by, how=how.strip()[:120]) for row in waiting]
            )
        )


def make_copies(*, rectification: Rectification, by: str, at: datetime) -> int:
    """Make the public copies that the gallery lacks, without metadata; returns how many.

    Faces are covered by hand on the photo's own page; a copy that is there is never replaced here.
    """
    made = 0
    for photo in _lacking(rectification):
        make_public_copy(photo=photo, regions=(), by=by, at=at)
        made += 1
    return made


def _lacking(rectification: Rectification) -> Iterable[Photo]:
    for pair in gallery(rectification):
        for copy, photo in ((pair.before, pair.before_photo), (pair.after, pair.after_photo)):
            if copy is None and photo is not None:
                yield photo
