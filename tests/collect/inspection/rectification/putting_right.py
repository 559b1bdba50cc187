"""What the tests of rectification share: a drive against fireworks depots, inspections, hazards with photos on both sides."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from PIL import Image

from safemonth.collect.evidence.actions import examine
from safemonth.collect.inspection.drives.actions import open_drive
from safemonth.collect.inspection.hazards.actions import add_photos, enter
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.rectification import actions
from safemonth.collect.inspection.rectification.models import Rectification
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.submissions.actions import receive
from safemonth.ledger.actions import writing

AT = datetime(2019, 6, 3, 4, 0, tzinfo=UTC)
CLERK: dict[str, Any] = {"by": "clerk", "at": AT}


def workplace(county: Any, name: str, township: str, *, trade: str = "fireworks", unit: str = "") -> Workplace:
    """Return a workplace."""
    with writing(by="test", at=AT, action="test") as write:
        return write.create(
            Workplace(
                key=uuid4(),
                name=name,
                normalised_name=name,
                trade=trade,
                township=county.unit(township),
                department=county.unit("d1"),
                unit=county.unit(unit) if unit else None,
            )
        )


def depots(county: Any) -> list[Workplace]:
    """Return three fireworks depots in two townships, one of which reports for itself, and let there be a school."""
    workplace(county, "中心小学", "1301", trade="school")
    return [
        workplace(county, "东关烟花店", "1301", unit="130101"),
        workplace(county, "河口烟花店", "1301"),
        workplace(county, "南乡烟花店", "1302"),
    ]


def set_up(
    county: Any, *, kind: str = "special", title: str = "烟花爆竹专项整治", joining: tuple[str, ...] = ("d2",)
) -> Rectification:
    """Return a rectification of fireworks, led by the safety bureau, that the police join."""
    drive = open_drive(
        campaign=county.campaign,
        kind=kind,
        title=title,
        led_by=county.unit("d1"),
        from_on=date(2019, 6, 1),
        to_on=date(2019, 6, 20),
        trades=["fireworks"],
        **CLERK,
    )
    return actions.set_up(
        drive=drive, aims="清理超量储存，打通消防通道。", joining=[county.unit(code) for code in joining], **CLERK
    )


def issued(rectification: Rectification, number: str = "易安委〔2019〕9号") -> Rectification:
    """Return it with its notice issued."""
    return actions.issue(
        rectification=rectification,
        number=number,
        title="关于开展烟花爆竹专项整治的通知",
        issued_on=date(2019, 6, 1),
        body_text="各烟花爆竹经营单位……",
        **CLERK,
    )


def found(county: Any, rectification: Rectification, at_: Workplace, *, number: int = 1) -> Hazard:
    """Return a hazard that an inspection of the rectification found."""
    with writing(by="test", at=AT, action="test") as write:
        visit = write.create(
            Inspection(
                key=uuid4(),
                code=f"J-{number:08}",
                campaign=county.campaign,
                workplace=at_,
                host=county.unit("d1"),
                drive=rectification.drive,
                started_at=AT,
            )
        )
    return enter(
        campaign=county.campaign,
        hazard_key=uuid4(),
        move="find",
        happened_at=AT,
        side="inspecting",
        person="clerk",
        data={"text": f"消防通道堵塞{number}", "grade": "ordinary"},
        unit=county.unit("d1"),
        inspection=visit,
        workplace=at_,
        **CLERK,
    )


def photographed(county: Any, hazard: Hazard, shows: str, colour: str, *, days: int = 0) -> str:
    """Give a hazard a photo that arrived some days later and was examined; returns its digest."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    data = out.getvalue() + str(hazard.key).encode()
    at = AT + timedelta(days=days)
    submission, _new = receive(
        campaign=county.campaign,
        data=data,
        file_name=f"{shows}.jpg",
        channel="photo",
        sender=None,
        by="clerk",
        at=at,
    )
    add_photos(hazard=hazard, submissions=[submission], shows=shows, by="clerk", at=at)
    examine(sha256=submission.sha256, by="worker", at=at)
    return submission.sha256
