"""The text of a .docx: what a reader of the printed page would see in its body."""

import re
from collections.abc import Iterator

from lxml import etree

from safemonth.collect.readers.letters.document import DocumentText, TextBuilder
from safemonth.lib.containers import OfficeZip, open_office_zip
from safemonth.lib.refusals import Refused, gettext_noop

# ECMA-376 part 1, 17: what is not on the page. `del` and `moveFrom` are tracked deletions; `instrText` is a
# field's code, not its result; `Fallback` says again what `Choice` says; `rt` is the reading over a character.
_NOT_SHOWN = re.compile(
    "del|moveFrom|delText|instrText|delInstrText|Fallback|rt|pPr|rPr|tblPr|trPr|tcPr|sectPr|sdtPr|footnoteReference|"
    "endnoteReference|annotationRef|commentReference"
)
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MOST_SPAN = 200  # Word has at most 63 columns; a larger gridSpan is damage or malice.


def text_of_docx(data: bytes, *, file_name: str) -> DocumentText:
    """Return the body of a .docx: paragraphs, tables, text boxes (after the paragraph that holds them).

    Inserted text is read, deleted and hidden text is not. Raises Refused `broken_document` and what
    `open_office_zip` refuses.
    """
    body = _body(open_office_zip(data, file_name=file_name), file_name=file_name)
    builder = TextBuilder()
    _add_blocks(body, builder)
    return builder.build("docx")


def _body(office: OfficeZip, *, file_name: str) -> etree._Element:
    names = office.namelist()
    name = next((name for name in names if name == "word/document.xml"), "") or next(
        (name for name in names if name.startswith("word/document") and name.endswith(".xml")), ""
    )
    if office.kind == "docx" and name:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(office.read(name), parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        body = None if root is None else next((child for child in root if _name(child) == "body"), None)
        if body is not None:
            return body
    raise Refused(
        "broken_document",
        gettext_noop("“%(file)s” is damaged inside. Open it in Word or WPS, save it again and send that."),
        file=file_name,
    )


def _name(element: etree._Element) -> str:
    """Return the local name: transitional and strict files differ only in the namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _add_blocks(parent: etree._Element, builder: TextBuilder) -> None:
    open_line = ""
    for element in parent:
        match _name(element):
            case "p":
                boxes: list[etree._Element] = []
                open_line += "".join(_signs(element, boxes))
                # A paragraph whose end was deleted in tracked changes runs on into the next.
                if not _is_end_deleted(element):
                    for line in open_line.split("\n"):
                        builder.add_line(line)
                    open_line = ""
                for box in boxes:
                    _add_blocks(box, builder)
            case "tbl":
                builder.add_line(open_line)
                open_line = ""
                builder.add_table(_rows(element))
            case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag":
                _add_blocks(element, builder)
    builder.add_line(open_line)


def _signs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the text inside a paragraph; text boxes met on the way go to `boxes`."""
    for child in element:
        name = _name(child)
        if _NOT_SHOWN.fullmatch(name) or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "txbxContent":
            boxes.append(child)
        else:
            yield from _signs(child, boxes)


def _child(element: etree._Element, *names: str) -> etree._Element | None:
    found: etree._Element | None = element
    for name in names:
        found = None if found is None else next((child for child in found if _name(child) == name), None)
    return found


def _attribute(element: etree._Element | None, name: str) -> str | None:
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), None)


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and _attribute(element, "val") not in ("0", "false", "off")


def _is_hidden(run: etree._Element) -> bool:
    marks = ("vanish", "strike", "dstrike")
    return any(_is_on(_child(run, "rPr", mark)) for mark in marks)


def _is_end_deleted(paragraph: etree._Element) -> bool:
    return _child(paragraph, "pPr", "rPr", "del") is not None


def _rows(table: etree._Element) -> list[list[str]]:
    rows = []
    for row in _inside(table, "tr"):
        if _child(row, "trPr", "del") is not None:
            continue
        cells: list[str] = []
        for cell in _inside(row, "tc"):
            merge = _child(cell, "tcPr", "vMerge")
            goes_on = merge is not None and _attribute(merge, "val") != "restart"
            cells.append("" if goes_on else _cell_text(cell))
            span = _attribute(_child(cell, "tcPr", "gridSpan"), "val") or "1"
            cells += [""] * (min(int(span), _MOST_SPAN) - 1 if span.isdecimal() else 0)
        rows.append(cells)
    return rows


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield rows or cells, also those inside content controls and insertions."""
    for child in parent:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _inside(child, name)


def _cell_text(cell: etree._Element) -> str:
    builder = TextBuilder()
    _add_blocks(cell, builder)
    return "\n".join(builder.lines)
