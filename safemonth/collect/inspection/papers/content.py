"""What stands on a paper, in order, as plain blocks from which the Word file and the PDF are both made. Plain Python.

The Chinese text is the paper; the English one has the same blocks under English labels and is for reading only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from safemonth.collect.inspection.papers.kinds import DECISION, KIND, ORDER, RECHECK, RECORD, REFERRAL
from safemonth.collect.inspection.papers.wording import HEAD, Words, day_text, hands, minute_text, words_of

Language = Literal["zh", "en"]
# More signs than these do not fit behind a drawn signature on one line.
_MOST_BEHIND = 20


@dataclass(frozen=True)
class Field:
    """A label and what was filled in behind it; an empty value is a blank to write on."""

    label: str
    value: str


@dataclass(frozen=True)
class Fields:
    """One line of the form: fields side by side."""

    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph. `role`: body (indented), item (numbered), recipient (flush left), head, title, number, part, note, reading."""

    text: str
    role: str = "body"


@dataclass(frozen=True)
class Signature:
    """A line to sign on: its label, the digest of the drawn signature (empty: a blank), and what follows it in print."""

    label: str
    drawn: str = ""
    behind: str = ""


@dataclass(frozen=True)
class Seal:
    """Where the agency's seal goes: the agency and the day, set at the right."""

    agency: str
    day: str


Block = Fields | Text | Signature | Seal


@dataclass(frozen=True)
class Sheet:
    """A whole paper: its title, its number as printed, its blocks from top to bottom, and how its pages are numbered.

    `page_pattern` has the places `page` and `pages`.
    """

    title: str
    number: str
    blocks: tuple[Block, ...]
    page_pattern: str
    language: Language


def sheet_of(
    kind: str,
    *,
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    office: Mapping[str, str],
    number: str,
    issued_on: str,
    earlier: Mapping[str, str] | None = None,
    corrects: Mapping[str, str] | None = None,
    drawn: Mapping[str, str] | None = None,
    language: Language = "zh",
) -> Sheet:
    """Return what stands on a paper. `said` and items as in `papers/rules.py`; what is empty is a blank to write on.

    `office` has `name`, `review_body`, `court`, `address`, `contact_post`, `contact_phone`; `earlier` and `corrects` have `kind`, `number`,
    `day` (ISO). `drawn` maps inspector and workplace to digests of signatures. `issued_on` is an ISO day or empty, `number`
    empty for a draft. The same input gives the same sheet.
    """
    words = words_of(language)
    title = KIND[kind].title if language == "zh" else KIND[kind].title_en
    shown = dict(drawn or {})
    body = {RECORD: _record, DECISION: _decision, ORDER: _order, RECHECK: _recheck, REFERRAL: _referral}[kind]
    blocks: list[Block] = []
    if language == "en":
        blocks.append(Text(words.reading, "reading"))
    blocks += [Text(HEAD[language], "head"), Text(title, "title"), Text(number or words.no_number, "number")]
    blocks += body(said, items, office, words, earlier)
    if corrects:
        blocks.append(Text(words.corrects.format(**_named(corrects, words))))
    blocks += _hands(kind, said, words, shown)
    if kind != RECORD:
        blocks.append(Seal(f"{office['name']}{words.seal}", day_text(issued_on, words)))
    blocks.append(Text(hands(kind, office["name"], words), "note"))
    return Sheet(title, number, tuple(blocks), words.page, language)


def texts_of(sheet: Sheet) -> Iterator[str]:
    """Yield every text of a sheet from top to bottom, as it stands in Word and PDF alike."""
    for block in sheet.blocks:
        match block:
            case Text(text=text):
                yield text
            case Fields(fields=fields):
                for each in fields:
                    yield from (each.label, each.value)
            case Signature():
                yield from (block.label, block.behind)
            case Seal():
                yield from (block.agency, block.day)


def _record(
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    office: Mapping[str, str],
    words: Words,
    earlier: Mapping[str, str] | None,
) -> Iterator[Block]:
    del items, earlier
    yield Fields((Field(words.inspected, _of(said, "workplace")),))
    yield Fields((Field(words.address, _of(said, "address")),))
    yield Fields((Field(words.head, _of(said, "head")), Field(words.post, _of(said, "head_post"))))
    yield Fields((Field(words.phone, _of(said, "phone")),))
    yield Fields((Field(words.place, _of(said, "place")),))
    yield Fields((Field(words.time, words.from_to.format(*_minutes(said, words))),))
    officers = _officers(said)
    yield Text(
        words.we_are.format(
            agency=office["name"],
            officers=words.comma.join(post for post, _ in officers) or words.blank,
            certificates=words.comma.join(number or words.blank for _, number in officers) or words.blank,
            shown=words.shown if said.get("certificates_shown") == "yes" else words.not_shown,
        )
    )
    yield Text(words.findings, "part")
    for line in _lines(_of(said, "findings")) or [words.blank]:
        yield Text(line)


def _what_was_found(
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    words: Words,
    earlier: Mapping[str, str] | None,
    sentence: str,
) -> Iterator[Block]:
    """To whom a decision or order goes, and the items that the inspection before it found."""
    yield Text(words.to.format(_of(said, "workplace") or words.blank), "recipient")
    record = words.by_record.format(**_named(earlier, words)) if earlier else ""
    yield Text(sentence.format(day=day_text(_of(said, "found_on"), words), record=record))
    yield from _item_lines(items, words)


def _decision(
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    office: Mapping[str, str],
    words: Words,
    earlier: Mapping[str, str] | None,
) -> Iterator[Block]:
    yield from _what_was_found(said, items, words, earlier, words.decision_found)
    yield Text(words.decision_basis.format(basis=_of(said, "basis") or words.blank))
    for line in _lines(_of(said, "measures")) or [words.blank]:
        yield Text(line)
    yield Text(_remedy(office, words, words.this_decision))


def _order(
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    office: Mapping[str, str],
    words: Words,
    earlier: Mapping[str, str] | None,
) -> Iterator[Block]:
    yield from _what_was_found(said, items, words, earlier, words.order_found)
    for deadline, numbers in _by_day(items, "deadline_on"):
        yield Text(words.order_by.format(items=words.comma.join(map(str, numbers)), day=day_text(deadline, words)))
    if _of(said, "basis"):
        yield Text(words.order_basis.format(basis=_of(said, "basis")))
    yield Text(words.liability)
    yield Text(_remedy(office, words, words.this_order))


def _recheck(
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    office: Mapping[str, str],
    words: Words,
    earlier: Mapping[str, str] | None,
) -> Iterator[Block]:
    del office
    yield Text(words.to.format(_of(said, "workplace") or words.blank), "recipient")
    yield Text(
        words.recheck_of.format(**_named(earlier or {}, words), recheck_day=day_text(_of(said, "recheck_on"), words))
    )
    for number, item in enumerate(items, start=1):
        result = {"done": words.done, "not_done": words.not_done}.get(str(item.get("result")), words.blank)
        yield Text(words.item.format(number=number, text=f"{_sentence(item, words)}{words.dash}{result}"), "item")
        if item.get("result") == "not_done":
            yield Text(
                words.still.format(
                    reason=str(item.get("reason") or words.blank), day=day_text(_of(item, "new_deadline_on"), words)
                )
            )
    yield Text(words.opinion.format(_of(said, "opinion") or words.blank))


def _referral(
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    office: Mapping[str, str],
    words: Words,
    earlier: Mapping[str, str] | None,
) -> Iterator[Block]:
    yield Text(words.to.format(_of(said, "to_name") or words.blank), "recipient")
    record = words.papers_made.format(**_named(earlier, words)) if earlier else ""
    yield Text(
        words.referral_case.format(
            case=_of(said, "case") or words.blank, workplace=_of(said, "workplace"), record=record
        )
    )
    yield from _item_lines(items, words)
    yield Text(
        words.referral_reason.format(
            reason=_of(said, "reason").rstrip("。；;.") or words.blank, basis=_of(said, "basis") or words.blank
        )
    )
    materials = _lines(_of(said, "materials"))
    yield Text(words.materials, "part")
    for number, line in enumerate(materials or [words.blank], start=1):
        yield Text(words.item.format(number=number, text=line), "item")
    for label, name in (
        (words.office_address, "address"),
        (words.contact, "contact_post"),
        (words.phone, "contact_phone"),
    ):
        yield Text(f"{label}{words.gap}{office.get(name) or words.blank}", "recipient")


def _hands(kind: str, said: Mapping[str, Any], words: Words, drawn: Mapping[str, str]) -> Iterator[Block]:
    """The lines to sign on: in a record the officers' first, in the others too, each with the certificate in print."""
    officers = _officers(said) or [("", ""), ("", "")]
    if drawn.get("inspector"):
        # One signature was drawn for the officers together.
        numbers = words.comma.join(number for _, number in officers if number)
        behind = words.certificate.format(numbers) if numbers else ""
        fits = len(behind) <= _MOST_BEHIND
        yield Signature(words.officers_sign, drawn["inspector"], behind if fits else "")
        if not fits:
            yield Text(behind, "recipient")
    else:
        for position, (_, number) in enumerate(officers):
            label = words.officers_sign if position == 0 else ""
            yield Signature(label, "", words.certificate.format(number or words.blank))
    if kind == REFERRAL:
        yield Signature(words.receiver_signs, "", words.date_blank)
        return
    label = words.workplace_signs if kind == RECORD else words.workplace_receives
    yield Signature(label, drawn.get("workplace", ""), words.date_blank)
    refused = {"refused": words.refused, "absent": words.absent}.get(_of(said, "signed_how"), "")
    if refused:
        yield Text(refused.format(_of(said, "unsigned_why") or words.blank))


def _remedy(office: Mapping[str, str], words: Words, paper: str) -> str:
    return words.remedy.format(
        paper=paper, review=office.get("review_body") or words.blank, court=office.get("court") or words.blank
    )


def _item_lines(items: Sequence[Mapping[str, Any]], words: Words) -> Iterator[Text]:
    for number, item in enumerate(items, start=1):
        basis = words.breaks.format(_of(item, "basis")) if _of(item, "basis") else ""
        yield Text(words.item.format(number=number, text=f"{_sentence(item, words)}{basis}{words.stop}"), "item")


def _sentence(item: Mapping[str, Any], words: Words) -> str:
    """The hazard in its spot, without the stop at its end."""
    text = _of(item, "text").rstrip("。；;.") or words.blank
    spot = _of(item, "spot")
    return words.at_spot.format(spot=spot, text=text) if spot and spot not in text else text


def _by_day(items: Sequence[Mapping[str, Any]], name: str) -> list[tuple[str, list[int]]]:
    days: dict[str, list[int]] = {}
    for number, item in enumerate(items, start=1):
        days.setdefault(_of(item, name), []).append(number)
    return sorted(days.items())


def _named(paper: Mapping[str, str], words: Words) -> dict[str, str]:
    return {
        "day": day_text(paper.get("day", ""), words),
        "title": _title(paper.get("kind", ""), words),
        "number": paper.get("number") or words.blank,
    }


def _title(kind: str, words: Words) -> str:
    if kind not in KIND:
        return words.blank
    return KIND[kind].title if words.reading == "" else KIND[kind].title_en


def _minutes(said: Mapping[str, Any], words: Words) -> tuple[str, str]:
    return minute_text(_of(said, "from_at"), words), minute_text(_of(said, "to_at"), words)


def _officers(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (str(each.get("post") or "").strip(), str(each.get("certificate") or "").strip())
        for each in said.get("officers") or ()
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _of(said: Mapping[str, Any], name: str) -> str:
    return str(said.get(name) or "").strip()
