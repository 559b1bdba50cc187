"""Filled inspections as phones send them, and workplaces to inspect."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from safemonth.collect.forms.actions import add_form
from safemonth.collect.forms.builtin import builtin_forms
from safemonth.collect.inspection.workplaces.actions import register_workplace
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.actions import open_account
from safemonth.organisation.models import Unit, User
from tests.cast import AT, PASSWORD

KEY = UUID("0b4a66fc-9a4e-4b64-9e3f-2f1f7f5b7e11")


def offer_builtin(*names: str) -> None:
    """Offer the office's own forms of these names."""
    for name, data in builtin_forms():
        if name.removesuffix(".md") in names:
            add_form(data=data, file_name=name, by="clerk", at=AT)


def inspector(name: str = "inspector", unit: str = "1301") -> User:
    """Open the account of an inspector."""
    return open_account(
        username=name,
        password=PASSWORD,
        role="inspector",
        unit=Unit.objects.get(code=unit),
        by="test",
        at=AT,
        post_title=f"{name}的岗位",
    )


def workplace(name: str = "北山采石场", township: str = "1301", trade: str = "mine") -> Workplace:
    """Enter a workplace."""
    fields = {"name": name, "trade": trade, "township": Unit.objects.get(code=township)}
    return register_workplace(fields=fields, by="clerk", at=AT)


def hazard_key(number: int) -> UUID:
    """The key that a phone gave a hazard."""
    return uuid5(KEY, f"hazard {number}")


def hazard(
    number: int,
    *,
    text: str = "",
    grade: str = "ordinary",
    on_the_spot: bool = False,
    deadline: str = "2019-06-25",
    photo: str = "",
) -> str:
    """One turn of the hazards."""
    return (
        f"<hazard><hazard_key>{hazard_key(number)}</hazard_key><what>{text or f'隐患{number}'}</what>"
        f"<grade>{grade}</grade><spot>{number}号库</spot><photo>{photo or f'h{number}.jpg'}</photo>"
        f"<on_the_spot>{'yes' if on_the_spot else 'no'}</on_the_spot>"
        f"<deadline>{'' if on_the_spot else deadline}</deadline></hazard>"
    )


def inspection_xml(
    instance_id: str,
    *,
    place: Workplace | str,
    hazards: Sequence[str] = (),
    made_from: str = "",
    key: UUID | str = KEY,
    unit: str = "1301",
    day: str = "2019-06-12",
    started: str = "09:05",
    ended: str = "10:40",
    signed: str = "signed",
    visit: str = "",
    form: str = "inspection",
    items: str = "",
) -> bytes:
    """An inspection as the office's form sends it."""
    if visit:
        where = f"<where>visit</where><visit>{visit}</visit>"
    elif isinstance(place, str):
        where = f"<where>other</where><inspected>{place}</inspected>"
    else:
        where = f"<where>listed</where><listed>{place.key}</listed>"
    sign = "<sign_workplace>s2.png</sign_workplace>" if signed == "signed" else "<unsigned_why>不同意</unsigned_why>"
    edited = f"<deprecatedID>{made_from}</deprecatedID>" if made_from else ""
    return (
        f'<data id="{form}"><unit>{unit}</unit>{where}<from_on>{day}</from_on><started_at>{started}</started_at>'
        "<inspectors_deployed>2</inspectors_deployed><inspectors_who>执法员甲，执法员乙</inspectors_who>"
        f"<certificates>yes</certificates>{items}<found>{'yes' if hazards else 'no'}</found>{''.join(hazards)}"
        f"<ended_at>{ended}</ended_at><sign_inspector>s1.png</sign_inspector><signed_how>{signed}</signed_how>{sign}"
        f"<key>{key}</key><meta><instanceID>{instance_id}</instanceID>{edited}</meta></data>"
    ).encode()


def recheck_xml(
    instance_id: str,
    number: int,
    *,
    result: str = "done",
    reported: bool = False,
    deadline: str = "",
    day: str = "2019-06-26",
    unit: str = "1301",
) -> bytes:
    """A recheck of one hazard."""
    why = "" if result == "done" else "<reason>还没装好</reason>"
    return (
        f'<data id="recheck"><unit>{unit}</unit><from_on>{day}</from_on><started_at>14:00</started_at>'
        "<inspectors_deployed>2</inspectors_deployed><inspectors_who>执法员丙</inspectors_who>"
        f"<certificates>yes</certificates><item><hazard>{hazard_key(number)}</hazard><last/>"
        f"<reported>{'yes' if reported else 'no'}</reported><result>{result}</result>{why}"
        f"<new_deadline>{deadline}</new_deadline><photo>after.jpg</photo></item><ended_at>14:30</ended_at>"
        "<sign_inspector>s1.png</sign_inspector><signed_how>signed</signed_how><sign_workplace>s2.png</sign_workplace>"
        f"<key>{uuid5(KEY, instance_id)}</key><meta><instanceID>{instance_id}</instanceID></meta></data>"
    ).encode()


def later(minutes: int) -> datetime:
    """A moment after the cast's."""
    return AT + timedelta(minutes=minutes)
