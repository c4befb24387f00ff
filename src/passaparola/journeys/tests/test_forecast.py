"""What the calendar hears from journeys."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.journeys.forecast import coming
from passaparola.journeys.tests.conftest import REST, SAY
from passaparola.segments.tests.people import person

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
LAST = TODAY + timedelta(days=30)


def test_a_pause_that_ends_before_a_message_counts_on_its_day(shop):
    shop.journey()
    for name in ("Anna", "Bruno"):
        shop.deliver(shop.order(person(shop.store, name)))
    shop.later(minutes=1)

    assert coming(shop.store, TODAY, LAST) == {TODAY + timedelta(days=2): 2}


def test_a_pause_before_another_pause_does_not(shop):
    again = {"id": "again", "kind": "wait", "for": "3 days"}
    shop.journey(steps=[REST, again, SAY])
    shop.deliver(shop.order(person(shop.store, "Anna")))
    shop.later(minutes=1)

    assert not coming(shop.store, TODAY, LAST)


def test_a_message_behind_a_branch_counts(shop):
    fork = {
        "id": "fork",
        "kind": "split",
        "shares": {"one": 50, "two": 50},
        "next": {"one": "say", "two": "end"},
    }
    shop.journey(steps=[REST, fork, SAY])
    shop.deliver(shop.order(person(shop.store, "Anna")))
    shop.later(minutes=1)

    assert sum(coming(shop.store, TODAY, LAST).values()) == 1


def test_a_stranger_foresees_nothing(shop, stranger):
    shop.journey()
    shop.deliver(shop.order(person(shop.store, "Anna")))
    shop.later(minutes=1)

    assert not coming(stranger.stores.get(), TODAY, LAST)
