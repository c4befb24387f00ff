import json
from dataclasses import replace

from passaparola.orders.connectors.shopify import kind
from passaparola.orders.connectors.shopify.signature import signature
from passaparola.orders.connectors.shopify.tests.deliveries import order, posted


def test_the_signature_is_base64_of_an_hmac_over_the_raw_body():
    # Worked out with: printf '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64
    assert signature(b'{"id":1}', "hush") == "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY="


def test_a_retry_has_the_same_key_even_with_another_webhook_id():
    first = posted("orders/paid", order())
    retry = replace(first, headers=first.headers | {"x-shopify-webhook-id": "another"})

    assert kind.key(first) == kind.key(retry)


def test_one_event_under_two_topics_has_two_keys():
    assert kind.key(posted("orders/paid", order())) != kind.key(posted("orders/updated", order()))


def test_two_parcels_of_one_event_have_two_keys():
    first, second = (posted("fulfillments/create", {"id": own_id}) for own_id in (1, 2))

    assert kind.key(first) != kind.key(second)


def test_without_an_event_the_webhook_or_the_body_names_the_delivery():
    delivery = posted("orders/paid", order())
    bare = replace(delivery, headers={"x-shopify-topic": "orders/paid"})
    webhook_only = replace(bare, headers=bare.headers | {"x-shopify-webhook-id": "w-1"})

    assert len({kind.key(delivery), kind.key(bare), kind.key(webhook_only)}) == 3
    assert kind.key(bare) != kind.key(replace(bare, body=json.dumps({"id": 2}).encode()))
