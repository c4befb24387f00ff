"""Until when something may go back. Days are days at the shop; the last one counts whole.

A window begins on the day after the *last* parcel of the order arrived. Where nobody told us of an arrival
(an imported order), it is taken to be long after ordering: a doubt is the customer's gain.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from passaparola.tracking.rules.holidays import is_holiday

WITHDRAWAL_DAYS = 14
"""By law in the whole European Union (Directive 2011/83/EU, article 9)."""
ASSUMED_ARRIVAL = timedelta(days=30)
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """How an order came."""

    placed_at: datetime
    last_at: datetime | None = None
    """When the last parcel arrived; None while something is still to come, or nobody told."""
    some_at: datetime | None = None
    """When the first one arrived."""
    is_followed: bool = True
    """We know of parcels: that none has arrived is then a fact. False for orders nobody told us more of."""

    def counted_from(self, now: datetime) -> datetime | None:
        """Return the arrival from which a window counts; None while it has not begun."""
        if self.last_at or self.is_followed:
            return self.last_at
        assumed = self.placed_at + ASSUMED_ARRIVAL
        return assumed if assumed <= now else None


def last_day(arrived_at: datetime, days: int, zone: tzinfo) -> date:
    """Return the last day of a window of the shop's own choice."""
    return arrived_at.astimezone(zone).date() + timedelta(days=days)


def last_day_to_withdraw(arrived_at: datetime, zone: tzinfo, country: str) -> date:
    """Return the last day of the withdrawal by law.

    A period that would end on a Saturday, Sunday or public holiday ends with the next working day
    (Regulation (EEC, Euratom) 1182/71, article 3(4)).
    """
    day = last_day(arrived_at, WITHDRAWAL_DAYS, zone)
    while day.weekday() >= SATURDAY or is_holiday(day, country):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, days: int, country: str) -> date:
    """Return the day so many working days after `start`: when we promise a thing that people have to do."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and not is_holiday(day, country):
            days -= 1
    return day
