"""Times as carriers give them: with an offset or without, off a wall clock, in milliseconds, a day only."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from passaparola.inbound.reading import is_on_earth

ROME = ZoneInfo("Europe/Rome")

_OLDEST, _NEWEST = date(2000, 1, 1), date(2100, 1, 1)
"""No parcel is older. Times outside are errors, and some of them can't even be turned into UTC."""
_MILLISECONDS_FROM = 10**11
"""As seconds it would be the year 5138."""


def moment(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """Read an ISO 8601 time, or seconds or milliseconds since 1970; without an offset it is `zone`'s."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _from_epoch(value, zone)
    if not isinstance(value, str):
        return None
    written = value.strip()
    if re.fullmatch(r"[0-9]{10,13}", written):
        return _from_epoch(int(written), zone)
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    if not _OLDEST <= read.date() < _NEWEST or not is_on_earth(read):
        return None
    return settled(read if read.tzinfo else read.replace(tzinfo=zone))


def has_clock(value: Any) -> bool:
    """Tell `2026-03-05T00:00` (or a number) from `2026-03-05`."""
    return not isinstance(value, str) or len(value.strip()) > len("2026-03-05")


def _from_epoch(value: float | Decimal, zone: tzinfo) -> datetime | None:
    if not 0 < value < _MILLISECONDS_FROM * 1000:  # also refuses what is no number
        return None
    seconds = value / 1000 if value > _MILLISECONDS_FROM else value
    at = datetime.fromtimestamp(float(seconds), zone)
    return settled(at) if _OLDEST <= at.date() < _NEWEST else None


def settled(at: datetime) -> datetime:
    """Fix the offset: two times in one named zone compare by the clock on the wall, wrongly in autumn.

    An hour that spring skips becomes the one that the clocks showed.
    """
    there = at.astimezone(UTC).astimezone(at.tzinfo)
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta()), fold=0)


def local(day: date, clock: time | None, zone: tzinfo, after: datetime | None = None) -> datetime:
    """Return a time read from a wall clock.

    In the doubled hour of autumn the first is meant, unless the scan before was later than that.
    """
    naive = datetime.combine(day, clock or time())
    at = settled(naive.replace(tzinfo=zone))
    if after is not None and at < after:
        second = settled(naive.replace(tzinfo=zone, fold=1))
        return second if second >= after else at
    return at


def clock_in(written: str) -> time | None:
    """Read `10:30`, `14.30`, `1430` or `8:05:10`; None where no time of day stands there."""
    match = re.fullmatch(r"(\d{1,2})[:.,h]?(\d{2})(?:[:.](\d{2}))?", written.strip())
    if match is None:
        return None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        return None
