"""What is taken out of a document: one running text, and its tables as grids."""

from dataclasses import dataclass, field

# A cell longer than this that holds a whole sentence is prose laid out in a table (a form with one big
# box), not a value: it is read as text.
LONGEST_CELL = 60


@dataclass(frozen=True)
class DocumentTable:
    """A table of a document: `rows` of cell texts, and its place [start, end) in the document's text.

    Rows may have different lengths. A merged cell's text stands in its first place, the others are empty.
    """

    rows: tuple[tuple[str, ...], ...]
    start: int
    end: int


@dataclass(frozen=True)
class DocumentText:
    """The text of a document: paragraphs and table rows as lines, cells of a row divided by tabs.

    `format` is `docx`, `txt`, `html` or `pdf`. `tables` are the tables of values, in order; `pages_without_text`
    are the numbers (from 1) of a PDF's pages that hold only pictures.
    """

    text: str
    format: str
    tables: tuple[DocumentTable, ...] = ()
    pages_without_text: tuple[int, ...] = ()

    @property
    def grids(self) -> list[list[list[str]]]:
        """The tables as lists of rows of cell texts, as a sheet reader takes them."""
        return [[list(row) for row in table.rows] for table in self.tables]


@dataclass
class TextBuilder:
    """Gathers lines and tables in reading order and knows where each table stands."""

    lines: list[str] = field(default_factory=list)
    tables: list[DocumentTable] = field(default_factory=list)
    length: int = 0

    def add_line(self, line: str) -> None:
        """Add one line; a blank one is left out."""
        if line.strip():
            self.lines.append(line)
            self.length += len(line) + 1

    def add_table(self, rows: list[list[str]]) -> None:
        """Add a table: as a grid, or as paragraphs where it only lays out prose (`lays_out_prose`)."""
        rows = [[" ".join(cell.split()) for cell in row] for row in rows]
        rows = [row for row in rows if any(row)]
        if lays_out_prose(rows):
            for cell in (cell for row in rows for cell in row):
                self.add_line(cell)
            return
        start = self.length
        for row in rows:
            self.add_line("\t".join(row))
        if rows:
            self.tables.append(DocumentTable(tuple(map(tuple, rows)), start, self.length - 1))

    def build(self, format_: str, *, pages_without_text: tuple[int, ...] = ()) -> DocumentText:
        """Return the document."""
        return DocumentText("\n".join(self.lines), format_, tuple(self.tables), pages_without_text)


def lays_out_prose(rows: list[list[str]]) -> bool:
    """Return whether a table only lays out prose: one column, or a cell that holds a long sentence."""
    if all(sum(map(bool, row)) <= 1 for row in rows):
        return True
    return any(len(cell) > LONGEST_CELL and ("。" in cell or ". " in cell) for row in rows for cell in row)
