"""WooCommerce's times: `date_paid_gmt` is UTC without saying so, `date_paid` is the shop's own clock."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from passaparola.inbound import reading

PAIRS = ("date_created", "date_modified", "date_paid", "date_completed")
LARGEST_OFFSET = timedelta(hours=15)


def read_time(thing: Mapping[str, Any], name: str) -> datetime | None:
    """Read `<name>_gmt`; old versions have only the shop's clock, its offset known from others."""
    in_utc = reading.time(thing.get(f"{name}_gmt"))
    if in_utc:
        return in_utc
    local = thing.get(name)
    return reading.time(local, _offset(thing)) if local else None


def _offset(thing: Mapping[str, Any]) -> timezone:
    """Return the shop's offset as any other pair of times shows it; UTC where none does."""
    for name in PAIRS:
        local, in_utc = reading.time(thing.get(name)), reading.time(thing.get(f"{name}_gmt"))
        if local and in_utc and abs(local - in_utc) < LARGEST_OFFSET:
            return timezone(timedelta(minutes=round((local - in_utc).total_seconds() / 60)))
    return UTC
