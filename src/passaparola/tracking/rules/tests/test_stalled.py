"""Standing still: in the shop and on the road apart, at home and abroad apart, and over as soon as it moves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.carrier import ScanFacts
from passaparola.tracking.carrier import ScanState as S
from passaparola.tracking.rules.arrival import Lane as Far
from passaparola.tracking.rules.stalled import Where, stall_of, working_days
from passaparola.tracking.rules.status import status_of

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def after(days, state=S.IN_TRANSIT):
    return ScanFacts(state=state, at=MONDAY + timedelta(days=days))


def stalled(*scans, days, far=Far.DOMESTIC, country="IT", silence=None):
    return stall_of(
        status_of(scans),
        announced_at=MONDAY,
        now=MONDAY + timedelta(days=days),
        zone=ROME,
        origin="IT",
        country=country,
        far=far,
        silence=silence,
    )


def test_announced_and_fetched_by_nobody_it_stands_in_the_shop():
    label = after(0, S.LABEL_CREATED)

    assert stalled(label, days=3) is None
    found = stalled(label, days=4)
    assert (found.where, found.days, found.since) == (Where.SHOP, 3, MONDAY)


def test_on_the_road_silence_counts_from_the_last_word():
    picked_up, moved = after(0, S.PICKED_UP), after(1)

    assert stalled(picked_up, days=4).where is Where.ROAD
    assert stalled(picked_up, moved, days=4) is None
    assert stalled(picked_up, moved, after(4, S.UNKNOWN), days=7) is None


@pytest.mark.parametrize(("far", "patience"), [(Far.DOMESTIC, 3), (Far.UNION, 5), (Far.WORLD, 8)])
def test_abroad_silence_may_last_longer(far, patience):
    days = next(
        days for days in range(30) if stalled(after(0, S.PICKED_UP), days=days, far=far, country="DE")
    )

    assert working_days(MONDAY, MONDAY + timedelta(days=days), ROME, ("DE", "IT")) == patience


def test_a_lane_that_is_usually_silent_is_given_the_time():
    assert stalled(after(0, S.PICKED_UP), days=7, silence=6) is None
    assert stalled(after(0, S.PICKED_UP), days=3, silence=0).days == 2


def test_weekends_and_holidays_are_no_silence():
    thursday, tuesday = datetime(2026, 4, 2, 9, tzinfo=UTC), datetime(2026, 4, 7, 9, tzinfo=UTC)

    assert working_days(thursday, tuesday, ROME, ("IT",)) == 1  # Friday; Easter Monday is none
    assert working_days(thursday, tuesday, ROME, ("DE", "IT")) == 0


@pytest.mark.parametrize("state", [S.READY_FOR_PICKUP, S.HELD, S.RETURNING, S.DELIVERED, S.LOST, S.RETURNED])
def test_what_waits_for_somebody_or_is_over_does_not_stand_still(state):
    assert stalled(after(0, S.PICKED_UP), after(1, state), days=20) is None


def test_so_long_without_a_word_it_is_probably_lost():
    assert not stalled(after(0, S.PICKED_UP), days=12).is_missing
    assert stalled(after(0, S.PICKED_UP), days=16).is_missing
    assert stalled(after(0, S.PICKED_UP), days=90) is None  # nobody waits any more


@given(st.integers(0, 40), st.integers(0, 40))
def test_silence_never_shrinks_while_days_pass(days, more):
    first, second = (
        working_days(MONDAY, MONDAY + timedelta(days=n), ROME, ("IT",)) for n in (days, days + more)
    )

    assert 0 <= first <= second <= days + more
