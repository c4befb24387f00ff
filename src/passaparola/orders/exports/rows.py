"""Rows of a CSV file, whatever its delimiter, with the damage contained.

An unclosed quote makes everything up to the next quote one cell, and so swallows good rows. A record over
several lines whose cells don't fit the header is therefore taken apart: its first line is the bad row, and
reading goes on with the second.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

DELIMITERS = ",;\t|"


class UnreadableRowError(ValueError):
    """A row can't be understood; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that is no row."""

    text: str
    reason: str = "The row can't be taken apart: a quotation mark is opened and not closed."


@dataclass(frozen=True, slots=True)
class Table:
    header: list[str]
    delimiter: str
    rows: Iterator[tuple[int, list[str] | Damage]]
    """The line at which each row starts, and its cells."""


def read_table(lines: Iterable[str]) -> Table | None:
    """Open a table at its header, the first line that is not empty; None for an empty file."""
    source = iter(lines)
    for number, line in enumerate(source, 1):
        first = line.lstrip("\ufeff") if number == 1 else line
        if first.strip(" \t\r\n,;|"):
            delimiter = max(DELIMITERS, key=first.count)
            feed = _Feed(chain([first], source), number - 1)
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            header = next(_records(reader, feed, delimiter), (0, []))[1]
            names = [name.strip() for name in header] if isinstance(header, list) else [""]
            return Table(names, delimiter, _records(reader, feed, delimiter, len(names)))
    return None


class _Feed:
    """Hands lines to the csv reader and remembers those of the record under way, to take them back."""

    def __init__(self, lines: Iterator[str], before: int) -> None:
        self._lines = lines
        self._returned: deque[str] = deque()
        self._taken: list[str] = []
        self._number = before

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._lines)
        if "\x00" in line:
            line = line.replace("\x00", "")
        self._taken.append(line)
        return line

    def begin(self) -> int:
        """Return the line at which the next record starts; what was taken before is done with."""
        self._number += len(self._taken)
        self._taken.clear()
        return self._number + 1

    @property
    def is_several_lines(self) -> bool:
        return len(self._taken) > 1

    def keep_first_only(self) -> str:
        """Give back all lines of this record but the first, and return that."""
        self._returned.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        return self._taken[0] if self._taken else ""


def _records(
    reader: Iterator[list[str]], feed: _Feed, delimiter: str, width: int = 0
) -> Iterator[tuple[int, list[str] | Damage]]:
    """`width` 0: the header, whose width is not known yet."""
    while True:
        line = feed.begin()
        try:
            cells = next(reader)
            fits = not width or not feed.is_several_lines or len(cells) == width
        except StopIteration:
            return
        except csv.Error:
            cells, fits = [], False
        if fits:
            if any(cells):
                yield line, cells
            continue
        text = feed.keep_first_only()
        alone = _read_alone(text, delimiter)
        yield line, (alone if len(alone) == width else Damage(text))


def _read_alone(text: str, delimiter: str) -> list[str]:
    """Read one line by itself and forgivingly: `"Vaso "Luna"",3` is wrong, yet clear. Empty if it isn't."""
    try:
        cells = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [] if any("\n" in cell for cell in cells) else cells
