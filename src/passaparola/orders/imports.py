"""The outside of an import: the file's text, its bad rows, how far it is. No database here."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from passaparola.orders.connector import FileRow

_HEADER = ("line", "reason")
_LONGEST_CELL = 2_000
_FORMULA = {"=", "+", "-", "@"}
"""What spreadsheets take for one, also behind blanks and tabs."""


def digest_of(path: Path) -> str:
    """Name the file by its content: an unfinished import is taken up only by the very same one."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


class BadRows:
    """`<file>.errors.csv`: line, reason and the cells of every row that can't be read."""

    def __init__(self, path: Path, *, is_resumed: bool) -> None:
        """Go on with what an earlier start wrote, or begin anew."""
        self.path = path.with_name(f"{path.name}.errors.csv")
        self._begin(_rows_of(self.path) if is_resumed else [])

    def _begin(self, rows: Sequence[Sequence[str]]) -> None:
        self.path.unlink(missing_ok=True)
        self._is_open = False
        self._write(rows)

    def sort(self) -> int:
        """Put the rows in the file's order, each once (a stop may have let some come again); count them."""
        rows = {int(row[0]): row for row in _rows_of(self.path)} if self._is_open else {}
        self._begin([rows[line] for line in sorted(rows)])
        return len(rows)

    def add(self, rows: Sequence[FileRow]) -> None:
        """Write and flush: what is counted as dealt with is on the disk."""
        self._write([[str(row.line), row.reason, *_cells(row)] for row in rows])

    def _write(self, rows: Sequence[Sequence[str]]) -> None:
        if not rows:
            return
        with self.path.open("a", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            if not self._is_open:
                out.writerow([*_HEADER, "row"])
                self._is_open = True
            out.writerows(rows)


def _cells(row: FileRow) -> list[str]:
    """The row as it stood, safe to open in a spreadsheet: no cell may become a formula there."""
    cells = (cell[:_LONGEST_CELL] for cell in row.raw.values())
    return [f"'{cell}" if cell.lstrip()[:1] in _FORMULA else cell for cell in cells]


def _rows_of(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [row for row in csv.reader(file) if row and row[0].isdecimal()]
    except (OSError, csv.Error, UnicodeDecodeError):
        return []


@dataclass(frozen=True, slots=True)
class Progress:
    share: float
    """Between 0 and 1, of the file's bytes."""
    orders: int
    bad: int


Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Summary:
    orders: int
    """Good ones in the file."""
    new: int
    """Of them not known before."""
    bad: int
    errors_file: str
    """Empty where every row was good."""
    resumed_at: int
    """The line at which an earlier start had stopped; 0 where there was none."""
    seconds: float
