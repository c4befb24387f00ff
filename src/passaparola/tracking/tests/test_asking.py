"""Carriers are asked over real HTTP, by servers that speak their formats, and by servers that misbehave."""

import json
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection as database
from tests.cast import NOON

from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Connection
from passaparola.kernel.http.client import Client, Limits
from passaparola.kernel.http.tests.servers import PUBLIC, Server, answer, authority, reaching
from passaparola.tracking.actions import ask_carriers, choose_carrier, poll
from passaparola.tracking.models import Scan, Tracker
from passaparola.tracking.tests.shop import Shop

GLS_HOST, POSTE_HOST = "infoweb.gls-italy.com", "www.poste.it"
NUMBER = "RA123456789"


@pytest.fixture
def shop(luna):
    return Shop(luna).sells()


def connect(store, kind: str, **given: str) -> Connection:
    return inbound.connect(store, role="carrier", kind=kind, settings=json.dumps(given))


@pytest.fixture
def gls(luna):
    return connect(luna, "gls_it", depot="RA", contract="4711")


def gls_says(*rows: tuple[str, str, str, str, str], number: str = "123456789") -> bytes:
    """One row: day, hour, place, state, code. In ISO-8859-1, as GLS writes."""
    names = ("Data", "Ora", "Luogo", "Stato", "Codice")
    told = "".join(
        f"<{name}><![CDATA[{value}]]></{name}>"
        for row in rows
        for name, value in zip(names, row, strict=True)
    )
    xml = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><ELENCO><SPEDIZIONE>'
        f"<NumSped>{number}</NumSped><TRACKING>{told}</TRACKING></SPEDIZIONE></ELENCO>"
    )
    return answer(xml.encode("iso-8859-1"), Content_Type="text/xml; charset=ISO-8859-1")


GLS_UNKNOWN = answer(b"<ELENCO><TESTOERRORE>Nessuna spedizione trovata</TESTOERRORE></ELENCO>")
GLS_ON_THE_VAN = gls_says(
    ("17/11/26", "18.20", "FORLÌ", "PARTITA", "904"), ("18/11/26", "08:05", "MILANO", "IN CONSEGNA", "905")
)


def serving(behave, host: str = GLS_HOST) -> Server:
    return Server(behave, tls=authority()[0](host))


def ask(server: Server, now: datetime = NOON, limits: Limits | None = None) -> int:
    return ask_carriers(now, client=reaching(server, limits))


def test_gls_is_asked_with_what_the_shop_gave_and_its_answer_becomes_scans(shop, gls):
    shop.sends(NUMBER)

    with serving(GLS_ON_THE_VAN) as server:
        assert ask(server) == 1

    asked = server.asked[0]
    assert asked.headers["host"] == GLS_HOST
    assert parse_qs(urlsplit(asked.path).query) == {
        "locpartenza": ["RA"],
        "NumSped": ["123456789"],
        "CodCli": ["4711"],
    }
    assert shop.parcels() == {NUMBER: "out_for_delivery"}
    assert list(Scan.objects.order_by("at").values_list("place", flat=True)) == ["FORLÌ", "MILANO"]
    tracker = shop.tracker(NUMBER)
    assert timedelta(minutes=20) <= tracker.poll_due_at - NOON <= timedelta(minutes=22)
    assert (tracker.polled_at, tracker.poll_failures, tracker.poll_reason) == (NOON, 0, "")
    assert Connection.objects.get().last_heard_at == NOON


def test_poste_is_asked_for_a_shop_that_connected_it_without_any_settings(shop, luna):
    number = "RR123456785IT"
    shop.sends(number, carrier="Poste Italiane")
    connect(luna, "poste_it")
    moves = [{"statoLavorazione": "Consegnata", "dataOra": 1_795_000_000_000, "luogo": "Milano (MI) "}]
    told = {"idTracciatura": number, "esitoRicerca": "3", "stato": "5", "listaMovimenti": moves}

    with serving(answer(json.dumps(told).encode()), POSTE_HOST) as server:
        assert ask(server) == 1

    assert server.asked[0].method == "POST"
    assert json.loads(server.asked[0].body)["codiceSpedizione"] == number
    assert shop.parcels() == {number: "delivered"}
    assert shop.tracker(number).poll_due_at is None


def test_a_delivered_parcel_is_not_asked_about_again(shop, gls):
    shop.sends(NUMBER)

    with serving(gls_says(("18/11/26", "10:05", "MILANO", "CONSEGNATA", "906"))) as server:
        ask(server)
        assert ask(server, NOON + timedelta(days=1)) == 0

    assert shop.tracker(NUMBER).is_final
    assert len(server.asked) == 1


def test_nobody_is_asked_for_a_shop_that_has_not_connected_the_carrier(shop, stranger):
    shop.sends(NUMBER)
    connect(stranger.stores.get(), "gls_it", depot="RA", contract="1")

    with serving(GLS_ON_THE_VAN) as server:
        assert ask(server) == 0

    assert not server.asked


def test_connecting_the_carrier_later_is_soon_enough(shop, luna):
    shop.sends(NUMBER)
    later = NOON + timedelta(days=1)

    with serving(GLS_ON_THE_VAN) as server:
        connect(luna, "gls_it", depot="RA")  # without the contract nothing can be asked
        assert ask(server, later) == 0
        connect(luna, "gls_it", depot="RA", contract="4711")
        assert ask(server, later) == 1


def test_a_closed_connection_is_not_asked_with(shop, gls):
    shop.sends(NUMBER)
    inbound.close(gls, now=NOON)

    with serving(GLS_ON_THE_VAN) as server:
        assert ask(server) == 0


def test_a_number_that_is_not_known_yet_is_asked_about_later(shop, gls):
    shop.sends(NUMBER)

    with serving(GLS_UNKNOWN) as server:
        ask(server)

    tracker = shop.tracker(NUMBER)
    assert tracker.poll_reason == "GLS does not know this number yet."
    assert tracker.poll_failures == 0
    assert timedelta(hours=1) <= tracker.poll_due_at - NOON <= timedelta(hours=1.1)


def test_a_number_nobody_ever_knows_is_given_up_with_a_sentence(shop, gls):
    shop.sends(NUMBER)

    with serving(GLS_UNKNOWN) as server:
        now = NOON
        while due := shop.tracker(NUMBER).poll_due_at:
            now = max(now, due)
            assert ask(server, now) == 1

    assert timedelta(days=21) <= now - NOON <= timedelta(days=23)
    assert shop.tracker(NUMBER).poll_reason.endswith("it is not asked any more.")
    assert len(server.asked) < 100


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (answer(b"<html><title>Manutenzione</title></html>"), "This is no tracking answer of GLS."),
        (answer(b"\xff\xfe not xml"), "GLS's answer is not XML."),
        (
            answer(b"<ELENCO><ERRORE>Codice contratto errato</ERRORE></ELENCO>"),
            "GLS answers: Codice contratto",
        ),
        (answer(b"", "500 Internal Server Error"), "GLS is in trouble itself (500)."),
        (answer(b"", "503 Service Unavailable"), "GLS is in trouble itself (503)."),
        (answer(b"", "302 Found", Location="http://169.254.169.254/"), "GLS sends us elsewhere (302)."),
        (answer(b"x" * 200_000), f"“{GLS_HOST}” answers with more than"),
        (lambda line, asked: None, f"“{GLS_HOST}” does not answer"),
    ],
)
def test_what_is_no_answer_is_kept_as_a_sentence_and_tried_again_later(shop, gls, told, sentence):
    shop.sends(NUMBER)

    with serving(told) as server:
        ask(server)
        assert len(server.asked) == 1

    tracker = shop.tracker(NUMBER)
    assert tracker.poll_reason.startswith(sentence)
    assert "4711" not in tracker.poll_reason
    assert tracker.poll_failures == 1
    assert tracker.poll_due_at > NOON + timedelta(minutes=30)
    assert shop.parcels() == {NUMBER: "label_created"}


def test_a_failure_is_forgotten_with_the_next_answer(shop, gls):
    shop.sends(NUMBER)
    with serving(answer(b"", "502 Bad Gateway")) as server:
        ask(server)

    with serving(GLS_ON_THE_VAN) as server:
        ask(server, shop.tracker(NUMBER).poll_due_at)

    assert (shop.tracker(NUMBER).poll_failures, shop.tracker(NUMBER).poll_reason) == (0, "")


def test_a_number_that_is_not_found_is_no_failure(shop, gls):
    shop.sends(NUMBER)

    with serving(answer(b"<html>404</html>", "404 Not Found")) as server:
        ask(server)

    assert shop.tracker(NUMBER).poll_reason == "GLS does not know this number yet."


def send_many(shop: Shop, count: int) -> list[str]:
    numbers = [f"RA{100_000_000 + n}" for n in range(count)]
    shop.sends(*numbers)
    return numbers


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


def test_a_carrier_is_asked_politely_and_by_turns(shop, luna, gls, stranger):
    send_many(shop, 70)
    other = Shop(stranger.stores.get()).sells().sends(NUMBER)
    connect(other.store, "gls_it", depot="RA", contract="1")

    with serving(GLS_UNKNOWN) as server:
        rounds = 0
        while ask(server):
            rounds += 1
            if rounds == 1:
                assert other.tracker(NUMBER).polled_at == NOON  # the other shop's one needn't wait for 70
        assert len(server.asked) == poll.PER_MINUTE
        while ask(server, NOON + timedelta(minutes=1)):
            pass
        assert len(server.asked) == 71


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
    with serving(lambda line, asked: line.sendall(_van_for(asked))) as server:
        assert ask(server) == 3

    reasons = [shop.tracker(number).poll_reason for number in numbers]
    assert reasons == ["", poll.OURS, ""]
    assert "could not be recorded" in caplog.text


def _van_for(asked) -> bytes:
    number = parse_qs(urlsplit(asked.path).query)["NumSped"][0]
    return gls_says(("18/11/26", "08:05", "MILANO", "IN CONSEGNA", "905"), number=number)


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

    with serving(lambda line, asked: line.sendall(_van_for(asked))) as server:
        workers = [threading.Thread(target=work, args=(server,)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)

    asked = sorted(parse_qs(urlsplit(one.path).query)["NumSped"][0] for one in server.asked)
    assert asked == [number[2:] for number in numbers]
