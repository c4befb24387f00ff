from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.journeys.rules import clock
from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.rules.values import Go, Leave, Place, Standing, Stay
from passaparola.journeys.step import STEPS
from passaparola.journeys.steps.wait import LOOK_AGAIN
from passaparola.journeys.tests.worlds import FAENZA, MadeUpWorld

moments = st.integers(0, 2 * 365 * 96).map(
    lambda quarters: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
)
places = st.sampled_from(
    ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"]
).map(lambda name: Place(ZoneInfo(name), "IT"))


def wait(settings, *, since=NOON, now=NOON, world=None):
    step = define({"name": "n", "trigger": "X", "steps": [{"id": "w", "kind": "wait", **settings}]}).steps[
        "w"
    ]
    one = Standing(id=1, customer_id=1, position="w", since=since, entered_at=since, begun_at=since, now=now)
    return STEPS["wait"].advance([one], step.settings, world or MadeUpWorld())[0]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Rome"))


@pytest.mark.parametrize(
    ("told", "until"),
    [
        ({"for": "2 days"}, "2026-11-20 12:00"),
        ({"for": "1 hour", "at": "9:00"}, "2026-11-19 09:00"),
        ({"at": "18:30"}, "2026-11-18 18:30"),
        ({"for": "8 hours", "between": "9:00-18:00"}, "2026-11-19 09:00"),
        ({"for": "3 days", "working_days": True}, "2026-11-23 12:00"),
        ({"for": "2 days", "between": "9-18", "working_days": True}, "2026-11-20 12:00"),
    ],
)
def test_a_wait_ends_when_people_expect(told, until):
    assert wait(told) == Stay(at(until))


def test_holidays_are_no_working_days():
    since = at("2026-12-07 12:00")  # the day before the Immacolata, a Monday

    assert wait({"for": "1 day", "working_days": True}, since=since, now=since) == Stay(
        at("2026-12-09 12:00")
    )


def test_without_a_day_it_goes_on_in_the_end_or_is_over_where_the_day_is_needed():
    birthday = {"until": "birthday", "before": "3 days", "give_up_after": "2 days"}
    later = NOON + timedelta(days=2)

    assert wait(birthday) == Stay(NOON + LOOK_AGAIN)
    assert wait(birthday, now=later) == Go()
    assert wait(birthday | {"must_be_known": "yes"}, now=later) == Leave("never_known")


def test_what_is_over_lets_people_go():
    assert wait({"for": "2 days"}, now=NOON + timedelta(days=2)) == Go()


def test_a_day_of_arrival_is_waited_for_and_looked_at_again():
    soon = MadeUpWorld(known={1: NOON + timedelta(days=5)})

    assert wait({"until": "arrival", "before": "1 day"}, world=soon) == Stay(NOON + timedelta(hours=6))
    assert wait({"until": "arrival", "before": "5 days"}, world=soon) == Go()
    assert wait({"until": "arrival"}) == Stay(NOON + timedelta(hours=6))
    assert wait({"until": "arrival", "give_up_after": "3 days"}, now=NOON + timedelta(days=3)) == Go()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "needs"),
        ({"for": "1 day", "until": "arrival"}, "not both"),
        ({"before": "1 day", "for": "1 day"}, "until"),
        ({"until": "arrival", "before": "1 day", "after": "1 day"}, "not both"),
        ({"until": "christmas"}, "one of"),
        ({"between": "18-9"}, "end before"),
        ({"at": "25:00"}, "hour"),
    ],
)
def test_a_wait_that_makes_no_sense_is_refused(told, says):
    with pytest.raises(DocumentError, match=says):
        wait(told)


@given(moments, places, st.times(), st.booleans())
def test_an_hour_of_the_day_is_that_hour_there_and_the_first_one(base, place, hour, works):
    hour = hour.replace(second=0, microsecond=0)

    found = clock.at_hour(base, hour, place, only_working_days=works)

    local = found.astimezone(place.zone)
    # Where the clocks jump over that hour, it comes true up to an hour later.
    assert timedelta() <= local - datetime.combine(local.date(), hour, place.zone) <= timedelta(hours=1)
    assert base <= found < base + timedelta(days=7 if works else 2)
    assert not works or clock.is_working_day(local.date(), "IT")


@pytest.mark.parametrize(
    ("base", "hour", "found"),
    [
        ("2026-03-28T22:00Z", time(2, 30), "2026-03-29T01:00Z"),  # there is no half past two that night
        ("2026-03-29T00:59Z", time(9), "2026-03-29T07:00Z"),  # nine is an hour earlier than the day before
        ("2026-10-24T22:00Z", time(2, 30), "2026-10-25T00:30Z"),  # there are two of it: the first
        (
            "2026-10-25T00:45Z",
            time(2, 30),
            "2026-10-25T01:30Z",
        ),  # the first is over: the second, and not tomorrow
        ("2026-10-24T22:00Z", time(9), "2026-10-25T08:00Z"),
    ],
)
def test_nights_in_which_the_clocks_change_are_nights_like_any_other(base, hour, found):
    since = datetime.fromisoformat(base)

    assert clock.at_hour(since, hour, FAENZA) == datetime.fromisoformat(found)
    assert wait({"at": f"{hour:%H:%M}"}, since=since, now=since) == Stay(datetime.fromisoformat(found))


def test_a_clock_that_goes_back_keeps_everybody_where_they_are():
    assert wait({"for": "2 days"}, now=NOON - timedelta(hours=3)) == Stay(NOON + timedelta(days=2))
    assert wait({"at": "9:00"}, now=NOON - timedelta(days=1)) == wait({"at": "9:00"})


@given(moments, places, st.booleans())
def test_hours_of_the_day_are_kept(base, place, works):
    found = clock.within_hours(base, time(9), time(18), place, only_working_days=works)

    assert time(9) <= found.astimezone(place.zone).time() < time(18)
    assert base <= found
    assert clock.within_hours(found, time(9), time(18), place, only_working_days=works) == found


def test_where_nobody_knows_the_holidays_the_weekend_is_known():
    assert clock.is_working_day(NOON.date(), "ZZ")
    assert not clock.is_working_day(NOON.date() + timedelta(days=3), "ZZ")
    assert FAENZA.country == "IT"
