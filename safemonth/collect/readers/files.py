"""Which reader reads a file. Plain Python."""

from safemonth.collect.readers.answers import read_answers
from safemonth.collect.readers.forms import read_form
from safemonth.collect.readers.known import Known
from safemonth.collect.readers.letters import read_letter
from safemonth.collect.readers.reading import Reading
from safemonth.collect.readers.sheets import read_sheet
from safemonth.lib.containers import kind_of

# Goes up when a reader changes what it makes of a file; kept with every reading.
READER_VERSION = "1"

SHEET_KINDS = frozenset({"xlsx", "xlsm", "xls", "csv", "tsv"})


def channel_of(data: bytes, *, file_name: str) -> str:
    """Return `sheet`, `letter` or `web`: by which door a file comes in."""
    if file_name.endswith(".form.json"):
        return "web"
    return "sheet" if kind_of(data, file_name=file_name) in SHEET_KINDS else "letter"


def read_file(data: bytes, *, file_name: str, channel: str, known: Known) -> Reading:
    """Return what a file claims; raises Refused with where and what to do, and nothing else."""
    match channel:
        case "web":
            return read_form(data, file_name=file_name)
        case "form":
            return read_answers(data, known=known)
        case "sheet":
            return read_sheet(data, file_name=file_name, known=known)
        case _:
            return read_letter(data, file_name=file_name, known=known)
