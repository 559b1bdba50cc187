"""What reporters enter in the web form: activities, the unit's counts of the month, and the signature of its return."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from safemonth.demo.county import short_name
from safemonth.demo.expected import NIL
from safemonth.demo.saying import say_number, word_of
from safemonth.demo.sent import Draft, moment
from safemonth.demo.truth import Deed, Said, deeds_of

FORMAT = "safemonth-form-1"
MONTH = {"period_from": "2019-06-01", "period_to": "2019-06-30"}


def web_entries() -> list[Draft]:
    """Return every web entry: months with their signature, a nil return, and doubles of joint events."""
    months = (
        ("130633205", (6, 28, 9)),
        ("130633206", (6, 27, 15)),
        ("130633-power", (6, 30, 11)),
        ("130633-weather", (6, 28, 17)),
        ("130633-agriculture", (7, 1, 9)),
        ("130633-labour", (7, 8, 10)),
        ("130633-hospital", (7, 1, 14)),
        ("130633-supermarket", (7, 2, 20)),
    )
    return [
        *(_month(unit, received) for unit, received in months),
        _power_reports_the_consulting_day(),
        _pocang_reports_the_countryside_day(),
    ]


def _measures(counts: Mapping[str, Said]) -> list[dict[str, str]]:
    return [
        {"indicator": code, "value": say_number(said), "measure_word": word_of(code, said)}
        for code, said in counts.items()
    ]


def _activity(deed: Deed, **changes: Any) -> dict[str, Any]:
    return {
        "title": deed.title,
        "place": deed.place,
        "from_on": deed.from_on.isoformat(),
        "to_on": deed.to_on.isoformat(),
        "participants": [],
        "is_report_line": deed.is_report_line,
        "measures": _measures(deed.counts),
        **changes,
    }


def form_bytes(unit: str, activities: Sequence[Mapping[str, Any]], signed: Mapping[str, Any] | None) -> bytes:
    """Return a web entry as the JSON that the form stores; `signed` is the return's signature or None."""
    entry = {"format": FORMAT, "unit": unit, "activities": list(activities), "return": signed}
    return (json.dumps(entry, ensure_ascii=False, indent=1) + "\n").encode()


def _month(unit: str, received: tuple[int, int, int]) -> Draft:
    deeds = [deed for deed in deeds_of(unit) if deed.task not in ("consulting-day", "vehicles")]
    is_nil = unit in NIL
    is_late = received[:2] > (7, 3)
    signed = {**MONTH, "is_nil": is_nil, "signed_by": f"{short_name(unit)}安全员"}
    return Draft(
        name=f"{short_name(unit)}.form.json",
        channel="web",
        sender=unit,
        received_at=moment(*received, 15),
        content=form_bytes(unit, [_activity(deed) for deed in deeds], signed),
        note="A nil return signed on the web." if is_nil else "The month entered on the web, with the signed return.",
        expect=("nil",) if is_nil else ("accept", *(("late",) if is_late else ())),
        returns_for=(unit,),
    )


def _power_reports_the_consulting_day() -> Draft:
    (deed,) = deeds_of("130633-power", task="consulting-day")
    return Draft(
        name="县供电公司咨询日.form.json",
        channel="web",
        sender="130633-power",
        received_at=moment(6, 11, 10, 0),
        content=form_bytes("130633-power", [_activity(deed, title="安全用电宣传咨询日活动")], None),
        note="The power company enters its booth, which stands in the host's sheet.",
        expect=("hold:duplicate",),
        task="consulting-day",
    )


def _pocang_reports_the_countryside_day() -> Draft:
    (deed,) = deeds_of("130633-office", task="law-to-countryside")
    counts = {code: deed.counts[code] for code in ("people_taking_part", "leaflets_distributed")}
    entry = _activity(
        deed, title="参加富岗乡送法下乡活动", participants=["富岗乡", "县安委办"], measures=_measures(counts)
    )
    return Draft(
        name="坡仓乡送法下乡.form.json",
        channel="web",
        sender="130633213",
        received_at=moment(6, 14, 15, 0),
        content=form_bytes("130633213", [entry], None),
        note="A second township enters the county's event of 12 June as its own.",
        expect=("hold:duplicate",),
        task="law-to-countryside",
    )
