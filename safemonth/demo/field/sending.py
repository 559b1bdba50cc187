"""Sends the demo's filled forms as their accounts would, and lets the worker look at the photos."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from safemonth.collect.forms.actions import add_form
from safemonth.collect.forms.builtin import builtin_forms
from safemonth.collect.readers.actions import take_in_answers
from safemonth.demo.field.answers import answers_xml
from safemonth.demo.field.filled import FilledForm, filled_forms
from safemonth.demo.field.photos import passed_on, photo, signature
from safemonth.demo.truth import CHINA_TIME
from safemonth.organisation.actions import open_account
from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Campaign
from safemonth.worker.jobs import JOBS, do_waiting

# (user name, role, unit, post): who fills forms besides the accounts that show each role.
FIELD_ACCOUNTS = (
    ("vehicle-safety", "reporter", "130633-safety", "县安监局宣传车"),
    ("vehicle-mine", "reporter", "130633-mine", "县煤矿管理办公室宣传车"),
    ("vehicle-fire", "reporter", "130633-fire", "县消防大队宣传车"),
    ("vehicle-traffic", "reporter", "130633-traffic", "县交警大队宣传车"),
    ("reporter-hospital", "reporter", "130633-hospital", "县医院安全员"),
    ("reporter-hotel", "reporter", "130633-hotel", "酒店安全员"),
    ("inspector-police", "inspector", "130633-police", "县公安局安全检查员"),
)
# When the photos of a day were taken; each minute after it one more.
PHOTOS_FROM = time(9, 30)


def set_up_field(*, by: str, at: datetime, password: str) -> None:
    """Take in the project's own forms and open the accounts of those who fill them."""
    for name, data in builtin_forms():
        add_form(data=data, file_name=name, by=by, at=at)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[unit for _, _, unit, _ in FIELD_ACCOUNTS])}
    for name, role, unit, title in FIELD_ACCOUNTS:
        open_account(username=name, password=password, role=role, unit=units[unit], by=by, at=at, post_title=title)


def send_filled(campaign: Campaign, filled: FilledForm) -> list[str]:
    """Send one form with its photos as often as it was sent; returns what became of it each time (`Outcome`)."""
    user = User.objects.select_related("unit").get(username=filled.by)
    photos = [(f"IMG_{filled.number}_{place}.jpg", data) for place, data in enumerate(_photos(filled), start=1)]
    word, detail = filled.odd
    code, _, other = detail.partition("=")
    typed = {indicator: str(said.value) for indicator, said in filled.counts.items()}
    if word == "typed":
        typed[code] = other
    sent = [typed]
    if word == "again":
        sent.append(typed)
    elif word == "conflict":
        sent.append({**typed, code: other})
    return [
        take_in_answers(
            campaign=campaign,
            xml=answers_xml(filled, counts, [name for name, _ in photos]),
            files=[*photos, *_signatures(filled)],
            user=user,
            by=filled.by,
            at=filled.sent_at + timedelta(minutes=5 * turn),
        ).outcome
        for turn, counts in enumerate(sent)
    ]


def look_at_photos(*, at: datetime, step: Callable[[str], None]) -> int:
    """Do all that waits for the worker, as `safemonth worker --once`; returns how many things were done."""
    done = 0
    for each in do_waiting(jobs=JOBS, now=lambda: at, skip=()):
        if each.error:
            raise RuntimeError(f"{each.job} {each.key}: {each.error}")
        done += 1
        step(each.job)
    return done


def _signatures(filled: FilledForm) -> list[tuple[str, bytes]]:
    """What both sides drew on the screen of an inspector's phone."""
    if filled.form not in ("inspection", "recheck"):
        return []
    return [(f"sign-{filled.number}-{side}.png", signature(10 * filled.number + side)) for side in (1, 2)]


def _photos(filled: FilledForm) -> list[bytes]:
    word, detail = filled.odd
    if word == "reused":
        first = next(each for each in filled_forms() if each.number == int(detail))
        return [passed_on(data) for data in _photos(first)]
    taken_at = datetime.combine(filled.on, PHOTOS_FROM, tzinfo=CHINA_TIME)
    if word == "last_year":
        taken_at = taken_at.replace(year=taken_at.year - 1)
    latitude, longitude = (float(part) for part in (filled.position or "0 0").split())
    return [
        photo(
            number,
            taken_at=taken_at + timedelta(minutes=number % 60),
            latitude=latitude + 0.0004 * place,
            longitude=longitude,
        )
        for place, number in enumerate(filled.photos)
    ]
