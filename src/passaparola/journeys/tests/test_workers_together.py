"""Several hands on the same enrolments: each is moved once, nobody waits in a circle."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from tests.cast import NOON

from passaparola.journeys import actions
from passaparola.journeys.models import Enrolment
from passaparola.segments.tests.people import person

PATIENCE = 20
LATER = NOON + timedelta(days=2)
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def beside(work: Callable[[], Any]):
    """Let it happen on a connection of its own; whatever it stumbled over fails the test."""
    stumbled = []

    def run():
        try:
            work()
        except Exception as error:  # noqa: BLE001 - told to the test
            stumbled.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert not stumbled


def three_due(shop):
    shop.journey()
    for name in ("Anna", "Bea", "Carla"):
        shop.deliver(shop.order(person(shop.store, name)))
    return list(Enrolment.objects.order_by("pk"))


def test_whom_somebody_is_writing_is_passed_over_and_keeps_the_place(shop):
    first, *others = three_due(shop)
    has_it, may_go = Event(), Event()

    def write():
        with transaction.atomic():
            Enrolment.objects.select_for_update().get(pk=first.pk)
            has_it.set()
            may_go.wait(PATIENCE)

    with beside(write):
        assert has_it.wait(PATIENCE)
        assert actions.advance_due(LATER) == len(others)
        may_go.set()
    assert actions.advance_due(LATER) == 1
    assert actions.advance_due(LATER) == 0


def test_one_whose_time_a_worker_has_can_be_written_as_soon_as_it_is_done(shop):
    first, *_ = three_due(shop)
    has_it, worker_claimed, writing = Event(), Event(), Event()

    def write():
        with transaction.atomic():
            Enrolment.objects.select_for_update().get(pk=first.pk)
            has_it.set()
            worker_claimed.wait(PATIENCE)
            writing.set()
            Enrolment.objects.filter(pk=first.pk).update(ended_at=NOON, ended_by="left")

    with beside(write) as writer:
        assert has_it.wait(PATIENCE)
        with transaction.atomic():
            assert actions.advance_due(LATER) == 2
            worker_claimed.set()
            assert writing.wait(PATIENCE)
            writer.join(0.2)
            assert writer.is_alive()  # it waits for the time that the worker has
    assert actions.advance_due(LATER) == 0
    assert Enrolment.objects.get(pk=first.pk).ended_by == "left"


def test_many_workers_at_once_move_everybody_once(shop):
    shop.journey()
    for n in range(30):
        shop.deliver(shop.order(person(shop.store, f"P{n}")))
    moved: list[int] = []

    def work():
        idle = 0
        while idle < 3:
            count = actions.advance_due(LATER, batch=4)
            moved.append(count)
            idle = 0 if count else idle + 1

    with beside(work), beside(work), beside(work):
        pass
    assert sum(moved) == Enrolment.objects.count()
    assert set(shop.where()) == {"finished"}
    assert len(shop.said()) == Enrolment.objects.count()
