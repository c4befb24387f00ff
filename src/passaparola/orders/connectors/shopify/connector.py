"""The Shopify connector: which topic is read by what."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, ClassVar

from passaparola.inbound import reading
from passaparola.inbound.source import Posted
from passaparola.orders.connector import Connector, FileRow
from passaparola.orders.connectors.shopify import (
    customer,
    fulfilment,
    giving_back,
    order,
    privacy,
    product,
    refund,
)
from passaparola.orders.connectors.shopify.orders_csv import read_orders_csv
from passaparola.orders.connectors.shopify.signature import HEADER, signature
from passaparola.orders.facts import Facts
from passaparola.orders.giving_back import Talk, Wish

Read = Callable[[Mapping[str, Any], datetime, str], Facts]
"""Payload, the time the event happened, the shop's domain."""

TOPICS: dict[str, Read] = {
    **dict.fromkeys(
        (
            "orders/create",
            "orders/updated",
            "orders/paid",
            "orders/cancelled",
            "orders/fulfilled",
            "orders/partially_fulfilled",
        ),
        lambda payload, at, _: order.order_changed(_inside(payload, "order"), at),
    ),
    "orders/edited": lambda payload, at, _: order.order_edited(payload, at),
    "orders/delete": lambda payload, at, _: order.order_deleted(_inside(payload, "order"), at),
    **dict.fromkeys(
        ("fulfillments/create", "fulfillments/update"),
        lambda payload, at, _: fulfilment.fulfilment_changed(_inside(payload, "fulfillment"), at),
    ),
    "fulfillment_events/create": lambda payload, at, _: fulfilment.fulfilment_news(
        _inside(payload, "fulfillment_event"), at
    ),
    "refunds/create": lambda payload, at, _: refund.refund_created(_inside(payload, "refund"), at),
    **dict.fromkeys(
        ("customers/create", "customers/update", "customers/enable", "customers/disable"),
        lambda payload, at, _: customer.customer_changed(_inside(payload, "customer"), at),
    ),
    "customers/delete": lambda payload, _at, _: customer.customer_deleted(payload),
    "customers/merge": lambda payload, _at, _: customer.customers_merged(payload),
    **dict.fromkeys(
        ("products/create", "products/update"),
        lambda payload, at, domain: product.product_changed(_inside(payload, "product"), at, domain),
    ),
    "products/delete": lambda payload, at, _: product.product_deleted(_inside(payload, "product"), at),
    "customers/data_request": lambda payload, _at, _: privacy.data_requested(payload),
    "customers/redact": lambda payload, _at, _: privacy.customer_redacted(payload),
    "shop/redact": lambda payload, _at, _: privacy.store_redacted(payload),
}

_DOMAIN = re.compile(r"[a-z0-9.-]{3,253}", re.IGNORECASE)
_FIRST_ID = re.compile(rb'"id"\s*:\s*(\d{1,40})')
"""Near the beginning of every payload that has one."""


def _inside(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Some tools forward the REST answer, `{"order": {…}}`, instead of the bare object."""
    if "id" in payload:
        return payload
    wrapped = payload.get(name)
    return wrapped if type(wrapped) is dict else payload


class Shopify(Connector):
    """Shopify signs with a key of its own, pasted in when connecting.

    Until then the random secret of `new_secret` keeps the address closed, and lets a simulator sign.
    """

    name: ClassVar[str] = "Shopify"
    required_headers: ClassVar[tuple[str, ...]] = ("x-shopify-hmac-sha256", "x-shopify-topic")
    """Nothing more: tools that forward or replay webhooks drop the domain, the ids and the time."""
    kept_headers: ClassVar[tuple[str, ...]] = (
        "x-shopify-topic",
        "x-shopify-event-id",
        "x-shopify-webhook-id",
        "x-shopify-shop-domain",
        "x-shopify-triggered-at",
        "x-shopify-api-version",
    )
    max_bytes: ClassVar[int] = 5 * 1024 * 1024
    """An order may have 500 lines, repeated in each fulfilment and refund."""
    reads_files: ClassVar[bool] = True
    gives_back: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = giving_back.SETTINGS
    optional: ClassVar[tuple[str, ...]] = giving_back.SETTINGS
    takes_refunds_off_lines: ClassVar[bool] = True

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        given = posted.headers.get(HEADER.lower(), "").strip()
        return bool(secret) and compare_digest(
            signature(posted.body, secret).encode(), given.encode(errors="replace")
        )

    def topic(self, posted: Posted) -> str:
        return posted.headers.get("x-shopify-topic", "").strip().lower()[:100]

    def key(self, posted: Posted) -> str:
        """Name the delivery by topic and event.

        One event (sending an order in two parcels) may post the same topic about two things, so the
        thing's id belongs to the name; a digest of the body would not survive a second serialisation.
        """
        header = posted.headers.get
        event = header("x-shopify-event-id") or header("x-shopify-webhook-id")
        if not event:
            return f"{self.topic(posted)[:60]}:{sha256(posted.body).hexdigest()}"
        found = _FIRST_ID.search(posted.body, 0, 400)
        thing = found[1].decode() if found else ""
        return f"{self.topic(posted)[:60]}:{event.strip()[:90]}:{thing}"

    def give_back(self, wish: Wish, given: Mapping[str, str]) -> Talk:
        return giving_back.give_back(wish, given)

    def read(self, posted: Posted) -> Facts:
        topic = self.topic(posted)
        read = TOPICS.get(topic)
        if read is None:
            return Facts(note=f"Nothing is taken from Shopify's “{topic or 'unnamed'}” notifications.")
        payload = reading.parsed_object(posted.body)
        triggered_at = reading.time(posted.headers.get("x-shopify-triggered-at"))
        domain = posted.headers.get("x-shopify-shop-domain", "").strip()
        return read(payload, triggered_at or posted.received_at, domain if _DOMAIN.fullmatch(domain) else "")

    def read_file(self, lines: Iterable[str], mapping: Mapping[str, str]) -> Iterator[FileRow]:
        return read_orders_csv(lines, mapping)
