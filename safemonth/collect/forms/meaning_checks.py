"""Whether the words of the column `safemonth` fit their questions, and what a clerk should know about the form."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from safemonth.collect.forms.design import FormDesign
from safemonth.collect.forms.meanings import (
    OF_A_GROUP,
    OF_INSPECTIONS,
    STARTS_INSPECTION,
    Meaning,
    nearest_meanings,
    read_meaning,
)
from safemonth.collect.forms.questions import FormNote, Question
from safemonth.lib.refusals import Refused, gettext_noop

# The lists that the office makes for each account; devices cannot get any other.
OFFICE_LISTS = frozenset({"units.csv", "workplaces.csv", "hazards.csv", "visits.csv"})
# An inspection must say who it is, when it was and whose it is; without the key its edits would be other inspections.
_NEEDED = (("key",), ("unit",), ("from_on", "started_at"))
_MAY_REPEAT = frozenset({"hazard.photo", "recheck.photo"})
# A return is one statement, so its fields cannot repeat.
_OF_A_RETURN = frozenset({"nil", "period_from", "period_to", "signed_by"})
# What @getodk/web-forms 0.22 shows as "unsupported".
_NOT_IN_BROWSERS = frozenset({"audio", "video", "file", "barcode"})


@dataclass(frozen=True)
class Cell:
    """One cell of the column: its row as Excel counts, and its words."""

    row: int
    text: str


def checked_meanings(cells: Mapping[str, Cell], design: FormDesign, *, indicators: Collection[str]) -> dict[str, str]:
    """Return the meaning of each path that has one, as stored (`Meaning.text`).

    `cells` maps a path of the form to its cell. Raises Refused with the row: `unknown_meaning` (with the nearest
    words), `meaning_misplaced` (the question's type cannot hold it, or it repeats where one value is
    needed), `meaning_twice` (one activity would have it twice, or a total stands beside its own parts).
    """
    found: dict[str, Meaning] = {}
    for path, cell in cells.items():
        meaning = read_meaning(cell.text, indicators=indicators)
        if meaning is None:
            near = nearest_meanings(cell.text, indicators=indicators)
            raise Refused(
                "unknown_meaning",
                gettext_noop("Row %(row)s, column “safemonth”: “%(text)s” is not known. Nearest: %(nearest)s."),
                row=cell.row,
                text=cell.text,
                nearest=", ".join(near) or "-",
            )
        _check_place(design.by_path.get(path), meaning, cell)
        found[path] = meaning
    texts = {path: meaning.text for path, meaning in found.items()}
    for path, meaning in found.items():
        _check_repeat(path, meaning, cells[path], design, texts)
    _check_twice(found, cells, design, texts)
    _check_groups(found, cells, design)
    _check_totals(found, cells, design)
    _check_inspection(found, cells, design)
    return texts


def form_notes(design: FormDesign, *, messages: Collection[str] = ()) -> tuple[FormNote, ...]:
    """Return what the clerk should know about a form that is accepted; `messages` are pyxform's own warnings."""
    return tuple(_notes(design, messages))


def _notes(design: FormDesign, messages: Collection[str]) -> Iterator[FormNote]:
    words = {text.partition("/")[0] for text in design.meanings.values()}
    if not design.meanings:
        yield FormNote(
            "counts_nothing",
            gettext_noop(
                "No question has a meaning in the column “safemonth”: answers are kept and shown, and nothing is counted."
            ),
        )
    elif design.purpose == "activity" and "from_on" not in words:
        yield FormNote(
            "no_day", gettext_noop("No question asks for the day (“from_on”): each answer will be asked about.")
        )
    elif design.purpose == "return" and not words & {"nil", "signed_by"}:
        yield FormNote("nothing_signed", gettext_noop("The return asks neither for “nil” nor for “signed_by”."))
    unknown = [name for name in design.media if name not in OFFICE_LISTS]
    if unknown:
        yield FormNote(
            "unknown_file",
            gettext_noop(
                "The form asks for %(names)s, which the office does not make: devices will show those lists empty."
            ),
            {"names": ", ".join(unknown)},
        )
    if design.languages != ("",) and "zh" not in design.languages:
        yield FormNote("no_chinese", gettext_noop("The form has no Chinese labels."))
    outside = [q.name for q in design.questions if q.type in _NOT_IN_BROWSERS and q.labels]
    if outside:
        yield FormNote(
            "not_in_browsers",
            gettext_noop("In a browser these questions cannot be answered, only in ODK Collect: %(names)s."),
            {"names": ", ".join(outside[:10])},
        )
    for message in messages:
        if "max-pixels" in message:
            continue  # pyxform wants photos made small; here they are evidence and come as they were taken
        yield FormNote(
            "pyxform_says", gettext_noop("pyxform says: %(message)s"), {"message": " ".join(message.split())}
        )


def _check_place(question: Question | None, meaning: Meaning, cell: Cell) -> None:
    if question is None or question.type not in meaning.types:
        raise Refused(
            "meaning_misplaced",
            gettext_noop("Row %(row)s: “%(text)s” cannot be held by a question of the type “%(type)s”."),
            row=cell.row,
            text=cell.text,
            type=question.type if question else "group",
        )


def _check_repeat(path: str, meaning: Meaning, cell: Cell, design: FormDesign, texts: Mapping[str, str]) -> None:
    repeats = design.repeats_around(path)
    starting = design.starting_repeats(texts)
    if (meaning.field in _OF_A_RETURN and repeats) or (meaning.is_single and repeats and repeats[-1] not in starting):
        raise Refused(
            "meaning_misplaced",
            gettext_noop("Row %(row)s: “%(text)s” has one value, and this question stands in a repeat."),
            row=cell.row,
            text=cell.text,
        )


def _check_twice(
    found: Mapping[str, Meaning], cells: Mapping[str, Cell], design: FormDesign, texts: Mapping[str, str]
) -> None:
    scopes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, meaning in found.items():
        if meaning.is_single:
            scopes[meaning.field, (design.repeats_around(path) or ("",))[-1]].append(path)
    for (word, _), paths in scopes.items():
        # Two questions for one field are right where only one of them is asked (townships one list, departments another).
        if len(paths) > 1 and not all(_is_conditional(path, design) for path in paths):
            raise Refused(
                "meaning_twice",
                gettext_noop("Rows %(rows)s: “%(text)s” stands more than once, and an activity has one."),
                rows=", ".join(str(cells[path].row) for path in paths),
                text=word,
            )


def _check_groups(found: Mapping[str, Meaning], cells: Mapping[str, Cell], design: FormDesign) -> None:
    """What belongs to one group (a hazard, an item, a recheck) stands there once."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, meaning in found.items():
        if meaning.field in OF_A_GROUP and meaning.field not in _MAY_REPEAT:
            groups[meaning.field, path.rpartition("/")[0]].append(path)
    for (word, _), paths in groups.items():
        if len(paths) > 1 and not all(design.by_path[path].relevant for path in paths):
            raise Refused(
                "meaning_twice",
                gettext_noop(
                    "Rows %(rows)s: “%(text)s” stands twice in one group; give each hazard a group of its own."
                ),
                rows=", ".join(str(cells[path].row) for path in paths),
                text=word,
            )


def _check_inspection(found: Mapping[str, Meaning], cells: Mapping[str, Cell], design: FormDesign) -> None:
    """A form that goes the inspections' way is one for that, says what it must, and counts nothing by itself."""
    words = {meaning.field for meaning in found.values()}
    strange = [path for path, meaning in found.items() if meaning.field in OF_INSPECTIONS]
    if design.purpose not in ("inspection", "recheck"):
        if strange:
            raise Refused(
                "meaning_misplaced",
                gettext_noop(
                    "Row %(row)s: “%(text)s” belongs in a form whose purpose (sheet “settings”) is inspection or recheck."
                ),
                row=cells[strange[0]].row,
                text=found[strange[0]].field,
            )
        return
    if not words & STARTS_INSPECTION:
        if strange:
            raise Refused(
                "inspection_incomplete",
                gettext_noop("The form asks about an inspection, and has no question for “%(words)s”."),
                words="workplace",
            )
        return
    missing = [" / ".join(names) for names in _NEEDED if not words & set(names)]
    if missing:
        raise Refused(
            "inspection_incomplete",
            gettext_noop("The form asks about an inspection, and has no question for “%(words)s”."),
            words=", ".join(missing),
        )
    counted = [path for path, meaning in found.items() if meaning.indicator]
    if counted:
        raise Refused(
            "counted_by_the_register",
            gettext_noop(
                "Row %(row)s: “%(text)s” would be counted twice; the numbers of an inspection come from its hazards."
            ),
            row=cells[counted[0]].row,
            text=found[counted[0]].text,
        )


def _check_totals(found: Mapping[str, Meaning], cells: Mapping[str, Cell], design: FormDesign) -> None:
    by_indicator: dict[str, list[str]] = defaultdict(list)
    for path, meaning in found.items():
        if meaning.indicator:
            by_indicator[meaning.text].append(path)
    for text, paths in by_indicator.items():
        for total in paths:
            formula = design.by_path[total].calculate
            for part in paths:
                name = design.by_path[part].name
                if part != total and re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", formula):
                    raise Refused(
                        "meaning_twice",
                        gettext_noop(
                            "Rows %(rows)s: “%(text)s” stands at a total and at its parts; it would be counted twice."
                        ),
                        rows=f"{cells[part].row}, {cells[total].row}",
                        text=text,
                    )


def _is_conditional(path: str, design: FormDesign) -> bool:
    around = [section.relevant for section in design.sections if path.startswith(f"{section.path}/")]
    return any([design.by_path[path].relevant, *around])
