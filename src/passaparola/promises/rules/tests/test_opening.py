"""The clock of a shop: lunch, weekends, holidays, and the two nights on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from passaparola.promises.rules.opening import (
    USUAL,
    NeverOpenError,
    Opening,
    after_days,
    after_open_hours,
    after_working_days,
    end_of,
    open_time,
    read_week,
)

ROME = ZoneInfo("Europe/Rome")
USUALLY = Opening(zone=ROME)


def there(text: str, zone: ZoneInfo = ROME) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.parametrize(
    ("since", "span", "due"),
    [
        ("2026-11-18 10:00", 2, "2026-11-18 12:00"),
        ("2026-11-18 12:00", 2, "2026-11-18 15:30"),  # over lunch
        ("2026-11-18 12:00", 1, "2026-11-18 13:00"),  # up to lunch, not after it
        ("2026-11-18 13:30", 1, "2026-11-18 15:30"),  # said at lunch
        ("2026-11-20 18:00", 1, "2026-11-23 09:30"),  # Friday evening
        ("2026-11-21 15:00", 8, "2026-11-23 18:30"),  # Saturday
        ("2026-11-18 23:59", 8, "2026-11-19 18:30"),
    ],
)
def test_only_open_hours_count(since: str, span: float, due: str) -> None:
    assert after_open_hours(there(since), hours(span), USUALLY) == there(due)


def test_a_holiday_is_no_day() -> None:
    closed = Opening(zone=ROME, closed=frozenset({date(2026, 12, 8)}))

    assert after_open_hours(there("2026-12-07 18:00"), hours(1), closed) == there("2026-12-09 09:30")
    assert after_working_days(there("2026-12-07 10:00"), 1, closed) == there("2026-12-10 00:00")


def test_the_day_itself_is_not_counted() -> None:
    assert after_working_days(there("2026-11-18 10:00"), 2, USUALLY) == there("2026-11-21 00:00")
    assert after_working_days(there("2026-11-20 10:00"), 1, USUALLY) == there("2026-11-24 00:00")
    assert after_working_days(there("2026-11-18 10:00"), 0, USUALLY) == there("2026-11-19 00:00")
    assert after_working_days(there("2026-11-21 10:00"), 0, USUALLY) == there("2026-11-24 00:00")
    assert after_days(there("2026-11-18 10:00"), 14, ROME) == there("2026-12-03 00:00")


def test_the_night_of_25_hours_has_an_hour_more_and_the_one_of_23_an_hour_less() -> None:
    always = Opening(zone=ROME, week=(((time(0), time(0)),),) * 7)

    autumn = after_open_hours(there("2026-10-24 12:00"), hours(24), always)
    spring = after_open_hours(there("2026-03-28 12:00"), hours(24), always)

    assert autumn == there("2026-10-25 11:00")
    assert spring == there("2026-03-29 13:00")
    assert open_time(there("2026-10-25 00:00"), there("2026-10-26 00:00"), always) == hours(25)


def test_days_end_at_midnight_there_whatever_the_clocks_did() -> None:
    assert end_of(date(2026, 10, 25), ROME) == there("2026-10-26 00:00")
    assert after_days(there("2026-03-28 12:00"), 1, ROME) == there("2026-03-30 00:00")


def test_a_shop_that_never_opens_says_so() -> None:
    never = Opening(zone=ROME, week=((),) * 7)

    with pytest.raises(NeverOpenError):
        after_open_hours(there("2026-11-18 10:00"), hours(1), never)
    with pytest.raises(NeverOpenError):
        after_working_days(there("2026-11-18 10:00"), 1, never)


def test_hours_that_cannot_be_read_are_the_usual_ones() -> None:
    assert read_week([[["09:00", "25:00"]]] * 7) == USUAL
    assert read_week([]) == USUAL
    assert read_week([[["10:00", "12:00"]]] * 7)[6] == ((time(10), time(12)),)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
clock_times = st.integers(0, 95).map(lambda q: time(q // 4, 15 * (q % 4)))


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    times = sorted(draw(st.sets(clock_times, max_size=6)))
    return tuple(zip(times[::2], times[1::2], strict=False))


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    week = tuple(draw(st.lists(days(), min_size=7, max_size=7)))
    zone = ZoneInfo(draw(st.sampled_from(["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC"])))
    closed = draw(st.frozensets(st.dates(date(2024, 1, 1), date(2028, 2, 1)), max_size=10))
    opening = Opening(zone=zone, week=week, closed=closed)
    assume(any(week))
    return opening


spans = st.integers(1, 60 * 30).map(lambda minutes: timedelta(minutes=minutes))


@given(moments, spans, openings())
def test_exactly_the_promised_open_time_lies_between(
    since: datetime, span: timedelta, opening: Opening
) -> None:
    due = _or_skip(since, span, opening)

    assert open_time(since, due, opening) == span


@given(moments, spans, openings())
def test_a_moment_before_it_is_due_there_was_still_time(
    since: datetime, span: timedelta, opening: Opening
) -> None:
    due = _or_skip(since, span, opening)

    assert open_time(since, due - timedelta(seconds=1), opening) < span


@given(moments, moments, spans, openings())
def test_asked_later_it_is_never_due_earlier(
    one: datetime, other: datetime, span: timedelta, opening: Opening
) -> None:
    first, second = sorted((one, other))

    assert _or_skip(first, span, opening) <= _or_skip(second, span, opening)


@given(moments, spans, spans, openings())
def test_more_time_is_never_due_earlier_and_two_spans_add_up(
    since: datetime, one: timedelta, other: timedelta, opening: Opening
) -> None:
    both = _or_skip(since, one + other, opening)

    assert _or_skip(_or_skip(since, one, opening), other, opening) == both


@given(moments, st.integers(0, 30), openings())
def test_working_days_end_at_midnight_after_a_day_of_work(
    since: datetime, count: int, opening: Opening
) -> None:
    try:
        due = after_working_days(since, count, opening)
    except NeverOpenError:
        return

    last = (due - timedelta(minutes=1)).astimezone(opening.zone).date()
    first = since.astimezone(opening.zone).date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert due == end_of(last, opening.zone)
    assert opening.is_working(last)
    assert sum(map(opening.is_working, between)) == (count if count or opening.is_working(first) else 1)


def _or_skip(since: datetime, span: timedelta, opening: Opening) -> datetime:
    try:
        return after_open_hours(since, span, opening)
    except NeverOpenError:
        assume(False)
        raise
