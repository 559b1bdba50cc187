"""Photos sent as units send them, for tests of what becomes of them."""

import io
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from PIL import Image

from safemonth.collect.activities.actions import attach_evidence
from safemonth.collect.activities.models import Activity
from safemonth.collect.evidence.actions import examine
from safemonth.collect.evidence.models import Photo
from safemonth.collect.forms.models import Attachment, Form, FormVersion, Instance
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Source, Submission
from safemonth.ledger.actions import writing
from tests.cast import AT, County


def send(county: County, data: bytes, *, unit: str = "1301", name: str = "IMG_1.jpg", at: datetime = AT) -> Submission:
    """Take a photo in as one unit's."""
    submission, _ = receive(
        campaign=county.campaign,
        data=data,
        file_name=name,
        channel="photo",
        sender=county.unit(unit),
        by=f"reporter of {unit}",
        at=at,
    )
    return submission


def send_and_examine(county: County, data: bytes, *, unit: str = "1301", name: str = "IMG_1.jpg") -> Photo:
    """Take a photo in and examine it."""
    return examine(sha256=send(county, data, unit=unit, name=name).sha256, by="worker", at=AT)


def hold_activity(
    county: County,
    *photos: Submission,
    unit: str = "1301",
    title: str = "广场咨询",
    on: date | None = date(2019, 6, 10),
    place: tuple[float, float] | None = None,
    said_in: Submission | None = None,
) -> Activity:
    """Record an activity of one unit, borne out by photos; `said_in` is the filled form that says so."""
    with writing(by="t", at=AT, action="test.activity") as write:
        submission = said_in or write.create(
            Submission(
                campaign=county.campaign,
                sha256=f"{unit}{title}".encode().hex()[:64].ljust(64, "0"),
                size_bytes=1,
                file_name="report",
                channel="web",
                sender=county.unit(unit),
                received_at=AT,
                received_by="t",
            )
        )
        source = write.create(Source(submission=submission, kind="field", field="title"))
        activity = write.create(
            Activity(
                key=uuid4(),
                campaign=county.campaign,
                kind="consulting_day",
                title=title,
                host=county.unit(unit),
                from_on=on,
                latitude=Decimal(str(place[0])) if place else None,
                longitude=Decimal(str(place[1])) if place else None,
                submission=submission,
                source=source,
            )
        )
    attach_evidence(activity=activity, submissions=list(photos), by="t", at=AT)
    return activity


def saved(picture: Image.Image, quality: int = 70) -> bytes:
    """Return a picture as a messenger saves it: JPEG, nothing else in the file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def fill_form(
    county: County, *photos: Submission, unit: str, number: int, replaces: Instance | None = None
) -> Instance:
    """Keep a filled form of one unit with its photos; `replaces` is the one that it is an edit of."""
    with writing(by="t", at=AT, action="test.form") as write:
        form = Form.objects.filter(code="f").first() or write.create(Form(code="f"))
        version = FormVersion.objects.filter(form=form).first() or write.create(
            FormVersion(form=form, version="1", title="f", purpose="activity", uploaded_by="t", uploaded_at=AT)
        )
        answers = write.create(
            Submission(
                campaign=county.campaign,
                sha256=f"{number:064x}",
                size_bytes=1,
                file_name=f"{number}.xml",
                channel="form",
                sender=county.unit(unit),
                received_at=AT,
                received_by="t",
            )
        )
        if replaces:
            write.change(replaces, is_current=False)
        instance = write.create(
            Instance(
                campaign=county.campaign,
                form_version=version,
                instance_id=f"uuid:{number}",
                canonical_sha256=f"{number:064x}",
                submission=answers,
                unit=county.unit(unit),
                sent_by=f"reporter of {unit}",
                received_at=AT,
                replaces=replaces,
            )
        )
        write.create_all(
            [
                Attachment(
                    instance=instance,
                    name=f"{position}.jpg",
                    submission=submission,
                    is_claimed=True,
                    is_current=True,
                    received_at=AT,
                )
                for position, submission in enumerate(photos)
            ]
        )
    return instance
