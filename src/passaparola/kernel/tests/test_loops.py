import os
from collections import deque
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import psycopg
import pytest
from django.db import OperationalError, connection

from passaparola.kernel import loops
from passaparola.kernel.loops import Loop

NOON = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
SOON = 10
"""Seconds that are plenty on a slow machine; nothing waits that long when all is well."""


class Work:
    """A loop's rows: what was done, and what goes wrong on the way."""

    def __init__(self, *answers):
        self.answers = deque(answers)
        self.times = []
        self.exhausted = Event()

    def __call__(self, now):
        self.times.append(now)
        if not self.answers:
            self.exhausted.set()
            return 0
        answer = self.answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def running():
    stopping, threads = Event(), []

    def start(*all_loops):
        thread = Thread(target=loops.run, args=(all_loops, stopping), kwargs={"now": lambda: NOON})
        thread.start()
        threads.append(thread)

    yield start
    stopping.set()
    for thread in threads:
        thread.join(SOON)
        assert not thread.is_alive()


def test_batches_follow_each_other_until_nothing_is_left(running):
    work = Work(500, 500, 3)

    running(Loop("test", work, every=timedelta(hours=1)))

    assert work.exhausted.wait(SOON)
    assert work.times == [NOON] * 4


def test_a_loop_looks_again_after_its_pause_without_any_doorbell(running):
    work = Work(0, 0, 0)

    running(Loop("test", work, every=timedelta(milliseconds=10)))

    assert work.exhausted.wait(SOON)


@pytest.mark.parametrize("error", [OperationalError("the server closed the connection"), ZeroDivisionError()])
def test_a_failure_is_logged_and_tried_again(running, caplog, error):
    work = Work(error, 1)

    running(Loop("mail", work))

    assert work.exhausted.wait(SOON)
    assert "“mail”" in caplog.text


def test_one_failing_loop_does_not_hold_up_the_others(running):
    work = Work(1, 1)

    running(Loop("broken", Work(*[ValueError()] * 100)), Loop("test", work))

    assert work.exhausted.wait(SOON)


def test_stopping_waits_for_the_batch_in_hand():
    stopping, started, finish, finished = Event(), Event(), Event(), Event()

    def work(now):
        started.set()
        finish.wait(SOON)
        finished.set()
        return 1

    thread = Thread(target=loops.run, args=([Loop("test", work)], stopping))
    thread.start()
    started.wait(SOON)
    stopping.set()
    finish.set()
    thread.join(SOON)

    assert finished.is_set()


@pytest.mark.django_db(transaction=True)
def test_a_doorbell_wakes_a_sleeping_loop_and_survives_a_lost_connection(running):
    doorbell = f"bell_{os.getpid()}"
    rung = Event()
    running(Loop("test", Work(), doorbell, timedelta(hours=1)), Loop("heard", heard := Work(), doorbell))

    ring_until(doorbell, lambda: len(heard.times) > 2)
    hang_up_on_listeners()
    before = len(heard.times)
    ring_until(doorbell, lambda: len(heard.times) > before + 2)
    rung.set()

    assert rung.is_set()


def ring_until(doorbell, is_heard):
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as line:
        for _ in range(SOON * 20):
            line.execute("SELECT pg_notify(%s, '')", [doorbell])
            if is_heard():
                return
            Event().wait(0.05)
    raise AssertionError("nobody heard the doorbell")


def hang_up_on_listeners():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
