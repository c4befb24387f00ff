"""Public holidays on which nobody delivers: Italy's, and those of where Italian shops send most.

Only days that hold for a whole country. Of countries not listed we know New Year's Day and nothing else.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

ITALY_KEEPS_SAN_FRANCESCO_FROM = 2026
"""Law 151/2025 made 4 October a public holiday again."""

_FIXED = {
    "AT": "1-1 1-6 5-1 8-15 10-26 11-1 12-8 12-25 12-26",
    "BE": "1-1 5-1 7-21 8-15 11-1 11-11 12-25",
    "CH": "1-1 8-1 12-25",
    "DE": "1-1 5-1 10-3 12-25 12-26",
    "DK": "1-1 12-25 12-26",
    "ES": "1-1 1-6 5-1 8-15 10-12 11-1 12-6 12-8 12-25",
    "FR": "1-1 5-1 5-8 7-14 8-15 11-1 11-11 12-25",
    "GB": "1-1 12-25 12-26",
    "IE": "1-1 3-17 12-25 12-26",
    "IT": "1-1 1-6 4-25 5-1 6-2 8-15 11-1 12-8 12-25 12-26",
    "LU": "1-1 5-1 5-9 6-23 8-15 11-1 12-25 12-26",
    "NL": "1-1 12-25 12-26",
    "PL": "1-1 1-6 5-1 5-3 8-15 11-1 11-11 12-25 12-26",
    "PT": "1-1 4-25 5-1 6-10 8-15 10-5 11-1 12-1 12-8 12-25",
    "SE": "1-1 1-6 5-1 6-6 12-25 12-26",
    "US": "1-1 6-19 7-4 11-11 12-25",
}

GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI = -2, 1, 39, 50, 60
_AROUND_EASTER = {
    "AT": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI),
    "BE": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "CH": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "DE": (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "DK": (GOOD_FRIDAY - 1, GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "ES": (GOOD_FRIDAY,),
    "FR": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "GB": (GOOD_FRIDAY, EASTER_MONDAY),
    "IE": (EASTER_MONDAY,),
    "IT": (EASTER_MONDAY,),
    "LU": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "NL": (EASTER_MONDAY, ASCENSION, WHIT_MONDAY),
    "PL": (EASTER_MONDAY, CORPUS_CHRISTI),
    "PT": (GOOD_FRIDAY, CORPUS_CHRISTI),
    "SE": (GOOD_FRIDAY, EASTER_MONDAY, ASCENSION),
}

MONDAY, THURSDAY = 0, 3


def _nth(month: int, weekday: int, which: int) -> Callable[[int], date]:
    """Name the first, second … such weekday of a month; -1 is the last."""

    def of(year: int) -> date:
        if which > 0:
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
        end = date(year, month + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)

    return of


_BY_WEEKDAY: dict[str, tuple[Callable[[int], date], ...]] = {
    "GB": (_nth(5, MONDAY, 1), _nth(5, MONDAY, -1), _nth(8, MONDAY, -1)),
    "IE": (_nth(5, MONDAY, 1), _nth(6, MONDAY, 1), _nth(8, MONDAY, 1), _nth(10, MONDAY, -1)),
    "US": (
        _nth(1, MONDAY, 3),
        _nth(2, MONDAY, 3),
        _nth(5, MONDAY, -1),
        _nth(9, MONDAY, 1),
        _nth(11, THURSDAY, 4),
    ),
}


def is_holiday(day: date, country: str) -> bool:
    """Tell whether this is a public holiday there; Sundays are another matter."""
    return day in _holidays(day.year, country)


@cache
def _holidays(year: int, country: str) -> frozenset[date]:
    fixed = (text.split("-") for text in _FIXED.get(country, "1-1").split())
    days = {date(year, int(month), int(day)) for month, day in fixed}
    days.update(easter(year) + timedelta(days=offset) for offset in _AROUND_EASTER.get(country, ()))
    days.update(of(year) for of in _BY_WEEKDAY.get(country, ()))
    if country == "IT" and year >= ITALY_KEEPS_SAN_FRANCESCO_FROM:
        days.add(date(year, 10, 4))
    return frozenset(days)


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
