"""The WooCommerce connector: which topic is read by what."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, ClassVar

from passaparola.inbound import reading
from passaparola.inbound.source import Posted, UnreadableError
from passaparola.orders.connector import Connector, FileRow
from passaparola.orders.connectors.woocommerce import customer, giving_back, order, product
from passaparola.orders.connectors.woocommerce.export import read_export
from passaparola.orders.connectors.woocommerce.signature import HEADER, signature
from passaparola.orders.facts import Facts, joined
from passaparola.orders.giving_back import Talk, Wish

TOPICS: dict[tuple[str, str], Callable[[Mapping[str, Any], datetime], Facts]] = {
    ("order", "created"): order.order_changed,
    ("order", "updated"): order.order_changed,
    ("order", "restored"): order.order_changed,
    ("order", "deleted"): order.order_deleted,
    ("customer", "created"): customer.customer_changed,
    ("customer", "updated"): customer.customer_changed,
    ("product", "created"): product.product_changed,
    ("product", "updated"): product.product_changed,
    ("product", "restored"): product.product_changed,
    ("product", "deleted"): product.product_deleted,
}
PING = re.compile(rb"\s*webhook_id=\d{1,20}\s*")
"""Sent once when a webhook is saved: a form, without signature or topic. It must be answered 200."""


class WooCommerce(Connector):
    name: ClassVar[str] = "WooCommerce"
    required_headers: ClassVar[tuple[str, ...]] = (HEADER.lower(), "x-wc-webhook-topic")
    kept_headers: ClassVar[tuple[str, ...]] = (
        "x-wc-webhook-topic",
        "x-wc-webhook-delivery-id",
        "x-wc-webhook-id",
        "x-wc-webhook-source",
    )
    reads_files: ClassVar[bool] = True
    gives_back: ClassVar[bool] = True
    settings: ClassVar[tuple[str, ...]] = giving_back.SETTINGS
    optional: ClassVar[tuple[str, ...]] = giving_back.SETTINGS

    def lacks(self, posted: Posted) -> tuple[str, ...]:
        missing = super().lacks(posted)
        return () if missing and _is_ping(posted) else missing

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        """A ping passes unsigned: it says nothing, and refused, the owner can't save the webhook."""
        given = posted.headers.get(HEADER.lower())
        if given is None:
            return _is_ping(posted)
        expected = signature(posted.body, secret).encode()
        return bool(secret) and compare_digest(expected, given.strip().encode(errors="replace"))

    def topic(self, posted: Posted) -> str:
        if _is_ping(posted):
            return "ping"
        return posted.headers.get("x-wc-webhook-topic", "").strip().lower()[:100]

    def key(self, posted: Posted) -> str:
        """Name the delivery by its id and its content.

        WooCommerce makes the id of the webhook's id and the second, so two orders changed within one
        second share it; content alone would take a second deletion (`{"id": 1}`) for the first.
        """
        delivery = posted.headers.get("x-wc-webhook-delivery-id", "").strip()[:64]
        content = sha256(posted.body).hexdigest()
        return f"{self.topic(posted)[:60]}:{delivery}:{content}"

    def give_back(self, wish: Wish, given: Mapping[str, str]) -> Talk:
        return giving_back.give_back(wish, given)

    def read(self, posted: Posted) -> Facts:
        if _is_ping(posted):
            return Facts(note="WooCommerce's test call when the webhook was saved.")
        resource, _, event = self.topic(posted).partition(".")
        read = TOPICS.get((resource, event))
        if read is None:
            return Facts(note=f"Nothing is taken from WooCommerce's “{resource}.{event}” notifications.")
        things = _things(reading.parsed(posted.body), resource)
        return joined([read(thing, posted.received_at) for thing in things])

    def read_file(self, lines: Iterable[str], mapping: Mapping[str, str]) -> Iterator[FileRow]:
        return read_export(lines, mapping)


def _things(payload: Any, resource: str) -> list[dict[str, Any]]:
    """The legacy API wraps the thing; tools that replay answers of the REST API post lists and batches."""
    if isinstance(payload, list):
        return reading.many(payload)
    if not isinstance(payload, dict):
        raise UnreadableError("The JSON is no object: it should begin with “{”.")
    if "id" in payload:
        return [payload]
    several = [
        thing for name in (f"{resource}s", "create", "update") for thing in reading.many(payload.get(name))
    ]
    return several or [dict(reading.one(payload.get(resource)) or payload)]


def _is_ping(posted: Posted) -> bool:
    return len(posted.body) < 64 and PING.fullmatch(posted.body) is not None  # noqa: PLR2004 - a ping is short
