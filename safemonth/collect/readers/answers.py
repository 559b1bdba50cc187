"""Reads a filled form of the office by what its questions stand for. Plain Python.

The answers of one form are one activity; where a repeat has a title, unit, kind or day of its own, each of its turns
is one, and takes from the answers around it what it does not say itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from safemonth.collect.forms.answers import Answer, AnswerDoubt, answers_of, check_answers
from safemonth.collect.forms.design import FormDesign
from safemonth.collect.forms.meanings import Meaning, read_meaning, says_yes
from safemonth.collect.inspection.checklists.reading import is_inspection_form
from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import (
    Doubt,
    Locator,
    ReadActivity,
    Reading,
    ReadMeasure,
    SignedReturn,
)
from safemonth.lib.indicators import IndicatorName
from safemonth.lib.quantities import basis_of, read_quantity
from safemonth.lib.refusals import Refused, gettext_noop

# Where one activity's answers stand: the repeat whose turn it is (empty: the whole form) and the turns up to it.
Place = tuple[str, tuple[int, ...]]
WHOLE: Place = ("", ())


@dataclass
class _Gathered:
    """What was answered for one activity, by meaning."""

    label: str
    fields: dict[str, list[Answer]] = field(default_factory=dict)
    counts: list[tuple[Meaning, Answer]] = field(default_factory=list)
    doubts: list[AnswerDoubt] = field(default_factory=list)

    def text(self, name: str) -> str:
        return next((answer.text.strip() for answer in self.fields.get(name, ()) if answer.text.strip()), "")

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(answer.text.strip() for answer in self.fields.get(name, ()) if answer.text.strip())


def read_answers(data: bytes, *, known: Known) -> Reading:
    """Return what a filled form claims; an answer that does not fit its question is kept, and held with the field named.

    `known.form` is the version it was made with. Raises Refused `form_unknown_here` where that is not given and
    `not_answers` where the bytes are no answers.
    """
    design = known.form
    if design is None:
        raise Refused("form_unknown_here", gettext_noop("It is not known which form this was filled in with."))
    if is_inspection_form(design):
        # The register of hazards reads these, and counts them there.
        return Reading(format=f"form {design.form_id} {design.version}"[:36])
    doubts = check_answers(data, design, choices=known.choices, now=known.received_at)
    gathered = _gather(answers_of(data, design), doubts, design, known.indicators)
    whole = gathered[WHOLE]
    activities = tuple(
        _activity(place, each, whole, design, known.indicators)
        for place, each in gathered.items()
        if _is_activity(place, each, design)
    )
    return Reading(
        format=f"form {design.form_id} {design.version}"[:36],
        activities=activities,
        doubts=() if activities else tuple(_doubt(doubt, design, blocks=False) for doubt in doubts),
        signed=_signed(whole, design),
    )


def _gather(
    answers: Iterable[Answer],
    doubts: Iterable[AnswerDoubt],
    design: FormDesign,
    indicators: Mapping[str, IndicatorName],
) -> dict[Place, _Gathered]:
    gathered: dict[Place, _Gathered] = {WHOLE: _Gathered(label="answers")}

    def at(path: str, turn: tuple[int, ...]) -> _Gathered:
        place = _place(path, turn, design)
        label = f"{place[0].rsplit('/', 1)[-1]}[{','.join(str(n) for n in place[1])}]" if place[0] else "answers"
        return gathered.setdefault(place, _Gathered(label=label))

    for answer in answers:
        meaning = read_meaning(answer.question.meaning, indicators=indicators) if answer.question.meaning else None
        group = at(answer.path, answer.turn)
        if meaning is None or not answer.text.strip():
            continue
        if meaning.indicator:
            group.counts.append((meaning, answer))
        else:
            group.fields.setdefault(meaning.field, []).append(answer)
    for doubt in doubts:
        at(doubt.path, doubt.turn).doubts.append(doubt)
    return gathered


def _place(path: str, turn: tuple[int, ...], design: FormDesign) -> Place:
    """The innermost repeat around a path of which each turn is an activity, with the turns down to it."""
    around = design.repeats_around(path)
    for depth in range(len(around), 0, -1):
        if around[depth - 1] in design.activity_repeats:
            return around[depth - 1], turn[:depth]
    return WHOLE


def _is_activity(place: Place, gathered: _Gathered, design: FormDesign) -> bool:
    if gathered.counts:
        return True
    if design.purpose == "return":
        return False
    if place == WHOLE:
        # What stands around activities of their own is said once for all of them.
        return bool(gathered.fields) and not design.activity_repeats
    return bool(gathered.fields)


def _activity(
    place: Place,
    gathered: _Gathered,
    whole: _Gathered,
    design: FormDesign,
    indicators: Mapping[str, IndicatorName],
) -> ReadActivity:
    def said(name: str) -> str:
        return gathered.text(name) or whole.text(name)

    latitude, longitude = _position(said("position"))
    first, last = _day(said("from_on")), _day(said("to_on"))
    counted = {(answer.path, answer.turn) for _, answer in gathered.counts}
    doubts = [
        _doubt(doubt, design, blocks=False) for doubt in gathered.doubts if (doubt.path, doubt.turn) not in counted
    ]
    evidence = gathered.texts("evidence") + (whole.texts("evidence") if gathered is not whole else ())
    return ReadActivity(
        unit_text=said("unit"),
        locator=Locator(kind="field", field=gathered.label[:255]),
        title=said("title") or (design.titles.get("zh") or design.title),
        kind=said("kind") or design.kind,
        place=said("place"),
        from_on=first,
        to_on=last or first,
        participants=tuple(name for answer in gathered.fields.get("participants", ()) for name in _several(answer)),
        latitude=latitude,
        longitude=longitude,
        evidence=tuple(dict.fromkeys(evidence)),
        measures=tuple(
            _measure(meaning, answer, indicators[meaning.indicator], _doubts_on(answer, gathered, design))
            for meaning, answer in gathered.counts
        ),
        doubts=tuple(doubts),
    )


def _doubts_on(answer: Answer, gathered: _Gathered, design: FormDesign) -> tuple[Doubt, ...]:
    return tuple(
        _doubt(doubt, design, blocks=True)
        for doubt in gathered.doubts
        if (doubt.path, doubt.turn) == (answer.path, answer.turn)
    )


def _measure(meaning: Meaning, answer: Answer, indicator: IndicatorName, doubts: tuple[Doubt, ...]) -> ReadMeasure:
    word = next(iter(indicator.measure_words), "")
    quantity = read_quantity(answer.text.strip())
    is_one = quantity is not None and not quantity.is_range
    if not is_one and not doubts:
        doubts = (
            Doubt("unreadable_number", gettext_noop("“%(text)s” is not one number."), {"text": answer.text[:60]}),
        )
    elif quantity is not None and is_one and quantity.value < 0 and not doubts:
        doubts = (Doubt("negative_number", gettext_noop("“%(text)s” is below zero."), {"text": answer.text[:60]}),)
    basis = meaning.basis or basis_of(word)
    return ReadMeasure(
        indicator=meaning.indicator,
        heading=answer.question.label("zh"),
        value=quantity.value if quantity is not None and is_one else None,
        qualifier=quantity.qualifier if quantity is not None and is_one else "exact",
        unit_word=word if basis == basis_of(word) else "",
        basis=basis,  # type: ignore[arg-type]  # A Meaning's basis is one of BASES.
        surface=answer.text,
        locator=Locator(kind="field", field=answer.label_path[:255]),
        doubts=doubts,
    )


def _signed(whole: _Gathered, design: FormDesign) -> SignedReturn | None:
    """The return that a form states: by a form for returns always, by another where it says that there is nothing."""
    is_nil = says_yes(whole.text("nil"))
    if design.purpose != "return" and not is_nil:
        return None
    return SignedReturn(
        unit_text=whole.text("unit"),
        is_nil=is_nil,
        signed_by=whole.text("signed_by"),
        period_from=_day(whole.text("period_from")),
        period_to=_day(whole.text("period_to")),
    )


def _doubt(doubt: AnswerDoubt, design: FormDesign, *, blocks: bool) -> Doubt:
    question = design.by_path.get(doubt.path)
    params = {"field": question.label("zh") if question else doubt.path.rsplit("/", 1)[-1], **doubt.params}
    return Doubt(doubt.code, doubt.sentence, params, blocks)


def _several(answer: Answer) -> list[str]:
    """Names in one answer: choices are parted by spaces, typed names by commas (an English name has spaces)."""
    if answer.question.type in ("select_multiple", "rank"):
        return answer.text.split()
    text = answer.text
    for sign in "，、；;\n":
        text = text.replace(sign, ",")
    return [name.strip() for name in text.split(",") if name.strip()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None  # check_answers has said so, with the field.


def _position(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude of a geopoint ("39.31 115.24 0 5"), both None where it is none."""
    try:
        latitude, longitude = (Decimal(part) for part in text.split()[:2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            return None, None
    except (InvalidOperation, ValueError):
        return None, None
    return latitude.quantize(Decimal("0.00001")), longitude.quantize(Decimal("0.00001"))
