"""WooCommerce against public samples, found by `PASSAPAROLA_FIXTURES` or beside the repository."""

import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from passaparola.inbound.source import Posted
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.facts import Facts, OrderFacts

FIXTURES = Path(os.environ.get("PASSAPAROLA_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
WOOCOMMERCE = FIXTURES / "woocommerce"
pytestmark = pytest.mark.skipif(
    not WOOCOMMERCE.is_dir(), reason="No public samples here: set PASSAPAROLA_FIXTURES to their folder."
)
ORDERS = sorted(WOOCOMMERCE.glob("orders/*.json"))
SINGLE_ORDERS = [path for path in ORDERS if path.read_text().lstrip().startswith('{\n "id"')]
CUSTOMERS = sorted(WOOCOMMERCE.glob("customers/*.json"))
KIND = CONNECTORS["woocommerce"]


def read(topic: str, path: Path) -> Facts:
    headers = {"x-wc-webhook-topic": topic}
    return KIND.read(Posted(headers, path.read_bytes(), datetime(2026, 3, 2, tzinfo=UTC)))


@pytest.mark.parametrize("path", SINGLE_ORDERS, ids=lambda path: path.stem)
def test_an_order_sample_says_what_stands_in_it(path: Path):
    payload = json.loads(path.read_text())

    (order,) = read("order.updated", path).orders

    check(order, payload)
    assert order.customer.email == payload["billing"]["email"]
    assert order.shipping_address.line1 == payload["shipping"]["address_1"]
    assert order.placed_at.replace(tzinfo=None).isoformat() == payload["date_created_gmt"]
    assert order.payment_method == payload["payment_method_title"]


@pytest.mark.parametrize("path", ORDERS, ids=lambda path: path.stem)
def test_every_order_of_a_list_or_batch_is_read(path: Path):
    assert read("order.updated", path).orders


@pytest.mark.parametrize("path", ORDERS, ids=lambda path: path.stem)
def test_every_order_in_a_file_of_them_is_read(path: Path):
    document = json.loads(path.read_text())
    payloads = document if isinstance(document, list) else document.get("create", [document])

    with path.open() as lines:
        rows = list(KIND.read_file(lines, {}))

    read_orders = [row.facts.orders[0] for row in rows if row.facts and row.facts.orders]
    assert len(read_orders) >= len(payloads)
    for order, payload in zip(read_orders, payloads, strict=False):
        check(order, payload)


@pytest.mark.parametrize("path", CUSTOMERS, ids=lambda path: path.stem)
def test_a_customer_sample_says_who_it_is(path: Path):
    payload = json.loads(path.read_text())
    payloads = payload if isinstance(payload, list) else payload.get("create", [payload])
    if "email" not in payloads[0]:
        pytest.skip("downloads, not a customer")

    customers = read("customer.updated", path).customers

    for customer, told in zip(customers, payloads, strict=False):
        assert (customer.external_id, customer.email) == (str(told["id"]), told["email"])
        assert customer.first_name == told["first_name"]


def check(order: OrderFacts, payload: dict[str, Any]) -> None:
    assert (order.external_id, order.number) == (str(payload["id"]), payload["number"])
    assert (order.total, order.currency) == (Decimal(payload["total"]), payload["currency"])
    assert [line.quantity for line in order.lines] == [line["quantity"] for line in payload["line_items"]]
    assert order.tax == Decimal(payload["total_tax"])
