"""Held against the `standardwebhooks` package, which writes the same signatures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from passaparola.inbound.source import Posted
from passaparola.orders.connectors.custom import kind
from passaparola.orders.connectors.custom.signature import key_of, sign, signature
from passaparola.orders.connectors.custom.tests.deliveries import AT, SECRET, order, posted

MESSAGE = {"type": "order.updated", "data": {"orders": [order()]}}
OTHER = "whsec_YW5vdGhlciBzaG9wJ3Mgc2VjcmV0"


@given(
    body=st.text(max_size=80),
    message_id=st.text("abcdef_0123", min_size=1, max_size=30),
    key=st.binary(min_size=1),
)
def test_we_and_the_package_sign_alike(body: str, message_id: str, key: bytes):
    ours = signature(message_id, str(int(AT.timestamp())), body.encode(), key)

    assert ours == Webhook(key).sign(message_id, AT.replace(tzinfo=None), body)


@pytest.mark.real_clock
def test_the_package_believes_what_we_sign():
    now = datetime.now(UTC)
    headers = sign(b'{"a": 1}', SECRET, topic="", delivery="msg_1", at=now)

    assert Webhook(SECRET).verify(b'{"a": 1}', headers) == {"a": 1}


def test_a_new_secret_is_one_that_the_package_takes():
    assert len(key_of(kind.new_secret() or "")) == 32
    assert Webhook(kind.new_secret() or "")


@pytest.mark.parametrize("minutes", [-5, -1, 0, 1, 5])
def test_five_minutes_early_or_late_are_fine(minutes: int):
    delivery = replace(posted(MESSAGE), received_at=AT + timedelta(minutes=minutes))

    assert kind.is_authentic(delivery, SECRET)


@pytest.mark.parametrize("off", [timedelta(minutes=5, seconds=1), timedelta(days=1)])
def test_more_is_a_replay_or_a_wrong_clock(off: timedelta):
    for received_at in (AT + off, AT - off):
        assert not kind.is_authentic(replace(posted(MESSAGE), received_at=received_at), SECRET)


def test_one_of_several_signatures_is_enough_while_a_secret_changes():
    delivery = posted(MESSAGE)
    old = sign(delivery.body, OTHER, topic="", delivery="msg_1", at=AT)["webhook-signature"]
    both = f"{old} v1a,anything {delivery.headers['webhook-signature']}"

    changing = replace(delivery, headers=delivery.headers | {"webhook-signature": both})

    assert kind.is_authentic(changing, SECRET)
    assert kind.is_authentic(changing, OTHER)


@pytest.mark.parametrize("header", ["webhook-id", "webhook-timestamp"])
def test_id_and_timestamp_are_signed_too(header: str):
    delivery = posted(MESSAGE)
    changed = {"webhook-id": "msg_2", "webhook-timestamp": str(int(AT.timestamp()) + 1)}[header]

    assert not kind.is_authentic(replace(delivery, headers=delivery.headers | {header: changed}), SECRET)


@pytest.mark.parametrize("timestamp", ["", "soon", "-1", "1e9", "٣", "1" * 40])
def test_a_timestamp_that_is_none_is_refused(timestamp: str):
    headers = sign(b"{}", SECRET, topic="", delivery="m", at=AT) | {"webhook-timestamp": timestamp}

    assert not kind.is_authentic(Posted(headers, b"{}", AT), SECRET)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_=", "whsec_*", "whsec_é"])
def test_a_secret_without_a_key_lets_nobody_in(secret: str):
    assert not kind.is_authentic(posted(MESSAGE), secret)


def test_all_attempts_of_a_message_have_one_key():
    first = posted(MESSAGE, delivery="msg_7")
    later = replace(first, headers=first.headers | {"webhook-timestamp": "1772444000"})

    assert kind.key(first) == kind.key(later) == "msg_7"
    assert kind.key(first) != kind.key(posted(MESSAGE, delivery="msg_8"))
