"""What every channel promises the outbox. Runs for a new one the moment its folder exists."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from passaparola.kernel.http.client import Limits
from passaparola.kernel.http.tests.servers import Server, answer, authority, reaching
from passaparola.messages.channel import CHANNELS, Account, Channel, Letter, Packed, Reached, Result, Sender
from passaparola.messages.channels.email.tests.server import mail_server
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.template import compiled
from passaparola.messages.rendering.tests import sample

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
ADDRESSES = {"email": "giulia@posta.example", "dummy": "giulia@posta.example", "telegram": "4242"}
"""An address each channel takes; a new one takes a phone number until it says otherwise here."""

GIVEN = {"token": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"}
"""What a shop gives a channel it connects; a setting not named here gets a number."""

every_channel = pytest.mark.parametrize("key", sorted(CHANNELS))


connected = pytest.mark.parametrize("key", sorted(k for k, c in CHANNELS.items() if c.is_connected))
BROWSER = {
    "endpoint": "https://push.browser.example/1",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
"""The example of RFC 8291."""
REACHED = Reached(keys=BROWSER)
TAKEN_APART = {
    "huge": answer(b"x" * 200_000),
    "no JSON": answer(b"<html>Welcome to our wireless network</html>"),
    "nested without end": answer(b"[" * 50_000),
    "another type": answer(b'["ok", 1]'),
    "wrong types": answer(
        b'{"ok": [], "result": "x", "sid": {}, "messages": {"id": 1}, "code": [], "error": 1}'
    ),
    "an error of wrong types": answer(
        b'{"code": {}, "error": {"code": []}, "parameters": 1}', "400 Bad Request"
    ),
    "broken off": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf",
    "no HTTP": b"220 mail.example ESMTP\r\n",
    "in trouble": answer(b"", "500 Internal Server Error"),
    "elsewhere": answer(b"", "302 Found", Location="http://10.0.0.1/"),
    "nothing": b"",
}


def account(channel):
    given = {name: GIVEN.get(name, "1122334455") for name in channel.settings}
    return Account(
        pk=1, given=given, secret=channel.new_secret() or "secret-of-theirs", hook_url="https://x.example/"
    )


def letter(key, pk=1):
    return Letter(
        pk=pk,
        to_address=ADDRESSES.get(key, "+393331234567"),
        sender=Sender(name="Bottega Luna", address="ciao@luna.example", host="luna.example"),
        template=compiled("shipped", "it", sample.BRAND),
        data=content(sample.matter("shipped", "it")),
        thread="order-1",
        at=NOW,
    )


@pytest.fixture(autouse=True)
def reachable(settings):
    """The e-mail channel finds a server; the others need none or bring their own."""
    with mail_server() as server:
        settings.ENV = settings.ENV.__class__(
            **{name: getattr(settings.ENV, name) for name in settings.ENV.__slots__}
            | {"mail": address(server)}
        )
        yield
        for channel in CHANNELS.values():
            channel.close()


def address(server):
    from passaparola.config.addresses import MailAddress

    return MailAddress.parse(f"smtp://127.0.0.1:{server.port}")


@every_channel
def test_it_has_a_sentence_and_tests_of_its_own(key):
    import importlib

    package = importlib.import_module(f"passaparola.messages.channels.{key}")

    assert package.__doc__
    assert list(Path(str(package.__file__)).parent.rglob("test_*.py"))


@every_channel
def test_the_same_letter_is_packed_the_same_way_each_time(key):
    channel = CHANNELS[key]

    one, other = channel.pack(letter(key)), channel.pack(letter(key))

    assert one == other
    assert one.pk == 1
    assert one.template_version


@every_channel
def test_each_letter_has_exactly_one_outcome(key):
    check_one_outcome_each(CHANNELS[key], key)


@connected
@pytest.mark.parametrize("told", TAKEN_APART)
def test_whatever_a_provider_answers_each_letter_has_an_outcome_and_none_is_a_yes(key, told):
    outcomes = asked_of(TAKEN_APART[told], key)

    assert sorted(outcome.pk for outcome in outcomes) == [1, 2, 3]
    # Push services say yes by the status alone.
    yes = key == "web_push" and told in {"no JSON", "nested without end", "another type", "wrong types"}
    assert {outcome.result is Result.SENT for outcome in outcomes} == {yes}
    assert all(outcome.words for outcome in outcomes) or yes


@connected
def test_a_provider_that_drips_does_not_hold_us_up(key):
    def drip(line, _asked):
        for _ in range(100):
            line.sendall(b"H")
            time.sleep(0.05)

    started = time.monotonic()

    outcomes = asked_of(drip, key)

    assert {outcome.result for outcome in outcomes} <= {Result.UNKNOWN, Result.DOWN}
    assert time.monotonic() - started < 8  # far from 100 letters one after the other


@connected
def test_what_a_shop_gave_shows_in_no_words(key):
    channel = CHANNELS[key]
    own = account(channel)

    shown = f"{own!r} {packed_by(channel, key, 1)!r} {asked_of(answer(b'', '401 Unauthorized'), key)}"

    assert GIVEN["token"] not in shown
    assert own.secret not in shown


@connected
def test_it_has_what_sending_needs_only_when_all_is_given(key):
    channel = CHANNELS[key]
    own = account(channel)

    assert channel.is_complete(own)
    assert not channel.is_complete(replace(own, secret=""))
    for name in channel.settings:
        less = replace(own, given={**own.given, name: ""})
        assert channel.is_complete(less) is (name in channel.optional), name


def packed_by(channel, key, pk):
    return channel.pack(replace(letter(key, pk), account=account(channel), reached=REACHED))


def asked_of(behave, key):
    """Hand three letters over to a provider that behaves so."""
    channel = type(CHANNELS[key])()
    packed = [packed_by(channel, key, pk) for pk in (1, 2, 3)]
    host = urlsplit(channel.request(packed[0], packed[0].account).url).hostname
    with Server(behave, tls=authority()[0](host)) as server:
        channel.client = reaching(server, Limits(connect=1, total=1, bytes=64 * 1024))
        return list(channel.deliver(packed))


def check_one_outcome_each(channel: Channel, key: str) -> None:
    letters: list[Packed] = [channel.pack(letter(key, pk)) for pk in range(1, 12)]

    outcomes = list(channel.deliver(letters))

    assert sorted(outcome.pk for outcome in outcomes) == list(range(1, 12))
    assert {outcome.result for outcome in outcomes} <= set(Result)


@every_channel
def test_nothing_to_deliver_is_no_trouble(key):
    assert list(CHANNELS[key].deliver([])) == []
