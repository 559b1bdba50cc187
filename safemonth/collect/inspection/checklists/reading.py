"""What a filled inspection or recheck says, by the words of its form (`forms/meanings.py`). Plain Python.

The result is plain values that can be stored as JSON and made again from the same bytes:

`key` (the visit's identity, UUID), `visit` (UUID or empty), `is_recheck`, `unit`, `workplace` (key or name as answered), `started_at`,
`ended_at`, `finished_at` (ISO 8601 with zone, or empty), `inspectors` (number or None), `who`, `certificates_shown` (or
None), `signed_how` (signed, refused, absent or empty), `sign_inspector`, `sign_workplace`, `evidence` (names of files),
`place`, `position` ([latitude, longitude] or empty), `notes`, `items`, `hazards`, `rechecks`, `doubts`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from safemonth.collect.forms.answers import Answer, answers_of, check_answers, read_envelope
from safemonth.collect.forms.canonical import canonical
from safemonth.collect.forms.design import FormDesign
from safemonth.collect.forms.meanings import OF_A_GROUP, STARTS_INSPECTION, read_meaning, says_yes
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import gettext_noop

# Under which names of our own are made where a form gives none.
_OURS: Final = uuid5(NAMESPACE_URL, "safemonth/inspections")
RESULTS: Final = frozenset({"met", "not_met", "not_applicable"})
# Clocks of phones differ by minutes; one that is further ahead is set wrong.
CLOCK_SLACK: Final = timedelta(minutes=15)
Group = dict[str, list[Answer]]


def is_inspection_form(design: FormDesign) -> bool:
    """Return whether filled forms of this design go the inspections' way: it names a workplace, or a hazard to recheck."""
    return design.purpose in ("inspection", "recheck") and bool(STARTS_INSPECTION & set(design.meanings.values()))


def version_key(xml: bytes) -> tuple[str, str, str]:
    """Return how filled answers are known as a version: its key, its instanceID, and the one that it was made from.

    The key is the instanceID with 16 digits of what it says, so that other content under the same id is another
    version whichever comes first. Without an instanceID the content alone names it.
    """
    envelope = read_envelope(xml)
    digest = sha256_hex(canonical(xml))
    instance_id = envelope.instance_id or f"sha256:{digest}"
    made_from = envelope.deprecated_id if envelope.deprecated_id != instance_id else ""
    return f"{instance_id[:230]}#{digest[:16]}", instance_id, made_from


def read_inspection(
    xml: bytes, design: FormDesign, *, choices: Mapping[str, Any], zone: tzinfo, received_at: datetime
) -> dict[str, Any]:
    """Return what a filled form says (keys as in the module's text); nothing that was answered stops it.

    `zone` is that of times of day, `choices` and `received_at` as in `check_answers`. What does not fit stands in `doubts`.
    Raises Refused `not_answers`.
    """
    envelope = read_envelope(xml)
    whole: Group = {}
    groups: dict[tuple[str, tuple[int, ...]], Group] = {}
    for answer in answers_of(xml, design):
        meaning = read_meaning(answer.question.meaning, indicators=()) if answer.question.meaning else None
        if meaning is None or not answer.text.strip():
            continue
        place = (answer.path.rpartition("/")[0], answer.turn)
        into = groups.setdefault(place, {}) if meaning.field in OF_A_GROUP else whole
        into.setdefault(meaning.field, []).append(answer)
    doubts = [
        {"code": doubt.code, "sentence": doubt.sentence, "params": dict(doubt.params)}
        for doubt in check_answers(xml, design, choices=choices, now=received_at)
    ]
    visit = _uuid_text(_text(whole, "visit"))
    key = visit or str(
        _uuid(_text(whole, "key"), or_of=envelope.deprecated_id or envelope.instance_id or sha256_hex(xml))
    )
    times, strange = _times(whole, zone=zone, received_at=received_at)
    return {
        "key": key,
        "visit": visit,
        "is_recheck": design.purpose == "recheck",
        "unit": _text(whole, "unit"),
        "workplace": _text(whole, "workplace"),
        **times,
        **_people(whole),
        "certificates_shown": says_yes(_text(whole, "certificates_shown")) if "certificates_shown" in whole else None,
        "signed_how": _one_of(_text(whole, "signed_how"), ("signed", "refused", "absent")),
        "sign_inspector": _text(whole, "sign.inspector"),
        "sign_workplace": _text(whole, "sign.workplace"),
        "place": _text(whole, "place"),
        "position": _position(_text(whole, "position")),
        "notes": [answer.text.strip() for answer in whole.get("note", ())],
        "evidence": [answer.text.strip() for answer in whole.get("evidence", ())],
        "items": list(_items(groups)),
        "hazards": list(_hazards(groups, key)),
        "rechecks": list(_rechecks(groups)),
        "doubts": [*doubts, *strange],
    }


def _items(groups: Mapping[tuple[str, tuple[int, ...]], Group]) -> Iterator[dict[str, str]]:
    for (path, _turn), group in groups.items():
        if "item" in group:
            answer = group["item"][0]
            yield {
                "code": path.rpartition("/")[2],
                "text": answer.question.label("zh"),
                "text_en": answer.question.label("en"),
                "basis": _law(answer),
                "result": _one_of(answer.text.strip(), RESULTS),
            }


def _hazards(groups: Mapping[tuple[str, tuple[int, ...]], Group], key: str) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for (path, _turn), group in groups.items():
        item = group["item"][0] if "item" in group else None
        said = any(f"hazard.{name}" in group for name in ("text", "spot", "photo", "basis", "deadline"))
        if not (item.text.strip() == "not_met" if item else said):
            continue
        text, spot = _text(group, "hazard.text"), _text(group, "hazard.spot")
        name = f"item:{path}" if item else f"{path}:{text}:{spot}"
        own = str(_uuid(_text(group, "hazard.key"), or_of=f"{key}/{name}"))
        while own in taken:  # a turn copied on the phone with its key, or two that say the same
            own = str(uuid5(UUID(own), "again"))
        taken.add(own)
        on_the_spot = says_yes(_text(group, "hazard.on_the_spot"))
        yield {
            "key": own,
            "item": path.rpartition("/")[2] if item else "",
            "text": text or (f"不符合：{item.question.label('zh')}" if item else ""),
            "grade": "major" if _text(group, "hazard.grade") == "major" else "ordinary",
            "spot": spot,
            "basis": _text(group, "hazard.basis") or (_law(item) if item else ""),
            "photos": [answer.text.strip() for answer in group.get("hazard.photo", ())],
            "deadline_on": "" if on_the_spot else _day(_text(group, "hazard.deadline")),
            "measure": _text(group, "hazard.measure"),
            "responsible": _text(group, "hazard.responsible"),
            "on_the_spot": on_the_spot,
        }


def _rechecks(groups: Mapping[tuple[str, tuple[int, ...]], Group]) -> Iterator[dict[str, Any]]:
    for group in groups.values():
        hazard = _uuid_text(_text(group, "recheck.hazard"))
        if hazard:
            yield {
                "hazard": hazard,
                "answers": _uuid_text(_text(group, "recheck.answers")),
                "reported": says_yes(_text(group, "recheck.reported")),
                "result": _text(group, "recheck.result"),
                "reason": _text(group, "recheck.reason"),
                "deadline_on": _day(_text(group, "recheck.deadline")),
                "photos": [answer.text.strip() for answer in group.get("recheck.photo", ())],
            }


def _people(whole: Group) -> dict[str, Any]:
    count, who = None, []
    for answer in whole.get("inspectors", ()):
        text = answer.text.strip()
        if text.isdecimal() and len(text) <= 4:
            count = int(text)
            continue
        for sign in "，、；;\n":
            text = text.replace(sign, ",")
        who += [name.strip()[:120] for name in text.split(",") if name.strip()]
    return {"inspectors": count if count is not None else (len(who) or None), "who": who}


def _times(whole: Group, *, zone: tzinfo, received_at: datetime) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The moments said, as ISO text; a day without a time of day begins it; and what is strange about them."""
    day = _day(_text(whole, "from_on"))
    first = _moment(_text(whole, "started_at"), day, zone) or _moment("00:00", day, zone)
    last = _moment(_text(whole, "ended_at"), day or (first.date().isoformat() if first else ""), zone)
    strange: list[dict[str, Any]] = []
    if first is None:
        first = received_at
        strange.append(
            {"code": "no_day", "sentence": gettext_noop("It does not say when the inspection was."), "params": {}}
        )
    if last is not None and last < first:
        last = None
        strange.append(
            {"code": "ends_first", "sentence": gettext_noop("It says that it ended before it began."), "params": {}}
        )
    if first > received_at + CLOCK_SLACK:
        strange.append(
            {
                "code": "clock_ahead",
                "sentence": gettext_noop("It says that it began after it arrived: the phone's clock is set wrong."),
                "params": {},
            }
        )
    finished = _moment(_text(whole, "finished_at"), day, zone) or last or first
    return {
        "started_at": first.isoformat(),
        "ended_at": last.isoformat() if last else "",
        "finished_at": finished.isoformat(),
    }, strange


def _moment(text: str, day: str, zone: tzinfo) -> datetime | None:
    """A moment written whole, or a time of day on a day; None where it is neither."""
    try:
        if "T" in text:
            whole = datetime.fromisoformat(text)
            return whole if whole.tzinfo else whole.replace(tzinfo=zone)
        return (
            datetime.combine(date.fromisoformat(day), time.fromisoformat(text[:5]), tzinfo=zone)
            if day and text
            else None
        )
    except ValueError:
        return None


def _text(group: Group, name: str) -> str:
    """The first answer with a meaning, without space around it; empty where there is none."""
    return next((answer.text.strip() for answer in group.get(name, ())), "")


def _law(answer: Answer) -> str:
    meaning = read_meaning(answer.question.meaning, indicators=())
    return meaning.law if meaning else ""


def _one_of(text: str, known: Sequence[str] | frozenset[str]) -> str:
    return text if text in known else ""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _uuid_text(text: str) -> str:
    try:
        return str(UUID(text.removeprefix("uuid:"))) if text else ""
    except ValueError:
        return ""


def _uuid(text: str, *, or_of: str) -> UUID:
    return UUID(_uuid_text(text)) if _uuid_text(text) else uuid5(_OURS, text or or_of)


def _position(text: str) -> list[str]:
    """Latitude and longitude in degrees as text (five decimals), empty where it is no place on earth."""
    try:
        latitude, longitude = (float(part) for part in text.split()[:2])
    except ValueError:
        return []
    return [f"{latitude:.5f}", f"{longitude:.5f}"] if abs(latitude) <= 90 and abs(longitude) <= 180 else []
