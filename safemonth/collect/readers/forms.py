"""Reads what a reporter entered in the web form: the JSON that was stored as it arrived. Plain Python."""

import json
from datetime import date
from typing import Any

from safemonth.collect.readers.reading import Doubt, Locator, ReadActivity, Reading, ReadMeasure
from safemonth.lib.quantities import basis_of, read_quantity
from safemonth.lib.refusals import Refused, gettext_noop

FORMAT = "safemonth-form-1"


def read_form(data: bytes, *, file_name: str) -> Reading:
    """Return the reading of a web entry.

    The JSON has `format`, `unit` (name or code), `activities` (each `title`, `kind`, `place`, `from_on`, `to_on`,
    `participants`, `is_report_line`, `measures`: each `indicator`, `value` as typed, `measure_word`,
    `part_of` position) and `return` (`is_nil`, `period_from`, `period_to`) or null. Raises Refused
    `not_a_form` where it is not such JSON.
    """
    try:
        form = json.loads(data)
        if form["format"] != FORMAT:
            raise ValueError(form["format"])
        signed = form.get("return") or {}
        return Reading(
            format="form",
            activities=tuple(
                _activity(entry, number=number, unit=form.get("unit", ""))
                for number, entry in enumerate(form.get("activities", []))
            ),
            signed_nil=bool(signed.get("is_nil")),
            period_from=_day(signed.get("period_from")),
            period_to=_day(signed.get("period_to")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(
            "not_a_form",
            gettext_noop("“%(file)s” is not an entry of the web form: %(error)s"),
            file=file_name,
            error=str(error)[:100],
        ) from error


def _activity(entry: dict[str, Any], *, number: int, unit: str) -> ReadActivity:
    place = f"activities.{number}"
    return ReadActivity(
        unit_text=entry.get("unit") or unit,
        locator=Locator(kind="field", field=place),
        title=entry.get("title", ""),
        kind=entry.get("kind", ""),
        place=entry.get("place", ""),
        from_on=_day(entry.get("from_on")),
        to_on=_day(entry.get("to_on")),
        participants=tuple(entry.get("participants", ())),
        is_report_line=bool(entry.get("is_report_line")),
        measures=tuple(
            _measure(measure, place=f"{place}.measures.{position}")
            for position, measure in enumerate(entry.get("measures", []))
        ),
    )


def _measure(measure: dict[str, Any], *, place: str) -> ReadMeasure:
    typed = str(measure["value"])
    quantity = read_quantity(typed)
    word = measure.get("measure_word") or (quantity.unit_word if quantity else "")
    doubts: tuple[Doubt, ...] = ()
    if quantity is None or quantity.is_range:
        doubts = (Doubt("unreadable_number", gettext_noop("“%(text)s” is not one number."), {"text": typed}),)
    elif quantity.value < 0:
        doubts = (Doubt("negative_number", gettext_noop("“%(text)s” is below zero."), {"text": typed}),)
    return ReadMeasure(
        indicator=measure["indicator"],
        heading=measure["indicator"],
        value=quantity.value if quantity and not quantity.is_range else None,
        qualifier=quantity.qualifier if quantity else "exact",
        unit_word=word,
        basis=basis_of(word),
        surface=typed,
        locator=Locator(kind="field", field=f"{place}.value"),
        part_of=measure.get("part_of"),
        doubts=doubts,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
