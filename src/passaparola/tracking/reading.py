"""Lines of text out of carriers' answers, cut to what our rows hold."""

from collections.abc import Mapping
from typing import Any

from passaparola.inbound.reading import text

WORDS, PLACE, NAME, CODE = 500, 160, 120, 60
"""The lengths of the columns that these end up in."""


def line(value: Any, longest: int = WORDS) -> str:
    """Return one line without doubled blanks: carriers pad with blanks and break lines inside."""
    return " ".join(text(value).split())[:longest].strip()


def first_line(record: Mapping[str, Any], *names: str, longest: int = WORDS) -> str:
    """Return the first of these fields that says something."""
    return next((said for name in names if (said := line(record.get(name), longest))), "")
