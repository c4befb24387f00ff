"""A parcel that is called delivered and not there: how long to look before the team is told."""

from datetime import datetime, timedelta
from decimal import Decimal

SOONEST, LATEST = timedelta(hours=24), timedelta(hours=72)
"""Carriers scan a round of parcels before they ring: nearly all that are called delivered come within a day."""
DEAR = Decimal(150)
"""From this value on nobody waits longer than a day."""
_SATURDAY = 5
_USUAL = timedelta(hours=48)


def wait_until(delivered_at: datetime | None, *, total: Decimal, now: datetime) -> datetime:
    """Return when we stop waiting, `now` on the shop's clock: 24 to 72 hours after it was called delivered.

    At a weekend nobody delivers and nobody answers at the carrier's, so Saturday and Sunday do not count.
    Never in less than a few hours: whoever asks days later still looks once.
    """
    since = min(delivered_at or now, now).astimezone(now.tzinfo)
    until = since + (SOONEST if total >= DEAR else _USUAL)
    if until.weekday() >= _SATURDAY:
        until = min(until + timedelta(days=7 - until.weekday()), since + LATEST)
    return max(until, now + timedelta(hours=4))
