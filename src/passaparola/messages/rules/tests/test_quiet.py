"""Quiet hours end in the morning, also when the clocks change."""

from datetime import datetime, time

from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.rules.quiet import is_quiet, next_loud
from passaparola.messages.rules.tests import some


@given(some.near, some.zones, st.times(), st.times())
def test_the_next_loud_moment_lies_ahead_and_is_loud(now, zone, start, end):
    morning = next_loud(now, zone, start, end)

    if morning is None:
        assert not is_quiet(now.astimezone(zone).time(), start, end)
    else:
        assert morning > now
        assert not is_quiet(morning.astimezone(zone).time(), start, end)


def test_the_night_the_clocks_go_back_still_ends_at_eight():
    before = datetime(2026, 10, 24, 22, 30, tzinfo=some.ROME)

    morning = next_loud(before, some.ROME, time(21), time(8))

    assert morning.astimezone(some.ROME).isoformat() == "2026-10-25T08:00:00+01:00"


def test_equal_times_mean_no_quiet_hours():
    assert next_loud(some.NIGHT, some.ROME, time(8), time(8)) is None
