"""Hours of a customer's day, and working days where they live."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from passaparola.journeys.rules.values import Place

_SATURDAY = 5
_QUARTER = timedelta(minutes=15)


@lru_cache(maxsize=400)
def _holidays(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset({date(year, 1, 1)})


def is_working_day(day: date, country: str) -> bool:
    """Tell whether people work there on that day: no weekend, no public holiday of the whole country."""
    return day.weekday() < _SATURDAY and day not in _holidays(country or "IT", day.year)


def add_working_days(start: date, days: int, country: str) -> date:
    """Return the day so many working days later; from a day off, counting begins with the next working day."""
    day = start
    left = days
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day, country)
    return day


def on_working_day(day: date, country: str) -> date:
    """Return this day or the next one on which people work."""
    while not is_working_day(day, country):
        day += timedelta(days=1)
    return day


def at_hour(base: datetime, hour: time, place: Place, *, only_working_days: bool = False) -> datetime:
    """Return the first moment from `base` on at which it is that hour there."""
    day = base.astimezone(place.zone).date()
    while True:
        if only_working_days:
            day = on_working_day(day, place.country)
        for moment in _on_the_clock(day, hour, place):
            if moment >= base:
                return moment
        day += timedelta(days=1)


def within_hours(
    base: datetime, start: time, end: time, place: Place, *, only_working_days: bool = False
) -> datetime:
    """Return the first moment from `base` on that lies between the two hours there (they never go over midnight)."""
    local = base.astimezone(place.zone)
    day_is_good = not only_working_days or is_working_day(local.date(), place.country)
    if day_is_good and start <= local.time() < end:
        return base
    return at_hour(base, start, place, only_working_days=only_working_days)


def on_day(base: datetime, place: Place) -> datetime:
    """Return `base`, or the same time on the next working day there."""
    local = base.astimezone(place.zone)
    day = on_working_day(local.date(), place.country)
    return base if day == local.date() else _on_the_clock(day, local.time(), place)[0]


def _on_the_clock(day: date, hour: time, place: Place) -> list[datetime]:
    """Return when it is that hour there on that day: twice in the night in which the clocks go back."""
    moment = datetime.combine(day, hour, place.zone)
    # An hour that the clocks jump over in spring comes true a little later.
    while moment.astimezone(UTC).astimezone(place.zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        moment += _QUARTER
    return sorted({moment.astimezone(UTC), moment.replace(fold=1).astimezone(UTC)})
