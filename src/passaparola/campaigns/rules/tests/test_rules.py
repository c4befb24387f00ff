"""Lots, hours and intervals."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.campaigns.rules.arms import HELD_OUT, Split, arm_of
from passaparola.campaigns.rules.beginning import FARTHEST, is_too_short, not_then
from passaparola.campaigns.rules.effect import Group, better, effect
from passaparola.campaigns.rules.window import next_in_window

ROME = ZoneInfo("Europe/Rome")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
hours = st.integers(0, 23).map(time)
groups = st.integers(0, 5_000).flatmap(lambda of: st.builds(Group, st.integers(0, of), st.just(of)))


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 50), st.integers(0, 50))
def test_the_same_person_has_the_same_arm_whenever_asked(campaign, customer, hold_out, trial):
    split = Split(hold_out=hold_out, trial=trial)

    assert arm_of(campaign, customer, split) == arm_of(campaign, customer, split)


def test_shares_come_out_as_asked_and_do_not_hang_together():
    split = Split(hold_out=10, trial=40)

    found = Counter(arm_of(7, customer, split) for customer in range(20_000))
    held_twice = sum(
        arm_of(7, c, split) == HELD_OUT and arm_of(8, c, split) == HELD_OUT for c in range(20_000)
    )

    assert found["h"] == pytest.approx(2_000, abs=150)
    assert found["a"] == pytest.approx(3_600, abs=200)
    assert found["b"] == pytest.approx(3_600, abs=200)
    assert held_twice == pytest.approx(200, abs=60)  # nobody is always the one who gets nothing


@given(moments, hours, hours)
def test_the_next_good_hour_is_never_past_and_within_a_day(now, opens, closes):
    at = next_in_window(now, ROME, opens, closes)

    assert now <= at <= now + timedelta(hours=25)
    local = at.astimezone(ROME).time()
    inside = opens <= local < closes if opens < closes else local >= opens or local < closes
    skipped = at.astimezone(ROME).utcoffset() != (at - timedelta(hours=2)).astimezone(ROME).utcoffset()
    assert inside or opens == closes or skipped


def test_the_window_is_the_recipients_own():
    now = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)

    assert next_in_window(now, ROME, time(9), time(20)) == datetime(2026, 11, 18, 8, tzinfo=UTC)
    assert next_in_window(now, ZoneInfo("America/New_York"), time(9), time(20)) == datetime(
        2026, 11, 18, 14, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("starts_at", "why"),
    [
        (datetime(1, 1, 1, tzinfo=ROME), "passed"),
        (NEW_YEAR - timedelta(minutes=1), "passed"),
        (NEW_YEAR - timedelta(seconds=59), ""),
        (NEW_YEAR, ""),
        (NEW_YEAR + FARTHEST, ""),
        (NEW_YEAR + FARTHEST + timedelta(seconds=1), "too_far"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=ZoneInfo("America/New_York")), "too_far"),
    ],
)
def test_a_campaign_begins_between_this_minute_and_two_years_from_now(starts_at, why):
    assert not_then(starts_at, NEW_YEAR) == why


@pytest.mark.parametrize(
    ("opens", "closes", "is_short"),
    [
        (time(9), time(20), False),
        (time(10), time(11), False),
        (time(0), time(23, 59), False),
        (time(10), time(10, 59), True),
        (time(10), time(10), True),
        (time(20), time(9), True),
    ],
)
def test_hours_leave_an_hour_on_one_day(opens, closes, is_short):
    assert is_too_short(opens, closes) is is_short


@given(groups, groups)
def test_an_interval_holds_its_difference_and_possible_shares_only(one, other):
    found = effect(one, other)

    assert -1 <= found.low <= found.difference + 1e-9
    assert found.difference - 1e-9 <= found.high <= 1
    mirrored = effect(other, one)
    assert mirrored.low == pytest.approx(-found.high)


def test_few_people_allow_no_claim():
    assert not effect(Group(2, 20), Group(0, 20)).is_clear
    assert effect(Group(200, 2_000), Group(100, 2_000)).is_clear


def test_where_the_figures_do_not_say_the_first_subject_stays():
    assert better(Group(1, 10), Group(1, 10)) == "a"
    assert better(Group(1, 10), Group(2, 10)) == "b"
