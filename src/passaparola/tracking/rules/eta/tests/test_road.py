"""How far a parcel has come makes its day surer, and its promise's danger visible."""

from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.rules.eta.estimate import chances_of, estimate
from passaparola.tracking.rules.eta.lane import Delivered, Lane, Leg, Shipment
from passaparola.tracking.rules.eta.learn import learn
from passaparola.tracking.rules.eta.risk import chance_after
from passaparola.tracking.rules.eta.road import evenings, on_evening, working_days
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.eta.tests.shop import MILAN, MONDAY, at, delivered, next_working, parcel
from passaparola.tracking.rules.holidays import is_holiday


def scanned(one: Delivered) -> Delivered:
    """Moves each working day, and comes the day after the last move: with two moves the end is near."""
    moved, day = [one.handed_over_on], one.handed_over_on
    while (day := next_working(day, 1)) < one.arrived_on:
        moved.append(day)
    return Delivered(
        lane=one.lane,
        origin=one.origin,
        ordered_on=one.ordered_on,
        handed_over_on=one.handed_over_on,
        moved_on=tuple(moved),
        arrived_on=one.arrived_on,
    )


def on_the_road(*moved_on: date) -> Shipment:
    return Shipment(lane=MILAN, origin="IT", ordered_on=MONDAY, handed_over_on=moved_on[0], moved_on=moved_on)


@cache
def table() -> LaneTable:
    """Half of the parcels come on the working day after the handover, the others on the fourth."""
    found = []
    for at_, one in enumerate(delivered(900)):
        day = next_working(one.handed_over_on, 1 if at_ % 2 else 4)
        moves = (
            (one.handed_over_on,) if at_ % 2 else (one.handed_over_on, next_working(one.handed_over_on, 3))
        )
        came = parcel(one.ordered_on, one.handed_over_on, day)
        found.append(
            Delivered(
                lane=came.lane,
                origin="IT",
                ordered_on=came.ordered_on,
                handed_over_on=came.handed_over_on,
                moved_on=moves,
                arrived_on=day,
            )
        )
    return LaneTable(learn(found, today=MONDAY))


def test_each_evening_on_the_road_is_a_group_by_moves_and_silence():
    one = scanned(parcel(MONDAY, MONDAY, MONDAY + timedelta(days=3)))

    found = [(evening, lane.carrier) for evening, lane in evenings(one)]

    assert found == [
        (MONDAY, "brt 1/0"),
        (MONDAY + timedelta(days=1), "brt 2/0"),
        (MONDAY + timedelta(days=2), "brt 3/0"),
    ]


def test_silence_is_counted_in_working_days():
    friday = date(2026, 3, 6)

    assert on_evening(MILAN, (friday,), friday + timedelta(days=2)).carrier == "brt 1/0"
    assert on_evening(MILAN, (friday,), friday + timedelta(days=4)).carrier == "brt 1/2"
    assert on_evening(MILAN, (), friday) is None


def test_islands_are_told_apart_and_other_zones_are_not():
    milan, palermo = (on_evening(MILAN._replace(zone=zone), (MONDAY,), MONDAY) for zone in ("20", "90"))

    assert milan.zone == ""
    assert palermo.zone != ""


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_working_days_are_mondays_to_fridays(start, later):
    days = [start + timedelta(days=ahead) for ahead in range(1, later + 1)]

    assert working_days(start, start + timedelta(days=later)) == sum(day.weekday() < 5 for day in days)


def test_a_parcel_silent_for_a_day_is_not_expected_tomorrow_any_more():
    tuesday = MONDAY + timedelta(days=1)

    fresh = estimate(table(), on_the_road(MONDAY), now=at(MONDAY, 21))
    silent = estimate(table(), on_the_road(MONDAY), now=at(tuesday, 21))

    assert fresh.windows[50].first == tuesday
    assert silent.day == MONDAY + timedelta(days=4)


def test_what_moved_today_is_one_day_from_its_end():
    thursday = MONDAY + timedelta(days=3)

    leg, days = chances_of(table(), on_the_road(MONDAY, thursday), soonest=thursday.toordinal() + 1)

    assert leg is Leg.ROAD
    assert max(days, key=lambda day: day[1])[0] == thursday.toordinal() + 1
    assert abs(sum(chance for _, chance in days) - 1) < 1e-9


def test_the_danger_of_a_promise_grows_with_each_silent_evening():
    last = MONDAY + timedelta(days=2)

    chances = [
        chance_after(table(), on_the_road(MONDAY), last=last, now=at(MONDAY + timedelta(days=later), 21))
        for later in (0, 1, 2)
    ]

    assert chances == sorted(chances)
    assert chances[0] < 0.6 < chances[1]
    assert chances[2] == 1.0


@given(st.integers(0, 20), st.integers(0, 10))
def test_a_later_deadline_is_never_in_more_danger(days, more):
    now = at(MONDAY, 21)

    sooner, later = (
        chance_after(table(), on_the_road(MONDAY), last=MONDAY + timedelta(days=n), now=now)
        for n in (days, days + more)
    )

    assert 0 <= later <= sooner <= 1


def test_where_nothing_was_learned_no_chance_is_told():
    assert chance_after(LaneTable({}), on_the_road(MONDAY), last=MONDAY, now=at(MONDAY)) is None


def test_how_long_parcels_are_silent_is_learned_of_each_carrier():
    assert table().longest_silence(MILAN) in {3, 4}
    assert table().longest_silence(Lane("sda", "", "SE", "11")) is None
    assert not is_holiday(MONDAY, "IT")
