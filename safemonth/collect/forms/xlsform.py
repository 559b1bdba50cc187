"""A form that a clerk designed in Excel becomes the XForm that devices fill, with what its questions stand for.

pyxform does the conversion; this adds one column to it: `safemonth` on the survey sheet (`meanings`), and the
settings `safemonth_purpose`, `safemonth_kind` and `safemonth_title_en`. Plain Python.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePath

from lxml import etree
from pyxform.xls2xform import convert

from safemonth.collect.forms.design import FormDesign, design_of
from safemonth.collect.forms.meaning_checks import Cell, checked_meanings, form_notes
from safemonth.collect.forms.meanings import KINDS, PURPOSES
from safemonth.collect.forms.sheets import Sheets, form_mistake, header_word, read_sheets
from safemonth.collect.forms.xform import attribute_of, plain_path
from safemonth.collect.forms.xml import local_name, open_xml
from safemonth.lib.digests import canonical_json, sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop

COLUMN = "safemonth"
# What a record of a form and its version holds (`models`).
LONGEST_ID, LONGEST_VERSION = 120, 60
_OWN_SETTINGS = frozenset({"safemonth_purpose", "safemonth_kind", "safemonth_title_en"})


def read_xlsform(data: bytes, *, file_name: str, indicators: Collection[str]) -> FormDesign:
    """Return the design of a form made as an XLSForm (.xlsx, .xls, .csv, or pyxform's tables in Markdown, .md).

    `indicators` are the codes that the column `safemonth` may name. The same content always gives the same
    XForm, byte for byte; a form without an id is called by its file's name, one without a version gets the first 12 digits of
    its content's SHA-256. A form without the column is accepted, and a warning says that it counts nothing. Raises Refused:
    `form_not_readable` (no such file, or no XLSForm), `form_mistake` (pyxform's own message),
    `form_without_id`, `id_too_long`, `unknown_purpose`, `unknown_kind`, `unknown_meaning`, `meaning_twice`,
    `meaning_misplaced`, and what `checked_kind` and `open_office_zip` refuse.
    """
    sheets = read_sheets(data, file_name=file_name)
    settings = sheets.settings
    own = {header_word(key): str(value).strip() for key, value in settings.items() if value is not None}
    form_id = own.get("form_id") or own.get("id_string") or own.get("set_form_id")
    if not form_id:
        # As pyxform and ODK Central do: a form from the wild is called by its file.
        form_id = settings["form_id"] = PurePath(file_name).stem.strip()
    if not form_id:
        raise Refused(
            "form_without_id",
            gettext_noop("The form has no id. Give it one on the sheet “settings”, in the column “form_id”."),
        )
    if len(form_id) > LONGEST_ID or len(own.get("version", "")) > LONGEST_VERSION:
        raise Refused(
            "id_too_long",
            gettext_noop("On the sheet “settings”: “form_id” has at most %(id)s characters, “version” %(version)s."),
            id=LONGEST_ID,
            version=LONGEST_VERSION,
        )
    purpose = _one_of(own.get("safemonth_purpose") or "activity", PURPOSES, code="unknown_purpose")
    kind = _one_of(own["safemonth_kind"], KINDS, code="unknown_kind") if own.get("safemonth_kind") else ""
    if not own.get("version"):
        settings["version"] = sha256_hex(canonical_json(sheets.content()).encode())[:12]
    for key in [key for key in settings if header_word(key) in _OWN_SETTINGS]:
        del settings[key]
    rows = sheets.carry(COLUMN)
    xform, messages = _converted(sheets)
    xform, cells = _take_out_cells(xform)
    lost = rows.keys() - {cell.row for cell in cells.values()}
    if lost:
        raise Refused(
            "meaning_misplaced",
            gettext_noop("Row %(row)s has “%(text)s” in the column “safemonth”, but it is no question."),
            row=min(lost),
            text=rows[min(lost)],
        )
    bare = design_of(xform, meanings={}, purpose=purpose, kind=kind)
    meanings = checked_meanings(cells, bare, indicators=indicators)
    design = design_of(xform, meanings=meanings, purpose=purpose, kind=kind)
    titles = {**design.titles, **({"en": own["safemonth_title_en"]} if own.get("safemonth_title_en") else {})}
    return replace(design, titles=titles, warnings=form_notes(design, messages=messages))


def _one_of(word: str, known: Collection[str], *, code: str) -> str:
    found = header_word(word)
    if found not in known:
        raise Refused(
            code,
            gettext_noop("“%(word)s” on the sheet “settings” is not known. It can be: %(known)s."),
            word=word,
            known=", ".join(known),
        )
    return found


def _converted(sheets: Sheets) -> tuple[bytes, list[str]]:
    """Return the XForm that pyxform makes, and its warnings."""
    messages: list[str] = []
    try:
        result = convert(sheets.as_pyxform(), warnings=messages)
    except Exception as error:
        # Besides its own error, pyxform meets some mistakes (a cell where none belongs) with whatever error comes
        # first; the form is at fault all the same, and the clerk must hear of it.
        raise form_mistake(error) from error
    return result.xform.encode(), messages


def _take_out_cells(xform: bytes) -> tuple[bytes, dict[str, Cell]]:
    """Return the XForm without the carried cells, and the cells by path."""
    root = open_xml(xform, code="form_not_readable")
    cells = {}
    for bind in root.iter():
        if local_name(bind) == "bind" and COLUMN in bind.attrib:
            row, _, text = str(bind.attrib.pop(COLUMN)).partition(" ")
            cells[plain_path(attribute_of(bind, "nodeset"))] = Cell(row=int(row), text=text)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), cells
