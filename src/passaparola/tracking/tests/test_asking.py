"""Carriers are asked over real HTTP, by servers that speak their formats, and by servers that misbehave."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.cast import NOON

from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Connection
from passaparola.kernel.http.tests.servers import answer
from passaparola.tracking.models import Scan
from passaparola.tracking.tests.carriers import (
    GLS_HOST,
    GLS_ON_THE_VAN,
    GLS_UNKNOWN,
    NUMBER,
    POSTE_HOST,
    ask,
    connect,
    gls_says,
    serving,
)


@pytest.fixture(autouse=True)
def _sold(shop):
    shop.sells()


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


def test_the_sentence_is_in_the_language_of_the_shops_team(shop, luna, gls):
    luna.language = "it"
    luna.save()
    shop.sends(NUMBER)

    with serving(answer(b"", "500 Internal Server Error")) as server:
        ask(server)

    assert shop.tracker(NUMBER).poll_reason == "GLS ha problemi sul suo server (500)."
