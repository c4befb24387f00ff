"""Shopify against public samples, found by `PASSAPAROLA_FIXTURES` or beside the repository."""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from passaparola.orders.connectors.shopify.tests.deliveries import read

FIXTURES = Path(os.environ.get("PASSAPAROLA_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
SHOPIFY = FIXTURES / "shopify"
WEBHOOKS = sorted(SHOPIFY.glob("webhooks/*/*.json"))
ORDERS = [path for path in SHOPIFY.glob("webhooks/orders/*.json") if '"financial_status"' in path.read_text()]
pytestmark = pytest.mark.skipif(
    not SHOPIFY.is_dir(), reason="No public samples here: set PASSAPAROLA_FIXTURES to their folder."
)


@pytest.mark.parametrize("path", WEBHOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_public_sample_becomes_facts_or_a_note(path: Path):
    topic, payload = load(path)

    facts = read(topic, payload)

    said = (
        facts.orders, facts.deleted_orders, facts.fulfilments, facts.fulfilment_news, facts.refunds,
        facts.edits, facts.customers, facts.products, facts.privacy,
    )  # fmt: skip
    assert any(said) != bool(facts.note)


@pytest.mark.parametrize("path", ORDERS, ids=lambda path: path.stem)
def test_an_order_sample_says_what_stands_in_it(path: Path):
    topic, payload = load(path)

    (order,) = read(topic, payload).orders

    assert order.external_id == str(payload["id"])
    assert order.number == payload["name"].lstrip("#")
    assert (order.total, order.currency) == (Decimal(payload["total_price"]), payload["currency"])
    assert order.customer.email == payload["email"]
    assert order.placed_at.isoformat() == payload["created_at"]
    assert [line.quantity for line in order.lines] == [
        line["current_quantity"] for line in payload["line_items"]
    ]
    assert [line.title for line in order.lines] == [line["title"] for line in payload["line_items"]]
    assert order.shipping_address.city == payload["shipping_address"]["city"]


def test_an_order_of_the_rest_api_is_read_with_its_parcel():
    payload = json.loads((SHOPIFY / "api/order.json").read_text())

    facts = read("orders/updated", payload)

    assert facts.orders[0].total == Decimal(payload["order"]["total_price"])
    assert facts.orders[0].payment_method == "Visa •••• 4242"
    assert facts.fulfilments[0].numbers == tuple(payload["order"]["fulfillments"][0]["tracking_numbers"])


def test_a_refund_sample_adds_up_its_transactions():
    topic, payload = load(SHOPIFY / "webhooks/refunds/create.json")

    (refund,) = read(topic, payload).refunds

    assert refund.amount == sum(Decimal(money["amount"]) for money in payload["transactions"])
    assert [part.quantity for part in refund.parts] == [
        line["quantity"] for line in payload["refund_line_items"]
    ]


def load(path: Path) -> tuple[str, dict[str, Any]]:
    document = json.loads(path.read_text())
    return document["name"], document["response"]
