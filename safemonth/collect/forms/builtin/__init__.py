"""The office's own forms, as XLSForms in Markdown tables beside this file: the same that a clerk would make in Excel."""

from importlib.resources import files
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from safemonth.collect.forms.sheets import read_sheets

# In the order in which a clerk meets them.
NAMES = ("activity_report", "return", "village_stop", "inspection", "recheck", "supervision_visit")
_WIDEST_COLUMN = 60


def builtin_forms() -> list[tuple[str, bytes]]:
    """Return the shipped forms, each as a file name (`activity_report.md`) and the bytes of its XLSForm."""
    return [(f"{name}.md", files(__package__).joinpath(f"{name}.md").read_bytes()) for name in NAMES]


def xlsx_of(md: bytes) -> bytes:
    """Return an XLSForm in Markdown as an Excel file with the same sheets, to be changed and uploaded again.

    `read_xlsform` makes the same XForm from both. Raises Refused `form_not_readable` where the bytes are no XLSForm.
    """
    sheets = read_sheets(md, file_name="form.md")
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.rows.items():
        sheet = book.create_sheet(name)
        headers = sheets.headers[name]
        for row, cells in enumerate([dict(zip(headers, headers, strict=True)), *rows], start=1):
            for column, header in enumerate(headers, start=1):
                if (value := cells.get(header)) is None:
                    continue
                cell = sheet.cell(row=row, column=column, value=str(value))
                cell.data_type = "s"  # a rule that starts with = is no formula of Excel
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if row == 1:
                    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8F3")
        for column, header in enumerate(headers, start=1):
            longest = max(len(str(row.get(header) or "")) for row in [{header: header}, *rows])
            # A Chinese sign is as wide as two Latin ones.
            sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST_COLUMN, 4 + longest * 1.4)
        sheet.freeze_panes = "C2" if name == "survey" else "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
