"""Channels against public samples, found by `PASSAPAROLA_FIXTURES` or beside the repository."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from passaparola.inbound.source import Posted
from passaparola.messages.channel import CHANNELS
from passaparola.messages.channels.sms import signature
from passaparola.messages.connected import Progress, Step, Words

FIXTURES = Path(os.environ.get("PASSAPAROLA_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
WHATSAPP, TWILIO = FIXTURES / "messaging" / "whatsapp", FIXTURES / "suites" / "twilio_signature_vectors.json"
pytestmark = pytest.mark.skipif(
    not WHATSAPP.is_dir() or not TWILIO.is_file(),
    reason="No public samples here: set PASSAPAROLA_FIXTURES to their folder.",
)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def told(name: str) -> dict[str, Any]:
    return dict(json.loads((WHATSAPP / f"{name}.json").read_text()))


def read(sample: Any) -> tuple[Any, ...]:
    channel: Any = CHANNELS["whatsapp"]
    return tuple(channel.read(Posted({}, json.dumps(sample).encode(), NOW)))


def test_every_kind_of_word_a_customer_can_send_is_read_and_reactions_are_left_out():
    samples = told("message") | told("callback_button") | told("callback_selection")

    found = {kind: read(sample) for kind, sample in samples.items()}

    assert {kind for kind, words in found.items() if not words} == {
        "reaction",
        "unreaction_empty",
        "unreaction_no_emoji",
    }
    for kind, words in found.items():
        assert all(isinstance(one, Words) and one.words and one.address.startswith("+") for one in words), (
            kind
        )


@pytest.mark.parametrize("step", ["sent", "delivered", "read", "failed"])
def test_every_status_is_read(step):
    found = read(told("message_status")[step])

    assert found
    assert all(isinstance(one, Progress) for one in found)
    assert {one.step for one in found} == {Step(step)}
    if step == "failed":
        assert all(one.words for one in found)


def test_text_and_buttons_keep_their_words():
    assert [one.words for one in read(told("message")["text"])] == ["Body Text"]
    assert [one.words for one in read(told("callback_button")["button"])] == ["title"]


@pytest.mark.parametrize(
    "vector", json.loads(TWILIO.read_text()) if TWILIO.is_file() else [], ids=lambda v: v["name"]
)
def test_twilios_own_signatures_are_valid_and_nearly_the_same_ones_are_not(vector):
    fields = vector.get("params", {})
    pairs = list(fields.items()) if isinstance(fields, dict) else [tuple(pair) for pair in fields]
    body = vector["body"].encode() if "body" in vector else urlencode(pairs).encode()

    assert signature.is_valid(vector["url"], body, vector["signature"], vector["token"])
    assert not signature.is_valid(vector["url"], body, vector["signature"], vector["token"] + "6")
    assert not signature.is_valid(vector["url"], body + b"&x=1", vector["signature"], vector["token"])
    assert not signature.is_valid(
        vector["url"].replace("my", "our"), body, vector["signature"], vector["token"]
    )
