"""What every channel promises the outbox. Runs for a new one the moment its folder exists."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from passaparola.messages.channel import CHANNELS, Channel, Letter, Packed, Result, Sender
from passaparola.messages.channels.email.tests.server import mail_server
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.template import compiled
from passaparola.messages.rendering.tests import sample

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
ADDRESSES = {"email": "giulia@posta.example", "dummy": "giulia@posta.example"}
"""An address each channel takes; a new one takes a phone number until it says otherwise here."""

every_channel = pytest.mark.parametrize("key", sorted(CHANNELS))


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


def check_one_outcome_each(channel: Channel, key: str) -> None:
    letters: list[Packed] = [channel.pack(letter(key, pk)) for pk in range(1, 12)]

    outcomes = list(channel.deliver(letters))

    assert sorted(outcome.pk for outcome in outcomes) == list(range(1, 12))
    assert {outcome.result for outcome in outcomes} <= set(Result)


@every_channel
def test_nothing_to_deliver_is_no_trouble(key):
    assert list(CHANNELS[key].deliver([])) == []
