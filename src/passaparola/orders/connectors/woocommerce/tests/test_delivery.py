from dataclasses import replace

import pytest

from passaparola.inbound.source import Posted
from passaparola.orders.connectors.woocommerce import kind
from passaparola.orders.connectors.woocommerce.signature import sign, signature
from passaparola.orders.connectors.woocommerce.tests.deliveries import AT, SECRET, order, posted

PING = Posted({"content-type": "application/x-www-form-urlencoded"}, b"webhook_id=123", AT)


def test_the_signature_is_base64_of_an_hmac_over_the_raw_body():
    # Worked out with: printf '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64
    assert signature(b'{"id":1}', "hush") == "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY="


def test_the_ping_comes_without_signature_and_is_welcome():
    assert kind.lacks(PING) == ()
    assert kind.is_authentic(PING, SECRET)
    assert kind.topic(PING) == "ping"
    assert "test call" in kind.read(PING).note


@pytest.mark.parametrize(
    "body", [b"", b"webhook_id=", b"webhook_id=1&order=2", b'{"id": 1}', b"webhook_id=a"]
)
def test_nothing_else_is_welcome_unsigned(body: bytes):
    unsigned = replace(PING, body=body)

    assert kind.lacks(unsigned)
    assert not kind.is_authentic(unsigned, SECRET)


def test_a_ping_with_a_wrong_signature_is_refused():
    assert not kind.is_authentic(replace(PING, headers={"x-wc-webhook-signature": "AAAA"}), SECRET)


def test_a_delivery_id_is_shared_by_all_deliveries_of_one_second():
    first, second = posted("order.updated", order()), posted("order.updated", order(id=4712))

    assert first.headers["x-wc-webhook-delivery-id"] == second.headers["x-wc-webhook-delivery-id"]
    assert kind.key(first) != kind.key(second)


def test_the_same_deletion_a_day_later_is_another_one():
    body = b'{"id": 4711}'
    today, tomorrow = (
        sign(body, SECRET, topic="order.deleted", delivery="1", at=AT.replace(day=day)) for day in (2, 3)
    )

    keys = [
        kind.key(Posted({name.lower(): value for name, value in headers.items()}, body, AT))
        for headers in (today, tomorrow)
    ]

    assert keys[0] != keys[1]
