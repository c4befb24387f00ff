"""Signed deliveries as WooCommerce posts them, for the tests of this folder."""

import json
from datetime import UTC, datetime
from typing import Any

from passaparola.inbound.source import Posted
from passaparola.orders.connectors.woocommerce import example, kind
from passaparola.orders.connectors.woocommerce.signature import sign
from passaparola.orders.facts import Facts, OrderFacts

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECRET = "shared between us"


def posted(topic: str, payload: Any) -> Posted:
    body = json.dumps(payload).encode()
    headers = sign(body, SECRET, topic=topic, delivery="1", at=AT)
    return Posted({name.lower(): value for name, value in headers.items()}, body, AT)


def read(topic: str, payload: Any) -> Facts:
    return kind.read(posted(topic, payload))


def order(**changes: Any) -> dict[str, Any]:
    return example.order(AT) | changes


def read_order(**changes: Any) -> OrderFacts:
    (facts,) = read("order.updated", order(**changes)).orders
    return facts


def meta(**entries: Any) -> list[dict[str, Any]]:
    return [
        {"id": index, "key": key, "value": value} for index, (key, value) in enumerate(entries.items(), 1)
    ]
