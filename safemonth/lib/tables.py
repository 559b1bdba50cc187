"""The first table of a simple file (.csv, .xlsx, .xls) as rows of texts, for lists that the office keeps itself."""

import csv
import io

from python_calamine import CalamineError, CalamineWorkbook

from safemonth.lib.containers import decode_text, kind_of, open_office_zip
from safemonth.lib.refusals import Refused, gettext_noop


def read_table(data: bytes, *, file_name: str) -> list[list[str]]:
    """Return the rows of a file's first sheet as texts (whole numbers without `.0`; blank cells empty).

    Raises Refused `not_a_table` for a document, and what `containers` refuses.
    """
    kind = kind_of(data, file_name=file_name)
    if kind in ("xlsx", "xls"):
        if kind == "xlsx":
            open_office_zip(data, file_name=file_name)
        try:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        except (CalamineError, OSError, ValueError) as error:
            raise Refused(
                "broken_workbook",
                gettext_noop("“%(file)s” cannot be opened as a workbook (%(error)s). Save it again and send that."),
                file=file_name,
                error=str(error)[:100],
            ) from error
        return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    if kind in ("csv", "tsv", "txt", "text"):
        text, _ = decode_text(data)
        delimiter = max(",\t;，", key=text[:2000].count)
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    raise Refused(
        "not_a_table", gettext_noop("“%(file)s” is not a table. Give an .xlsx, .xls or .csv file."), file=file_name
    )


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
