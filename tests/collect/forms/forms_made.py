"""Forms made in tests: a sheet in a few lines."""

from functools import cache

from safemonth.collect.forms.builtin import builtin_forms
from safemonth.collect.forms.design import FormDesign
from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.lib.indicators import load_indicators

SETTINGS = """
| settings |
| | form_id | version |
| | trial | 1 |
"""


def design_from(*sheets: str, file_name: str = "trial.md") -> FormDesign:
    """Read an XLSForm given as Markdown tables; settings are added where none are given."""
    text = "\n".join(sheets)
    if "| settings |" not in text:
        text += SETTINGS
    return read_xlsform(text.encode(), file_name=file_name, indicators=load_indicators())


def survey(*rows: str, columns: str = "type | name | label") -> str:
    """A survey sheet from its rows."""
    return "\n".join(["| survey |", f"| | {columns} |", *(f"| | {row} |" for row in rows)])


@cache
def builtin(name: str) -> FormDesign:
    """A shipped form's design."""
    return read_xlsform(dict(builtin_forms())[f"{name}.md"], file_name=f"{name}.md", indicators=load_indicators())
