"""Writes of what booths report on the day."""

from collections.abc import Mapping
from datetime import datetime

from safemonth.collect.publicity.consulting.models import Booth, BoothCount, BoothReport
from safemonth.collect.publicity.consulting.queries import line_of
from safemonth.collect.publicity.consulting.rules import Said, fallen
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel, Submission
from safemonth.ledger.actions import writing
from safemonth.lib.containers.kinds import kind_of
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.plan.models import Indicator


def report_booth(
    *,
    booth: Booth,
    key: str,
    counts: Mapping[str, Said],
    by: str,
    at: datetime,
    note: str = "",
    photo: tuple[bytes, str] | None = None,
    is_correction: bool = False,
) -> tuple[BoothReport, bool]:
    """Enter a booth's totals so far (none: it is there); returns the report and whether it is new.

    The same `key` again is the first report and changes nothing, so that a second click or a bad network counts
    nothing twice. `photo` is (bytes, file name). Raises Refused `key_missing`, `totals_fell` where a total is
    smaller than what stands and `is_correction` does not say that it is meant, `unknown_indicator`, `not_a_photo`,
    and as `receive` does.
    """
    if not key.strip():
        raise Refused("key_missing", gettext_noop("Open the page again and send it from there."))
    known = BoothReport.objects.filter(booth=booth, key=key[:40]).first()
    if known:
        return known, False
    if not is_correction and (codes := fallen(line_of(booth).counts, counts)):
        raise Refused(
            "totals_fell",
            gettext_noop(
                "A total so far cannot fall (%(what)s). Give the total since the morning, not what came since the last"
                " report; or tick that you correct an earlier number."
            ),
            what=", ".join(str(name) for name in Indicator.objects.filter(pk__in=codes)),
        )
    unknown = set(counts) - set(Indicator.objects.filter(pk__in=counts).values_list("pk", flat=True))
    if unknown:
        raise Refused("unknown_indicator", gettext_noop("There is no indicator “%(code)s”."), code=min(unknown))
    with writing(by=by, at=at, action="consulting.report", about=booth.unit.name) as write:
        report = write.create(
            BoothReport(
                booth=booth,
                key=key[:40],
                said_at=at,
                said_by=by,
                note=note.strip()[:200],
                photo=_photo(booth, photo, by=by, at=at) if photo else None,
                is_correction=is_correction,
            )
        )
        write.create_all(
            [
                BoothCount(
                    report=report, indicator_id=code, value=said.value, qualifier=said.qualifier, text=said.text[:40]
                )
                for code, said in counts.items()
            ]
        )
    return report, True


def _photo(booth: Booth, photo: tuple[bytes, str], *, by: str, at: datetime) -> Submission:
    data, name = photo
    if kind_of(data, file_name=name) != "image":
        raise Refused("not_a_photo", gettext_noop("“%(file)s” is not a photo."), file=name)
    submission, _ = receive(
        campaign=booth.day.task.campaign,
        data=data,
        file_name=name,
        channel=Channel.PHOTO,
        sender=booth.unit,
        by=by,
        at=at,
    )
    return submission
