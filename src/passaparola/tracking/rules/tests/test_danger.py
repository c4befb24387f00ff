"""A promise in danger: by the lanes where they are known, by what the carrier says, else by the rule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.carrier import ScanFacts
from passaparola.tracking.carrier import ScanState as S
from passaparola.tracking.rules.arrival import Destination, Estimate, Rhythm, arrival_of
from passaparola.tracking.rules.danger import ENDANGERED, SURE, alarm_day, breach_chance
from passaparola.tracking.rules.eta.lane import Lane
from passaparola.tracking.rules.eta.learn import learn
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.eta.tests.shop import MILAN, delivered
from passaparola.tracking.rules.status import status_of

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TABLE = LaneTable(learn(delivered(500), today=MONDAY.date()))


def chance(*scans, days, last, told=None, lanes=None):
    status, now = status_of(scans), MONDAY + timedelta(days=days)
    arrival = arrival_of(
        ordered_at=MONDAY,
        now=now,
        zone=ROME,
        destination=Destination(country="IT"),
        status=status,
        told=told,
    )
    return breach_chance(
        MONDAY.date() + timedelta(days=last),
        status=status,
        arrival=arrival,
        now=now,
        zone=ROME,
        ordered_at=MONDAY,
        rhythm=Rhythm(),
        lanes=lanes,
        lane=MILAN,
    )


def scan(days, state):
    return ScanFacts(state=state, at=MONDAY + timedelta(days=days))


def test_what_has_come_or_waits_at_the_pick_up_point_is_in_no_danger():
    assert chance(scan(1, S.DELIVERED), days=2, last=5) == 0
    assert chance(scan(1, S.READY_FOR_PICKUP), days=2, last=5) == 0


@pytest.mark.parametrize("state", [S.RETURNING, S.LOST])
def test_what_does_not_come_breaks_its_promise_whatever_the_day(state):
    assert chance(scan(0, S.PICKED_UP), scan(1, state), days=1, last=5) == 1


def test_a_day_named_by_the_carrier_past_the_promise_is_believed():
    told = Estimate(on=date(2026, 3, 10))

    assert chance(scan(0, S.PICKED_UP), days=1, last=4, told=told) >= SURE
    assert chance(scan(0, S.PICKED_UP), days=1, last=8, told=told) == 0


def test_what_the_carrier_stopped_is_endangered():
    assert chance(scan(0, S.PICKED_UP), scan(1, S.HELD), days=1, last=3) >= ENDANGERED


def test_a_second_attempt_after_the_last_day_is_too_late():
    tried = scan(1, S.ATTEMPTED)

    assert chance(scan(0, S.PICKED_UP), tried, days=1, last=1) >= ENDANGERED
    assert chance(scan(0, S.PICKED_UP), tried, days=1, last=3) < ENDANGERED


@given(st.integers(0, 6), st.integers(6, 12), st.booleans())
def test_each_day_without_a_handover_the_danger_grows(days, last, is_learned):
    lanes = TABLE if is_learned else None

    today, tomorrow = (chance(days=n, last=last, lanes=lanes) for n in (days, days + 1))

    assert 0 <= today <= tomorrow <= 1


@pytest.mark.parametrize("lanes", [None, TABLE])
def test_the_alarm_for_an_order_still_in_the_shop_comes_before_its_end(lanes):
    last = MONDAY.date() + timedelta(days=8)

    day = alarm_day(
        last,
        ordered_at=MONDAY,
        zone=ROME,
        destination=Destination(country="IT"),
        rhythm=Rhythm(),
        lanes=lanes,
        lane=Lane("", "standard", "IT", "20"),
    )

    assert MONDAY.date() + timedelta(days=2) <= day < last
