"""The sheets of an XLSForm as rows, from any of the files in which one comes. Plain Python."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import get_xlsform

from safemonth.lib.containers.kinds import checked_kind, suffix_of
from safemonth.lib.containers.office_zip import open_office_zip
from safemonth.lib.containers.text import decode_text
from safemonth.lib.refusals import Refused, gettext_noop

# The largest public XLSForms (WHO's, with thousands of choices) are below 1 MB.
MOST_FORM_BYTES = 5 * 1024 * 1024
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_YES = frozenset({"yes", "true", "true()", "1"})


@dataclass
class Sheets:
    """An XLSForm's sheets: for each its rows (header to text; empty rows kept, so that rows count as in Excel) and headers."""

    rows: dict[str, list[dict[str, Any]]]
    headers: dict[str, list[str]]
    sheet_names: list[str]

    @property
    def settings(self) -> dict[str, Any]:
        """The one row of the sheet `settings`; empty where there is none. Changing it changes the form."""
        rows = self.rows.setdefault("settings", [])
        if not rows:
            rows.append({})
        return rows[0]

    def content(self) -> dict[str, list[dict[str, str]]]:
        """Return what the form says, whatever file it came in: empty rows and cells left out."""
        return {
            name: [
                {key: str(value) for key, value in row.items() if value not in (None, "")}
                for row in rows
                if any(value not in (None, "") for value in row.values())
            ]
            for name, rows in self.rows.items()
        }

    def carry(self, column: str) -> dict[int, str]:
        """Make pyxform take a column of the survey through to the binds, with its row; return row to text.

        pyxform writes a column `bind::x` as an attribute `x` of the right question's bind, whatever groups, loops
        and aliases stand around it. Rows that are switched off (`disabled`) are left out.
        """
        headers = self.headers.get("survey", [])
        # One header with a double colon makes pyxform read all single colons as part of the name.
        carried = f"bind{'::' if any('::' in header for header in headers) else ':'}{column}"
        own = [header for header in headers if header_word(header) == column]
        rows = {}
        for number, row in enumerate(self.rows.get("survey", []), start=2):
            words = [str(row.pop(header)).strip() for header in own if row.get(header) not in (None, "")]
            is_off = any(header_word(key) == "disabled" and str(v).lower() in _YES for key, v in row.items())
            if any(words) and not is_off:
                rows[number] = " ".join(words)
                row[carried] = f"{number} {rows[number]}"
        self.headers["survey"] = [header for header in headers if header not in own] + ([carried] if rows else [])
        return rows

    def as_pyxform(self) -> dict[str, Any]:
        """Return the sheets as pyxform's `convert` takes them."""
        settings = self.rows.get("settings", [{}])
        headers = {**self.headers, "settings": list(settings[0]) if settings else []}
        return {
            **self.rows,
            **{f"{name}_header": [dict.fromkeys(headers.get(name, []))] for name in self.rows},
            "sheet_names": self.sheet_names,
        }


def read_sheets(data: bytes, *, file_name: str) -> Sheets:
    """Return the sheets of an XLSForm in .xlsx, .xls, .csv or Markdown.

    Raises Refused `form_not_readable` where there is no sheet `survey`, the file is over MOST_FORM_BYTES or is
    none of these, `form_mistake` where pyxform says why (a header twice), and what `checked_kind`,
    `open_office_zip` and `decode_text` refuse.
    """
    if len(data) > MOST_FORM_BYTES:
        raise Refused(
            "form_not_readable",
            gettext_noop("“%(file)s” has more than %(most)s MB; no form is so large."),
            file=file_name,
            most=MOST_FORM_BYTES // 2**20,
        )
    file_type, checked = _checked(data, file_name=file_name)
    try:
        definition = get_xlsform(BytesIO(checked), file_type=file_type)
    except PyXFormError as error:
        if "not recognized" in str(error):
            raise _not_readable(file_name) from error
        raise form_mistake(error) from error
    except Exception as error:
        # Damaged workbooks fail in openpyxl, xlrd or csv with many kinds of error.
        raise _not_readable(file_name) from error
    rows = {name: [dict(row) for row in getattr(definition, name) or ()] for name in _SHEETS}
    rows = {name: found for name, found in rows.items() if found}
    if not rows.get("survey"):
        raise _not_readable(file_name)
    headers = {name: _headers(getattr(definition, f"{name}_header"), rows[name]) for name in rows}
    return Sheets(rows=rows, headers=headers, sheet_names=list(definition.sheet_names or ()))


def form_mistake(error: Exception) -> Refused:
    """Return the refusal `form_mistake` that passes on what pyxform says is wrong, with its row where it names one."""
    return Refused(
        "form_mistake",
        gettext_noop("The form has a mistake; pyxform says: %(message)s"),
        message=" ".join(str(error).split())[:600] or type(error).__name__,
    )


def header_word(header: str) -> str:
    """Return a header as pyxform compares it: small letters, underscores for spaces."""
    return "_".join(header.split()).lower()


def _headers(given: Any, rows: list[dict[str, Any]]) -> list[str]:
    named = list(given[0]) if given else []
    return list(dict.fromkeys([*named, *(key for row in rows for key in row)]))


def _checked(data: bytes, *, file_name: str) -> tuple[str, bytes]:
    """Return which of pyxform's file types the bytes are, and bytes that are safe to open (text as UTF-8)."""
    kind = checked_kind(data, file_name=file_name)
    if kind == "xlsx":
        open_office_zip(data, file_name=file_name)
        return ".xlsx", data
    if kind == "xls":
        return ".xls", data
    if kind in ("csv", "txt", "tsv"):
        text, _ = decode_text(data)
        return (".csv" if suffix_of(file_name) == "csv" else ".md"), text.encode()
    raise _not_readable(file_name)


def _not_readable(file_name: str) -> Refused:
    return Refused(
        "form_not_readable",
        gettext_noop(
            "“%(file)s” is not a form: it needs a sheet “survey” with the columns type and name. Save it as .xlsx and try again."
        ),
        file=file_name,
    )
