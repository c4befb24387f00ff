"""Web push: what a browser's push service is given, and what its answers mean."""

import json
from dataclasses import replace
from datetime import timedelta

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from passaparola.kernel.http.tests.servers import answer
from passaparola.messages.channel import Reached, Result, UnsendableError
from passaparola.messages.channels.tests.provider import account, handed_over, letter
from passaparola.messages.channels.web_push import keys
from passaparola.messages.channels.web_push.channel import WebPushChannel, address_of

HOST = "push.browser.example"
ENDPOINT = f"https://{HOST}/wpush/v2/gAAAA"
ACCOUNT = account(keys.new_private_key())
TAKEN = answer(b"", "201 Created", Location=f"https://{HOST}/m/1")


class Browser:
    """As much of a browser as push needs: a pair of keys and a secret."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = b"0123456789abcdef"

    def reached(self, endpoint=ENDPOINT):
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return Reached(
            keys={"endpoint": endpoint, "p256dh": keys.spelt(point), "auth": keys.spelt(self.secret)}
        )

    def reads(self, body):
        return json.loads(
            http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        )


BROWSER = Browser()


def write(channel, pk, endpoint=ENDPOINT):
    return letter(address_of(endpoint), pk, account=ACCOUNT, reached=BROWSER.reached(endpoint))


def send(behave, count=1, host=HOST):
    return handed_over(WebPushChannel, host, behave, write, count=count)


def test_only_the_browser_can_read_what_is_sent():
    (outcome,), (asked,) = send(TAKEN)

    assert asked.line == "POST /wpush/v2/gAAAA HTTP/1.1"
    assert (asked.headers["content-encoding"], asked.headers["ttl"]) == ("aes128gcm", "86400")
    assert len(asked.headers["topic"]) <= 32
    notice = BROWSER.reads(asked.body)
    assert notice["title"] == "Bottega Luna"
    assert notice["body"].startswith("Il pacco 1 di 2 è in viaggio con BRT.")
    assert notice["url"] == "https://ordini.example/o/abc/"
    assert outcome.result is Result.SENT


def test_only_news_of_the_same_order_takes_the_place_of_older_news():
    def tag(pk, thread):
        return json.loads(WebPushChannel().pack(replace(write(None, pk), thread=thread)).payload)["notice"][
            "tag"
        ]

    assert tag(1, "order-7") == tag(2, "order-7")
    assert tag(1, "") != tag(2, "")


def test_it_says_who_sends_with_a_signature_for_this_push_service():
    _outcomes, (asked,) = send(TAKEN)

    said = asked.headers["authorization"]
    assert Vapid02.verify(said)
    token, key = said.removeprefix("vapid t=").split(",k=")
    claims = json.loads(keys.read(token.split(".")[1]))
    assert claims["aud"] == f"https://{HOST}"
    assert claims["sub"] == "mailto:ciao@luna.example"
    assert key == keys.public_key(ACCOUNT.secret)


@pytest.mark.parametrize(
    ("told", "result", "is_dead"),
    [
        (answer(b"", "410 Gone"), Result.REFUSED, True),
        (answer(b"", "404 Not Found"), Result.REFUSED, True),
        (answer(b"key mismatch", "403 Forbidden"), Result.REFUSED, False),
        (answer(b"", "413 Payload Too Large"), Result.REFUSED, False),
        (answer(b"", "500 Internal Server Error"), Result.UNKNOWN, False),
        (answer(b"", "307 Temporary Redirect", Location="http://10.0.0.1/"), Result.UNKNOWN, False),
        (answer(b"\xff" * 400, "400 Bad Request"), Result.REFUSED, False),
    ],
)
def test_each_answer_means_one_thing(told, result, is_dead):
    (outcome,), _asked = send(told)

    assert (outcome.result, outcome.is_dead_address) == (result, is_dead)
    assert outcome.words


def test_one_browser_that_refuses_stops_no_other():
    outcomes, asked = send(answer(b"", "403 Forbidden"), count=10)

    assert len(asked) == 10
    assert {outcome.pause for outcome in outcomes} == {None}


def test_it_waits_when_it_is_asked_to():
    outcomes, _asked = send(answer(b"", "429 Too Many Requests", Retry_After="90"), count=10)

    assert {outcome.pause for outcome in outcomes} == {timedelta(seconds=90)}


@pytest.mark.parametrize("endpoint", ["https://127.0.0.1/x", "https://[::1]/x", "https://192.168.1.1/hook"])
def test_an_endpoint_in_a_private_network_is_not_asked(endpoint):
    channel = WebPushChannel()  # with the product's own guarded client

    (outcome,) = channel.deliver([channel.pack(write(channel, 1, endpoint))])

    assert (outcome.result, outcome.is_dead_address) == (Result.REFUSED, True)


def test_a_browser_that_took_it_back_is_not_written_to():
    with pytest.raises(UnsendableError, match="taken back"):
        WebPushChannel().pack(replace(write(None, 1), reached=Reached()))


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", ""), ("AAAA", "AAAA"), ("ü", "ü"), ("A" * 87, keys.spelt(b"0" * 16)), (None, None)],
)
def test_what_are_no_keys_of_a_browser_is_seen(p256dh, auth):
    assert not keys.is_browsers(p256dh or "", auth or "")


def test_a_browsers_keys_are_known_as_such():
    given = BROWSER.reached().keys

    assert keys.is_browsers(given["p256dh"], given["auth"])
    assert not keys.is_browsers(given["p256dh"], given["auth"] + "AA")


def test_what_is_no_key_has_no_public_half():
    assert keys.public_key("x") == ""
    assert keys.public_key("A" * 43) == ""
    assert len(keys.read(keys.public_key(keys.new_private_key()))) == 65
