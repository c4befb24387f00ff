"""Learning: any order teaches the same, and what is claimed is kept."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.tracking.rules.eta.calibrate import drift
from passaparola.tracking.rules.eta.clock import Clock, spent
from passaparola.tracking.rules.eta.estimate import estimate
from passaparola.tracking.rules.eta.lane import EVERYTHING, Lane, Leg, zone_of
from passaparola.tracking.rules.eta.learn import learn
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.eta.tests.shop import BERLIN, MONDAY, at, delivered, parcel, shipment

PARCELS = delivered(150) + delivered(150, seed=3, lane=BERLIN, slower=1)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_same_parcels_in_any_order_teach_the_same(chance):
    shuffled = list(PARCELS)
    chance.shuffle(shuffled)

    assert learn(shuffled, today=MONDAY) == learn(PARCELS, today=MONDAY)


def test_windows_are_right_as_often_as_they_say():
    """On parcels of the four weeks after the day of learning, which the table has never seen."""
    known = [*delivered(2500, seed=5), *delivered(1500, seed=6, lane=BERLIN, slower=2)]
    table = LaneTable(
        learn((p for p in known if p.arrived_on < MONDAY - timedelta(28)), today=MONDAY - timedelta(28))
    )
    later = [p for p in known if p.ordered_on >= MONDAY - timedelta(28)]

    for handed_over in (False, True):
        right = {50: 0, 80: 0, 90: 0}
        for one in later:
            base = one.handed_over_on if handed_over else one.ordered_on
            asked = shipment(one.ordered_on, base if handed_over else None, lane=one.lane)
            found = estimate(table, asked, now=at(base))
            for percent, days in found.windows.items():
                right[percent] += days.first <= one.arrived_on <= days.last
        assert len(later) > 400
        assert 0.87 <= right[90] / len(later) <= 0.97  # a day more or less is several percent here
        assert 0.77 <= right[80] / len(later) <= 0.92


def test_saturdays_count_where_the_carrier_comes_on_saturdays():
    days = [MONDAY - timedelta(days=ahead) for ahead in range(20, 100)]
    weekly = [day for day in days if day.weekday() < 5]
    comes = [parcel(d, d, d + timedelta(days=1)) for d in weekly]
    rests = [parcel(d, d, d + timedelta(days=1 if d.weekday() < 4 else 3), lane=BERLIN) for d in weekly]

    rows = learn(comes + rests, today=MONDAY)

    assert rows[Leg.TRANSIT, Lane("brt", "", "IT")].weekends == (4, 0)
    assert rows[Leg.TRANSIT, Lane("dhl", "", "DE")].weekends == (0, 0)


def test_impossible_parcels_teach_nothing():
    backwards = parcel(MONDAY, MONDAY, MONDAY - timedelta(days=3))
    for_ever = parcel(date(2024, 1, 1), date(2024, 1, 2), MONDAY)

    assert learn([backwards, for_ever], today=MONDAY) == {}


def test_no_parcels_make_an_empty_table():
    assert learn([], today=MONDAY) == {}
    assert estimate(LaneTable({}), shipment(), now=at(MONDAY)) is None


def test_where_a_carrier_slows_down_windows_grow():
    """For two months parcels took three days longer than ever before."""
    calm = delivered(1200, seed=8)
    slow = [
        parcel(p.ordered_on, p.handed_over_on, p.arrived_on + timedelta(days=3))
        if p.ordered_on > MONDAY - timedelta(days=40)
        else p
        for p in calm
    ]

    widths = [
        estimate(LaneTable(learn(parcels, today=MONDAY)), shipment(MONDAY, MONDAY), now=at(MONDAY)).windows[
            90
        ]
        for parcels in (calm, slow)
    ]

    assert widths[1].last > widths[0].last


def test_coverage_is_told_of_windows_made_before_the_outcome():
    rows = learn(delivered(2000, seed=4), today=MONDAY)

    told = rows[Leg.TRANSIT, EVERYTHING]

    assert told.parcels > 1800
    assert told.measured_on > 200
    assert 0.85 <= told.coverage[90] <= 0.98
    assert told.coverage[50] <= told.coverage[80] <= told.coverage[90]
    assert drift([]) == {}


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 3000), st.integers(0, 60))
def test_working_time_never_runs_backwards(saturday, sunday, start, later):
    clock = Clock(("IT",), saturday, sunday)
    base = date(2024, 1, 1).toordinal() + start

    first, last = spent(clock, base, base + later)
    _, day_before = spent(clock, base, base + later - 1)

    assert 0 <= first <= last
    assert day_before <= last


def test_a_holiday_takes_no_time():
    friday, tuesday = date(2026, 4, 3), date(2026, 4, 7)  # Easter in between

    assert spent(Clock(("IT",)), friday.toordinal(), tuesday.toordinal()) == (1, 4)


def test_a_zone_is_what_a_postcode_begins_with():
    assert [zone_of(code) for code in ("20121", "SW1A 1AA", "N1 9GU", "", "I-20 121")] == [
        "20",
        "SW",
        "N",
        "",
        "20",
    ]
