"""Opening a file of orders: in which encoding people's spreadsheets saved it, nobody says."""

import codecs
from pathlib import Path
from typing import TextIO

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENOUGH = 1024 * 1024


def open_lines(path: Path) -> TextIO:
    """Open for `Connector.read_file`: line ends are left as they are, for cells over several lines."""
    with path.open("rb") as file:
        start = file.read(_ENOUGH)
    return path.open(encoding=encoding_of(start), errors="replace", newline="")


def encoding_of(start: bytes) -> str:
    """Tell from the first megabyte; what is not UTF-8 was saved by Excel on Windows."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
