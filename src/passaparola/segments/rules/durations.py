"""Lengths of time as people write them: `90 days`, `6 hours`, `1 week`."""

import re
from datetime import timedelta

UNITS = {
    "minutes": 60,
    "hours": 3600,
    "days": 86_400,
    "weeks": 7 * 86_400,
    "months": 30 * 86_400,
    "years": 365 * 86_400,
}
"""Seconds. Months and years are round figures: a segment is no calendar."""
LONGEST = timedelta(days=20 * 365)
_WRITTEN = re.compile(r"\s*(\d{1,6})\s*([a-z]+)\s*")


def parse(text: object) -> timedelta | None:
    """Return the length of time, or None where it is none, or longer than twenty years."""
    found = _WRITTEN.fullmatch(str(text).lower())
    if not found:
        return None
    unit = found[2] if found[2].endswith("s") else f"{found[2]}s"
    if unit not in UNITS:
        return None
    length = timedelta(seconds=int(found[1]) * UNITS[unit])
    return length if length <= LONGEST else None


def write(length: timedelta) -> str:
    """Return it in the largest unit that leaves nothing over; months and years are never guessed."""
    seconds = int(length.total_seconds())
    for unit in ("days", "hours", "minutes"):
        if seconds % UNITS[unit] == 0:
            count = seconds // UNITS[unit]
            return f"{count} {unit if count != 1 else unit[:-1]}"
    return f"{max(1, seconds // 60)} minutes"


def parts(text: object) -> tuple[str, str]:
    """Return amount and unit as a form shows them."""
    found = _WRITTEN.fullmatch(str(text).lower())
    if not found:
        return "", "days"
    unit = found[2] if found[2].endswith("s") else f"{found[2]}s"
    return found[1], unit if unit in UNITS else "days"
