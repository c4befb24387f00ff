"""Public holidays, the movable ones included."""

from datetime import date

import pytest

from passaparola.tracking.rules.holidays import easter, is_holiday


@pytest.mark.parametrize(
    "day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)]
)
def test_easter_is_when_the_calendar_says(day):
    assert easter(day.year) == day


@pytest.mark.parametrize(
    ("day", "country"),
    [
        (date(2026, 4, 6), "IT"),
        (date(2026, 4, 25), "IT"),
        (date(2026, 10, 4), "IT"),
        (date(2026, 4, 3), "DE"),
        (date(2026, 5, 14), "FR"),
        (date(2026, 5, 4), "GB"),
        (date(2026, 8, 31), "GB"),
        (date(2026, 11, 26), "US"),
        (date(2026, 1, 1), "JP"),
    ],
)
def test_these_are_holidays(day, country):
    assert is_holiday(day, country)


@pytest.mark.parametrize(
    ("day", "country"), [(date(2025, 10, 4), "IT"), (date(2026, 4, 3), "IT"), (date(2026, 8, 3), "JP")]
)
def test_these_are_not(day, country):
    assert not is_holiday(day, country)
