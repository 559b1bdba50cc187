"""What the tests of reports share: a report that arrived, a photo, a workplace, and a stranger's way through the form."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from PIL import Image

from safemonth.collect.inspection.tips.actions import Said, receive_tip
from safemonth.collect.inspection.tips.codes import code_for
from safemonth.collect.inspection.tips.form_token import sealed
from safemonth.collect.inspection.tips.models import Tip
from safemonth.collect.inspection.tips.photos import clean_photo
from safemonth.collect.inspection.tips.queries import secret
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.ledger.actions import writing

AT = datetime(2019, 6, 3, 4, 0, tzinfo=UTC)
TEXT = "北关烟花仓库的消防通道堆满了货，门从外面锁着。"
NAME = "一个不愿署名的人"
PHONE = "13900000000"


def jpeg(colour: str = "brown", *, size: tuple[int, int] = (320, 240), position: bool = False) -> bytes:
    """Return a small photo; with `position` it says where it was taken."""
    picture, out = Image.new("RGB", size, colour), io.BytesIO()
    exif = Image.Exif()
    if position:
        gps = {1: "N", 2: (39.0, 20.0, 30.0), 3: "E", 4: (115.0, 30.0, 0.0)}
        exif[0x8825] = gps
        exif[0x010F] = "A phone that could be known"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def reported(county: Any, nonce: str = "", *, at: datetime = AT, photos: tuple[bytes, ...] = (), **options: Any) -> Tip:
    """Return a report that has just arrived."""
    said = {"text": TEXT, "spot": "北关", "township": county.unit("1301"), "name": NAME, "phone": PHONE}
    said |= {"latitude": Decimal("39.34180"), "longitude": Decimal("115.50210")}
    suspicions = options.pop("suspicions", ())
    return receive_tip(
        campaign=county.campaign,
        nonce=nonce or uuid4().hex,
        said=Said(**(said | options)),
        photos=[clean_photo(photo) for photo in photos],
        suspicions=suspicions,
        at=at,
    )


def code_of(nonce: str) -> str:
    """Return the code of the report that a form with this nonce made."""
    return code_for(secret(), nonce)


def depot(county: Any) -> Workplace:
    """Return a workplace of 北乡."""
    with writing(by="test", at=AT, action="test") as write:
        return write.create(
            Workplace(
                key=uuid4(),
                name="北关烟花仓库",
                normalised_name="北关烟花仓库",
                trade="fireworks",
                township=county.unit("1301"),
                department=county.unit("d1"),
            )
        )


def filled(*, minutes: float = 2, nonce: bytes = b"", **options: Any) -> dict[str, Any]:
    """Return a filled form that was opened some minutes ago."""
    opened_at = datetime.now(tz=UTC) - timedelta(minutes=minutes)
    token = sealed(secret(), nonce=nonce or uuid4().bytes, opened_at=opened_at)
    return {"text": TEXT, "spot": "北关", "township": "1301", "token": token, "worked": "", "website": ""} | options
