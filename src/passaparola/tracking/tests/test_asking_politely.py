"""Carriers are left alone when they want to be, and any number of workers ask about each number once."""

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection as database
from tests.cast import NOON

from passaparola.inbound import actions as inbound
from passaparola.kernel.http.client import Client, Limits
from passaparola.kernel.http.tests.servers import PUBLIC, answer, reaching
from passaparola.tracking.actions import ask_carriers, choose_carrier, poll
from passaparola.tracking.models import Tracker
from passaparola.tracking.tests.carriers import (
    GLS_ON_THE_VAN,
    GLS_UNKNOWN,
    NUMBER,
    ask,
    connect,
    send_many,
    serving,
    van_for,
)
from passaparola.tracking.tests.shop import Shop


@pytest.fixture(autouse=True)
def _sold(shop):
    shop.sells()


@pytest.fixture
def elsewhere(stranger):
    """Another shop, with a contract of its own."""
    store = stranger.stores.get()
    connect(store, "gls_it", depot="FI", contract="12")
    return Shop(store).sells()


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        (answer(b"", "429 Too Many Requests", Retry_After="1200"), 20),
        (answer(b"", "503 Service Unavailable", Retry_After="Wed, 18 Nov 2026 11:30:00 GMT"), 30),
        (answer(b"", "429 Too Many Requests", Retry_After="0"), 1),
        (answer(b"", "429 Too Many Requests"), 10),
    ],
)
def test_a_carrier_that_asks_us_to_wait_is_left_alone_about_all_numbers(shop, gls, told, minutes):
    send_many(shop, 5)

    with serving(told) as server:
        ask(server)
        assert ask(server, NOON + timedelta(minutes=minutes, seconds=-1)) == 0
        assert len(server.asked) == 1
        ask(server, NOON + timedelta(minutes=minutes))
        assert len(server.asked) == 2

    assert set(Tracker.objects.values_list("poll_failures", flat=True)) == {0}


def test_a_refused_password_is_not_tried_over_and_over(shop, gls):
    send_many(shop, 5)

    with serving(answer(b"", "403 Forbidden")) as server:
        ask(server)
        assert ask(server, NOON + timedelta(minutes=30)) == 0
        assert len(server.asked) == 1
        inbound.configure(gls, settings=json.dumps({"depot": "RA", "contract": "right"}))
        ask(server, NOON + timedelta(minutes=30))
        assert len(server.asked) == 2

    assert Tracker.objects.filter(poll_reason__contains="refuses to answer us (403)").count() == 2


def test_a_carrier_that_hangs_costs_two_questions_and_then_rests(shop, gls):
    send_many(shop, 8)
    hasty = Limits(connect=0.3, total=0.3)
    started = time.monotonic()

    with serving(lambda line, asked: line.recv(1)) as server:
        ask(server, limits=hasty)
        assert ask(server, NOON + timedelta(minutes=4), hasty) == 0

    assert time.monotonic() - started < 5
    assert len(server.asked) == 2
    assert Tracker.objects.filter(poll_reason__contains="takes too long").count() == 2
    assert Tracker.objects.filter(polled_at=None, poll_due_at=NOON).count() == 6


def test_no_more_questions_a_minute_than_are_polite(shop, gls):
    send_many(shop, 70)

    with serving(GLS_UNKNOWN) as server:
        while ask(server):
            pass
        assert len(server.asked) == poll.PER_MINUTE
        while ask(server, NOON + timedelta(minutes=1)):
            pass
        assert len(server.asked) == 70


def test_a_shop_with_one_number_does_not_wait_for_one_with_seventy(shop, gls, elsewhere):
    send_many(shop, 70)
    elsewhere.sends(NUMBER)

    with serving(GLS_UNKNOWN) as server:
        assert [ask(server), ask(server), ask(server)] == [10, 1, 10]

    assert elsewhere.tracker(NUMBER).polled_at == NOON


def test_a_carrier_that_is_down_is_left_alone_for_all_shops(shop, gls, elsewhere):
    send_many(shop, 5)
    elsewhere.sends(NUMBER)

    with serving(lambda line, asked: None) as server:
        assert [ask(server), ask(server)] == [5, 0]
        assert len(server.asked) == 2


def test_one_shops_refused_password_is_not_the_others_affair(shop, gls, elsewhere):
    shop.sends(NUMBER)
    elsewhere.sends(NUMBER)

    with serving(answer(b"", "403 Forbidden")) as server:
        assert [ask(server), ask(server), ask(server)] == [1, 1, 0]


def test_what_a_dead_worker_had_claimed_is_asked_about_after_the_lease(shop, gls):
    shop.sends(NUMBER)

    class DeadError(BaseException):
        """As sudden as SIGKILL."""

    def die(address, port, seconds):
        raise DeadError

    with pytest.raises(DeadError):
        ask_carriers(NOON, client=Client(resolve=lambda host, port: [PUBLIC], dial=die))

    with serving(GLS_ON_THE_VAN) as server:
        assert ask(server, NOON + poll.LEASE - timedelta(seconds=1)) == 0
        assert ask(server, NOON + poll.LEASE) == 1


def test_whoever_is_told_to_be_another_carriers_meanwhile_is_left_to_it(shop, gls, sara):
    shop.sends(NUMBER)

    with serving(GLS_UNKNOWN) as server:
        client = reaching(server)

        def dial(address, port, seconds):
            choose_carrier(shop.tracker(NUMBER), carrier="brt", by=sara, now=NOON)
            return client.dial(address, port, seconds)

        ask_carriers(NOON, client=replace(client, dial=dial))

    tracker = shop.tracker(NUMBER)
    assert (tracker.carrier, tracker.poll_reason, tracker.poll_due_at) == ("brt", "", NOON)


def test_an_answer_that_cannot_be_recorded_does_not_hold_up_the_others(shop, gls, monkeypatch, caplog):
    numbers = send_many(shop, 3)
    record = poll.record_trackers

    def fragile(told, *, now):
        if told[0][1].number == numbers[1]:
            raise ZeroDivisionError
        record(told, now=now)

    monkeypatch.setattr(poll, "record_trackers", fragile)
    with serving(lambda line, asked: line.sendall(van_for(asked))) as server:
        assert ask(server) == 3

    reasons = [shop.tracker(number).poll_reason for number in numbers]
    assert reasons == ["", poll.OURS, ""]
    assert "could not be recorded" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_carrier_takes_its_time(shop, gls):
    shop.sends(NUMBER)
    seen = []

    with serving(GLS_ON_THE_VAN) as server:
        client = reaching(server)

        def dial(address, port, seconds):
            seen.append(database.in_atomic_block)
            return client.dial(address, port, seconds)

        ask_carriers(NOON, client=replace(client, dial=dial))

    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_several_workers_share_the_numbers_and_ask_about_each_once(shop, gls):
    numbers = send_many(shop, 25)

    def work(server):
        try:
            while ask(server):
                pass
        finally:
            database.close()

    with serving(lambda line, asked: line.sendall(van_for(asked))) as server:
        workers = [threading.Thread(target=work, args=(server,)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)

    asked = sorted(parse_qs(urlsplit(one.path).query)["NumSped"][0] for one in server.asked)
    assert asked == [number[2:] for number in numbers]
