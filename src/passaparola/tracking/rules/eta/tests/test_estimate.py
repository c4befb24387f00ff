"""What a table answers: nested windows, never in the past, and nothing where it would mislead."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.tracking.rules.eta.estimate import chances_of, estimate
from passaparola.tracking.rules.eta.lane import Group, Lane
from passaparola.tracking.rules.eta.learn import learn
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.eta.tests.shop import BERLIN, MILAN, MONDAY, at, delivered, shipment
from passaparola.tracking.rules.eta.window import quantile

LANES = st.sampled_from([MILAN, MILAN._replace(carrier=""), Lane("sda", "", "IT", "80"), BERLIN, Lane()])


@cache
def table(count: int = 400) -> LaneTable:
    parcels = delivered(count) + delivered(count, seed=2, lane=BERLIN, slower=2)
    return LaneTable(learn(parcels, today=MONDAY))


@settings(max_examples=200, deadline=None)
@given(LANES, st.integers(0, 9), st.none() | st.integers(0, 5), st.integers(0, 40), st.integers(0, 23))
def test_windows_are_nested_and_begin_no_earlier_than_now(lane, ordered, waited, later, hour):
    day = MONDAY + timedelta(days=ordered)
    handed_over = None if waited is None else day + timedelta(days=waited)
    now = at((handed_over or day) + timedelta(days=later), hour)

    found = estimate(table(), shipment(day, handed_over, lane=lane), now=now)

    if found is not None:
        spans = [found.windows[percent] for percent in (50, 80, 90)]
        assert all(span.first <= found.day <= span.last for span in spans)
        assert spans[2].first <= spans[1].first <= spans[0].first
        assert spans[0].last <= spans[1].last <= spans[2].last
        assert spans[2].first >= now.date() + timedelta(days=hour >= 20)


@settings(max_examples=100, deadline=None)
@given(LANES, st.integers(0, 20), st.lists(st.floats(0.01, 0.99), min_size=2, max_size=6))
def test_a_greater_quantile_is_never_an_earlier_day(lane, later, shares):
    asked = shipment(lane=lane._replace(country=lane.country or "IT"))
    _, days = chances_of(table(), asked, soonest=MONDAY.toordinal() + later)

    found = [quantile(days, share) for share in sorted(shares)] if days else []

    assert found == sorted(found)
    assert not days or abs(sum(chance for _, chance in days) - 1) < 1e-9


def test_asked_twice_the_answer_is_the_same():
    fresh = LaneTable(table().rows)

    assert estimate(fresh, shipment(), now=at(MONDAY)) == estimate(table(), shipment(), now=at(MONDAY))


def test_a_parcel_handed_over_is_known_more_closely_than_one_just_ordered():
    ordered = estimate(table(), shipment(), now=at(MONDAY))
    handed_over = estimate(table(), shipment(MONDAY, MONDAY), now=at(MONDAY))

    assert handed_over.windows[80].count < ordered.windows[80].count
    assert handed_over.day < ordered.day
    assert ordered.handover.first >= MONDAY
    assert handed_over.handover is None


@settings(max_examples=100, deadline=None)
@given(LANES, st.none() | st.integers(0, 3), st.integers(1, 8), st.integers(1, 5))
def test_nothing_comes_on_a_day_that_a_strike_holds_up_and_nothing_comes_earlier(lane, waited, ahead, days):
    handed_over = None if waited is None else MONDAY + timedelta(days=waited)
    asked, now = shipment(MONDAY, handed_over, lane=lane), at(handed_over or MONDAY)
    first = now.date() + timedelta(days=ahead)
    held_up = tuple(range(first.toordinal(), first.toordinal() + days))

    struck = replace(asked, held_up=held_up)

    _, before = chances_of(table(), asked, soonest=now.toordinal())
    _, after = chances_of(table(), struck, soonest=now.toordinal())
    assert not {day for day, chance in after if chance > 0} & set(held_up)
    assert all(quantile(after, share) >= quantile(before, share) for share in (0.137, 0.531, 0.913) if before)


def test_a_parcel_on_the_van_comes_today():
    found = estimate(table(), shipment(MONDAY, MONDAY, MONDAY + timedelta(days=2)), now=at(date(2026, 3, 4)))

    assert found.windows[90].first == found.windows[90].last == date(2026, 3, 4)


def test_nothing_comes_on_a_weekend_where_nothing_ever_came():
    friday = date(2026, 3, 6)

    found = estimate(table(), shipment(friday, friday), now=at(friday))

    assert found.windows[50].first == date(2026, 3, 9)
    assert found.windows[90].last.weekday() < 5


def test_each_day_without_news_moves_the_window_on():
    spans = [
        estimate(table(), shipment(MONDAY, MONDAY), now=at(MONDAY + timedelta(days=later))).windows[90]
        for later in (0, 2, 3, 4)
    ]

    assert [span.first for span in spans] == sorted({span.first for span in spans})
    assert [span.last for span in spans] == sorted(span.last for span in spans)


def test_past_anything_seen_nothing_is_said():
    assert estimate(table(), shipment(MONDAY, MONDAY), now=at(MONDAY + timedelta(days=80))) is None


def test_a_country_nobody_ordered_from_is_not_guessed_from_the_others():
    abroad = Lane("brt", "standard", "SE", "11")

    assert estimate(table(), shipment(lane=abroad), now=at(MONDAY)) is None


def test_few_parcels_are_useful_and_many_are_calibrated():
    known = {count: estimate(table(count), shipment(), now=at(MONDAY)) for count in (30, 90, 400)}

    assert known[30] is None
    assert not known[90].is_calibrated
    assert known[400].is_calibrated
    assert known[400].group is Group.LANE
    assert 50 <= known[400].measured_on <= 400


def test_lanes_of_a_carrier_never_seen_borrow_from_its_country():
    found = estimate(table(), shipment(lane=Lane("sda", "", "DE", "99")), now=at(MONDAY))

    assert found.group is Group.COUNTRY
    assert found.learned_from == Lane(country="DE")
