"""Whose time comes when stands beside the enrolments, and says the same whoever writes them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F, Q
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import NOON

from passaparola.journeys import actions
from passaparola.journeys.models import Due, Enrolment, Journey
from passaparola.journeys.tests.conftest import THANKS
from passaparola.kernel.database import bulk
from passaparola.segments.tests.people import person
from passaparola.stores.models import Store

who = st.sets(st.integers(0, 5), min_size=1)
when = st.none() | st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
writes = st.lists(
    st.tuples(st.just("enter"), who, when)
    | st.tuples(st.just("wait"), who, when)
    | st.tuples(st.just("end"), who, st.none())
    | st.tuples(st.just("leave"), who, st.none())
    | st.tuples(st.just("goal"), who, when),
    max_size=12,
)


class TestDue(TestCase):
    def setUp(self) -> None:
        self.store = Store.objects.create(slug="s", name="S", url="https://s.example")
        self.customer = person(self.store, "Anna")
        actions.save(self.store, key="thanks", document=THANKS, by=None, now=NOON)
        self.journey = Journey.objects.get()

    @settings(max_examples=40, deadline=None)
    @given(writes)
    def test_every_open_enrolment_with_a_time_has_one_row_whatever_was_written(self, written):
        for how, numbers, at in written:
            self.write(how, numbers, at)

            open_ = Enrolment.objects.filter(ended_at=None, due_at__isnull=False)
            expected = set(open_.values_list("due_at", "id"))
            assert set(Due.objects.values_list("due_at", "enrolment_id")) == expected

    def write(self, how, numbers, at):
        keys = [f"n{number}" for number in numbers]
        here = Enrolment.objects.filter(entry_key__in=keys)
        if how == "enter":
            bulk.upsert(Enrolment, [self.row(key, at) for key in keys], key=["journey_id", "entry_key"])
        elif how == "wait":
            rows = [{"id": pk, "due_at": at} for pk in here.values_list("pk", flat=True)]
            bulk.update(Enrolment, rows, key=["id"], set_=["due_at = v.due_at"])
        elif how == "end":
            here.update(ended_at=NOON)
        elif how == "goal":
            here.filter(Q(due_at=None) | Q(due_at__gt=F("entered_at"))).update(goal_at=at)
        else:
            here.delete()

    def row(self, key, at):
        return {
            "store_id": self.store.pk,
            "journey_id": self.journey.pk,
            "version_id": self.journey.live_id,
            "customer_id": self.customer.pk,
            "row_id": self.customer.pk,
            "event_key": key,
            "data": {},
            "entry_key": key,
            "position": "rest",
            "since_at": NOON,
            "due_at": at,
            "begun_at": NOON,
            "entered_at": NOON,
            "path": [],
        }


@pytest.mark.django_db
def test_no_index_of_enrolments_holds_what_a_step_changes():
    """The figures of `bin/bench growth` rest on it: an index on what a step changes would undo it unseen."""
    changed = {
        "position",
        "since_at",
        "due_at",
        "waits_for",
        "hops",
        "ended_at",
        "ended_by",
        "path",
        "goal_at",
    }
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Enrolment._meta.db_table)

    indexed = {
        column
        for each in constraints.values()
        if each["index"] or each["unique"]
        for column in each["columns"]
    }

    assert {"customer_id", "entry_key"} <= indexed
    assert not indexed & changed
