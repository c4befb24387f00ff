"""Coverage by month: told from what was known before, the same for any order of the parcels."""

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.tracking.rules.arrival import Rhythm
from passaparola.tracking.rules.eta.months import Teller, When, by_month
from passaparola.tracking.rules.eta.tests.shop import MONDAY, delivered

PARCELS = [replace(p, told_on=p.arrived_on + timedelta(days=at % 2)) for at, p in enumerate(delivered(2500))]


def told(parcels, **more):
    return by_month(parcels, today=MONDAY, months=2, rhythm=Rhythm(), **more)


def test_learned_windows_are_about_as_right_as_they_say():
    records = [r for key, r in told(PARCELS).items() if key.teller is Teller.LEARNED]

    parcels = sum(record.parcels for record in records)
    assert parcels > 500
    assert 0.85 <= sum(record.inside[90] for record in records) / parcels <= 0.98


def test_a_carrier_is_held_against_the_first_day_it_named():
    records = [r for key, r in told(PARCELS).items() if key.teller is Teller.CARRIER]

    assert records
    assert all(record.in_time == record.parcels for record in records)
    assert all(record.inside[90] < record.parcels for record in records)


def test_all_are_held_against_the_same_parcels():
    found = told(PARCELS)

    for key, record in found.items():
        assert record.parcels == found[key._replace(teller=Teller.RULE)].parcels
        assert record.inside[50] <= record.inside[80] <= record.inside[90] <= record.parcels
    assert {key.moment for key in found} == set(When)
    assert {key.month for key in found} <= {date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)}


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 1000))
def test_any_order_of_parcels_tells_the_same(seed):
    shuffled = list(PARCELS)
    random.Random(seed).shuffle(shuffled)

    assert told(shuffled) == told(PARCELS)


def test_a_shop_with_few_parcels_is_told_nothing():
    assert told(delivered(100)) == {}
    assert told([]) == {}
