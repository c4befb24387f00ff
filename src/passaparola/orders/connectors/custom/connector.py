"""The connector for any shop: which event is read by what."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_bytes
from typing import ClassVar

from passaparola.inbound import reading
from passaparola.inbound.source import Posted
from passaparola.orders.connector import Connector, FileRow
from passaparola.orders.connectors.custom import order, people, product, shipment
from passaparola.orders.connectors.custom.given import Given
from passaparola.orders.connectors.custom.signature import PREFIX, is_signed
from passaparola.orders.exports.orders import read_orders
from passaparola.orders.exports.words import WORDS
from passaparola.orders.facts import Facts, PrivacyKind, joined

EVENTS: dict[str, tuple[str, Callable[[Given, datetime], Facts]]] = {
    "order.updated": ("orders", order.read_order),
    "order.created": ("orders", order.read_order),
    "order.deleted": ("orders", order.read_deleted),
    "fulfilment.updated": (
        "fulfilments",
        lambda given, at: Facts(fulfilments=(shipment.read_fulfilment(given, at),)),
    ),
    "tracking.updated": ("tracking", lambda given, _: Facts(fulfilment_news=(shipment.read_news(given),))),
    "refund.created": ("refunds", lambda given, _: Facts(refunds=(shipment.read_refund(given),))),
    "customer.updated": ("customers", people.customer_updated),
    "product.updated": ("products", lambda given, at: Facts(products=(product.read_product(given, at),))),
}
"""The event's type, the list in `data` that belongs to it, and who reads one item of the list."""

PRIVACY = {f"privacy.{kind.value}": kind for kind in PrivacyKind}
_TYPE = re.compile(rb'"type"\s*:\s*"([a-z_.]{1,60})"')


class Custom(Connector):
    name: ClassVar[str] = "Any shop"
    required_headers: ClassVar[tuple[str, ...]] = ("webhook-id", "webhook-timestamp", "webhook-signature")
    kept_headers: ClassVar[tuple[str, ...]] = ("webhook-id", "webhook-timestamp")

    reads_files: ClassVar[bool] = True

    def read_file(self, lines: Iterable[str], mapping: Mapping[str, str]) -> Iterator[FileRow]:
        """Read any CSV file: columns are named by `mapping`, the others recognised by their headings."""
        return read_orders(lines, mapping, WORDS)

    def new_secret(self) -> str | None:
        return PREFIX + b64encode(token_bytes(32)).decode()

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        return is_signed(posted.headers, posted.body, secret, posted.received_at)

    def topic(self, posted: Posted) -> str:
        """The type stands in the body; senders write it first, and only there is it looked for."""
        found = _TYPE.search(posted.body, 0, 300)
        return found[1].decode() if found else ""

    def key(self, posted: Posted) -> str:
        """The specification lets `webhook-id` name the message, whatever number of attempts it takes."""
        message_id = posted.headers.get("webhook-id", "")
        if not message_id:
            return super().key(posted)
        return (
            message_id if len(message_id) <= reading.LONGEST_ID else sha256(message_id.encode()).hexdigest()
        )

    def read(self, posted: Posted) -> Facts:
        message = Given(reading.parsed_object(posted.body))
        kind = message.required("type", message.text).replace("fulfillment", "fulfilment")
        data = Given(message.one("data").values)
        if kind in PRIVACY:
            return people.read_privacy(data, PRIVACY[kind])
        if kind not in EVENTS:
            return Facts(note=f"“{kind[:60]}” is none of our events, so nothing is taken from it.")
        plural, read = EVENTS[kind]
        sent_at = message.time("timestamp") or _sent_at(posted)
        return joined([read(item, sent_at) for item in data.required(plural, data.many)])


def _sent_at(posted: Posted) -> datetime:
    seconds = posted.headers.get("webhook-timestamp", "")
    if seconds.isascii() and seconds.isdecimal() and len(seconds) <= 10:  # noqa: PLR2004 - to the year 2286
        return datetime.fromtimestamp(int(seconds), UTC)
    return posted.received_at
