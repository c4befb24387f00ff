"""Arrival: what the carrier says, else a window by rule; never in the past."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.arrival import (
    Arrival,
    Confidence,
    Destination,
    Estimate,
    Lane,
    Rhythm,
    Source,
    arrival_of,
    hand_over_day,
    lane_of,
)
from passaparola.tracking.rules.status import ParcelStatus, status_of

S = ScanState
ROME = ZoneInfo("Europe/Rome")
THURSDAY = datetime(2026, 3, 5, 10, tzinfo=ROME)
MILAN = Destination(country="IT", postcode="20121")


def scans(*told: tuple[ScanState, datetime]) -> ParcelStatus:
    return status_of(ScanFacts(state=state, at=at) for state, at in told)


def arrival(now: datetime = THURSDAY, **rest) -> Arrival:
    found = arrival_of(
        **{"ordered_at": THURSDAY, "now": now, "zone": ROME, "destination": MILAN, **rest},
    )
    assert found is not None
    return found


MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
STATUSES = st.builds(
    lambda told: status_of(ScanFacts(state=state, at=at) for state, at in told),
    st.lists(st.tuples(st.sampled_from(S), MOMENTS), max_size=5),
)
ESTIMATES = st.builds(
    Estimate,
    on=st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    since=st.none() | MOMENTS,
    until=st.none() | MOMENTS,
)
PLACES = st.builds(
    Destination,
    country=st.sampled_from(["", "IT", "DE", "CH", "US", "XX"]),
    postcode=st.sampled_from(["", "90100"]),
)
RHYTHMS = st.builds(
    Rhythm,
    preparation_days=st.integers(0, 10),
    cut_off=st.times(),
    prepares_on=st.frozensets(st.integers(0, 6)),
)


@given(ordered_at=MOMENTS, now=MOMENTS, destination=PLACES, status=STATUSES, told=ESTIMATES, rhythm=RHYTHMS)
def test_an_arrival_is_a_window_that_is_not_past_and_what_has_arrived_has_none(**told):
    found = arrival_of(zone=ROME, **told)

    if found is not None:
        assert told["now"].astimezone(ROME).date() <= found.first <= found.last
        assert found.source is Source.CARRIER or found.first.weekday() != 6
    if told["status"].state in {
        S.DELIVERED,
        S.RETURNING,
        S.RETURNED,
        S.READY_FOR_PICKUP,
        S.LOST,
        S.CANCELLED,
    }:
        assert found is None


def test_by_rule_preparation_and_way_are_counted_in_working_days():
    found = arrival()  # handed over on Friday the 6th

    assert (found.first, found.last) == (date(2026, 3, 7), date(2026, 3, 11))
    assert (found.source, found.confidence) == (Source.RULE, Confidence.USUAL)


def test_after_the_cut_off_the_preparation_starts_a_day_later():
    assert hand_over_day(THURSDAY, ROME, Rhythm()) == date(2026, 3, 6)
    assert hand_over_day(THURSDAY.replace(hour=14), ROME, Rhythm()) == date(2026, 3, 9)
    assert hand_over_day(THURSDAY, ROME, Rhythm(preparation_days=0, cut_off=time(18))) == date(2026, 3, 5)


def test_holidays_are_skipped_at_both_ends():
    before_easter = datetime(2026, 4, 2, 10, tzinfo=ROME)  # Easter is the 5th

    at_home = arrival(before_easter, ordered_at=before_easter)
    to_germany = arrival(before_easter, ordered_at=before_easter, destination=Destination(country="DE"))

    assert at_home.last == date(2026, 4, 9)
    assert to_germany.last > at_home.last


def test_from_the_carriers_hands_the_way_counts_from_there():
    picked_up = datetime(2026, 3, 9, 17, tzinfo=ROME)

    found = arrival(picked_up + timedelta(hours=2), status=scans((S.PICKED_UP, picked_up)))

    assert (found.first, found.last) == (date(2026, 3, 10), date(2026, 3, 12))


def test_the_carriers_word_goes_before_the_rule():
    since, until = datetime(2026, 3, 9, 9, tzinfo=ROME), datetime(2026, 3, 9, 11, tzinfo=ROME)

    day = arrival(told=Estimate(on=date(2026, 3, 9)))
    hours = arrival(told=Estimate(on=date(2026, 3, 9), since=since, until=until))

    assert (day.first, day.last, day.source, day.confidence) == (
        date(2026, 3, 9),
        date(2026, 3, 9),
        Source.CARRIER,
        Confidence.TOLD,
    )
    assert (hours.time_from, hours.time_until) == (time(9), time(11))


def test_hours_are_those_on_the_clocks_where_the_parcel_goes():
    window = Estimate(
        since=datetime(2026, 3, 9, 9, tzinfo=UTC), until=datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
    )

    found = arrival(told=window, zone=ZoneInfo("Europe/Athens"), destination=Destination(country="GR"))

    assert (found.time_from, found.time_until) == (time(11), time(12, 30))


def test_the_cut_off_is_read_from_the_shops_own_clock():
    in_time = datetime(2026, 3, 5, 13, tzinfo=ROME)  # in Tokyo it is nine in the evening
    tokyo = ZoneInfo("Asia/Tokyo")

    assert hand_over_day(in_time, tokyo, Rhythm(zone=ROME)) == date(2026, 3, 6)
    assert hand_over_day(in_time, tokyo, Rhythm()) == date(2026, 3, 9)


def test_a_past_word_of_the_carrier_is_not_repeated():
    now = datetime(2026, 3, 20, 10, tzinfo=ROME)

    found = arrival(now, told=Estimate(on=date(2026, 3, 9)), status=scans((S.IN_TRANSIT, THURSDAY)))

    assert (found.first, found.confidence) == (date(2026, 3, 20), Confidence.GUESS)


def test_on_the_van_is_today_but_yesterdays_tour_is_not():
    today = scans((S.OUT_FOR_DELIVERY, THURSDAY.replace(hour=8)))

    assert arrival(status=today).confidence is Confidence.TODAY
    assert arrival(THURSDAY + timedelta(days=1), status=today).confidence is Confidence.USUAL


def test_late_in_the_evening_nothing_comes_today():
    now = datetime(2026, 3, 10, 21, tzinfo=ROME)

    assert arrival(now, status=scans((S.IN_TRANSIT, THURSDAY))).first == date(2026, 3, 11)


def test_what_is_held_has_no_rule_of_thumb_but_the_carriers_word():
    held = scans((S.IN_TRANSIT, THURSDAY - timedelta(days=1)), (S.HELD, THURSDAY))
    asked = {"ordered_at": THURSDAY, "now": THURSDAY, "zone": ROME, "destination": MILAN, "status": held}

    assert arrival_of(**asked) is None
    assert arrival_of(**asked, told=Estimate(on=date(2026, 3, 12))) is not None


@pytest.mark.parametrize(
    ("country", "postcode", "lane"),
    [
        ("IT", "48018", Lane.DOMESTIC),
        ("", "", Lane.DOMESTIC),
        ("IT", "09124", Lane.ISLANDS),
        ("IT", "90133", Lane.ISLANDS),
        ("FR", "90100", Lane.UNION),
        ("CH", "", Lane.WORLD),
    ],
)
def test_lanes(country, postcode, lane):
    assert lane_of("IT", Destination(country=country, postcode=postcode)) is lane
