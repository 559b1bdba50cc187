"""The text of a web page: what a browser would show."""

import re

from lxml import etree

from safemonth.collect.readers.letters.document import DocumentText, TextBuilder
from safemonth.lib.containers import decode_text
from safemonth.lib.refusals import Refused, gettext_noop

_NOT_SHOWN = re.compile(
    "script|style|head|title|template|noscript|iframe|object|svg|math|select|textarea|button|del|s|strike|rt|rp"
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|"
    "html|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|mso-hide\s*:\s*all", re.IGNORECASE
)
# Space that only comes from the line breaks of the source stands between two signs of Chinese.
_SPACE_IN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef\d])")
_MOST_SPAN = 200


def text_of_html(data: bytes, *, file_name: str) -> DocumentText:
    """Return the shown text of a page, block by block; scripts, styles, hidden and struck-out text are left out.

    Raises Refused `broken_document` and what `decode_text` refuses.
    """
    text, _ = decode_text(data)
    # Decoded above; a wrong or missing declaration in the page must not matter.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Refused(
            "broken_document",
            gettext_noop("“%(file)s” is damaged inside. Open it in Word or WPS, save it again and send that."),
            file=file_name,
        )
    builder = TextBuilder()
    _add(root, builder)
    return builder.build("html")


def _add(root: etree._Element, builder: TextBuilder) -> None:
    """Walk the page without recursion: a page may nest thousands of elements."""
    line: list[str] = []

    def end_line() -> None:
        builder.add_line(_squeezed("".join(line)))
        line.clear()

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not name or _is_hidden(element, name):
                walker.skip_subtree()
                continue
            if _BLOCK.fullmatch(name):
                end_line()
            if name == "table" and _is_of_values(element):
                builder.add_table(_rows(element))
                walker.skip_subtree()
                continue
            line.append(element.text or "")
        else:
            if _BLOCK.fullmatch(name):
                end_line()
            if element is not root:
                line.append(element.tail or "")
    end_line()


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", _SPACE_IN_CHINESE.sub("", text)).strip()


def _is_hidden(element: etree._Element, name: str) -> bool:
    if _NOT_SHOWN.fullmatch(name) or "hidden" in element.attrib:
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _is_of_values(table: etree._Element) -> bool:
    """Return whether a table is one of values: a table with another inside lays out a page."""
    return next(table.iterdescendants("table"), None) is None


def _rows(table: etree._Element) -> list[list[str]]:
    rows: list[list[str]] = []
    below: dict[int, int] = {}  # column -> rows still covered by a cell that reaches down
    for row in table.iter("tr"):
        if _is_hidden(row, "tr"):
            continue
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while below.get(len(cells), 0):
                below[len(cells)] -= 1
                cells.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + wide):
                below[column] = high - 1
            cells += [_cell_text(cell), *[""] * (wide - 1)]
        for column in range(len(cells), max(below, default=-1) + 1):
            if below.get(column, 0):
                below[column] -= 1
        rows.append(cells)
    return rows


def _span(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "1").strip()
    return max(1, min(int(said), _MOST_SPAN)) if said.isdecimal() and len(said) < 5 else 1


def _cell_text(cell: etree._Element) -> str:
    builder = TextBuilder()
    _add(cell, builder)
    return "\n".join(builder.lines)
