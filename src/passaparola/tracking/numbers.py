"""Tracking numbers that carry a check digit."""

import re
import unicodedata
from typing import Any

from passaparola.inbound.reading import text

LONGEST_NUMBER = 64

_S10 = re.compile(r"([A-Z]{2})(\d{8})(\d)([A-Z]{2})")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def s10_country(number: str) -> str:
    """Return the country of a postal number after UPU S10 (`RR123456785IT`), empty for another shape.

    Says nothing about the check digit.
    """
    match = _S10.fullmatch(number)
    return match[4] if match else ""


def is_valid_s10(number: str) -> bool:
    """Tell whether the check digit of a postal number is right (UPU standard S10, modulo 11)."""
    match = _S10.fullmatch(number)
    if match is None:
        return False
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, match[2], strict=True)) % 11
    return int(match[3]) == {10: 0, 11: 5}.get(rest, rest)


def in_path(number: str) -> str:
    """Return the number as one part of a path; whatever could lead elsewhere (`..`, `/`) is dropped."""
    return re.sub(r"[^A-Z0-9-]", "", number_in(number))


def number_in(value: Any) -> str:
    """Return a tracking number as we keep it: upper case, without blanks; empty where there is none."""
    shown = unicodedata.normalize("NFKC", text(value, 120))
    return "".join(shown.split()).upper()[:LONGEST_NUMBER]
