"""What is true now about many messages at once: a handful of statements, whatever the size of the batch.

Used when messages are asked for and again when they are sent, so that both decide on the same grounds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from passaparola.messages.models import Consent, Message, Suppression
from passaparola.messages.rules import consents
from passaparola.messages.rules.values import (
    History,
    OrderNow,
    ParcelNow,
    Policy,
    Purpose,
    Said,
    Situation,
)
from passaparola.messages.zones import zone_of
from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel


class About(Protocol):
    """What a message has to tell of itself to be judged."""

    @property
    def store_id(self) -> int: ...
    @property
    def order_id(self) -> int | None: ...
    @property
    def parcel_id(self) -> int | None: ...


class OrderRow(NamedTuple):
    """What deciding and addressing need of an order and its customer."""

    pk: int
    store_id: int
    placed_at: datetime | None
    cancelled_at: datetime | None
    deleted_at: datetime | None
    is_history: bool
    is_test: bool
    email: str
    language: str
    ships_to: str | None
    """Country."""
    total: Any
    customer_id: int | None
    customer_email: str | None
    customer_language: str | None
    time_zone: str | None
    country: str | None
    accepts_marketing: bool | None
    consent_at: datetime | None
    erased_at: datetime | None
    orders_count: int | None
    promised_last: Any

    @property
    def address(self) -> str:
        return (self.email or self.customer_email or "").strip()


_COLUMNS = (
    "pk",
    "store_id",
    "placed_at",
    "cancelled_at",
    "deleted_at",
    "is_history",
    "is_test",
    "email",
    "language",
    "shipping_address__country",
    "total",
    "customer_id",
    "customer__email",
    "customer__language",
    "customer__time_zone",
    "customer__country",
    "customer__accepts_marketing",
    "customer__consent_at",
    "customer__erased_at",
    "customer__orders_count",
    "first_promise__last",
)


@lru_cache(maxsize=200)
def _policy(quiet_from: Any, quiet_until: Any) -> Policy:
    return Policy(quiet_from=quiet_from, quiet_until=quiet_until)


@dataclass
class Situations:
    """Everything loaded for a batch; answers per message without another statement."""

    stores: dict[int, Store] = field(default_factory=dict)
    orders: dict[int, OrderRow] = field(default_factory=dict)
    parcels: dict[int, ParcelNow] = field(default_factory=dict)
    suppressed: dict[tuple[int, str], str] = field(default_factory=dict)
    agreed: dict[int, list[consents.Said]] = field(default_factory=dict)
    said: dict[int, list[Said]] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Sequence[About], *, channel: str = "email") -> "Situations":
        found = cls()
        found.stores = Store.objects.in_bulk({message.store_id for message in messages})
        order_ids = {message.order_id for message in messages if message.order_id}
        rows = Order.objects.filter(pk__in=order_ids).values_list(*_COLUMNS)
        found.orders = {row[0]: OrderRow._make(row) for row in rows}
        found.parcels = _parcels({message.parcel_id for message in messages if message.parcel_id})
        found.suppressed = _suppressed(found.orders.values(), channel)
        found.agreed = _agreed({row.customer_id for row in found.orders.values() if row.customer_id}, channel)
        if found.parcels:  # only news of parcels looks at what was said before
            found.said = _said(order_ids)
        return found

    def situation(self, message: About) -> Situation:
        order = self.orders.get(message.order_id or 0)
        store = self.stores[message.store_id]
        if order is None:
            return Situation(zone=store.zone)
        return Situation(
            order=OrderNow(
                placed_at=order.placed_at,
                cancelled_at=order.cancelled_at,
                deleted_at=order.deleted_at,
                is_history=order.is_history,
                is_test=order.is_test,
            ),
            parcel=self.parcels.get(message.parcel_id or 0),
            consents=self.consents(order),
            suppressed=self.suppressed.get((order.store_id, order.address.lower()), ""),
            is_erased=order.erased_at is not None,
            zone=zone_of(
                order.time_zone or "",
                order.ships_to or order.country or "",
                store.time_zone,
            ),
        )

    def consents(self, order: OrderRow) -> frozenset[Purpose]:
        own = self.agreed.get(order.customer_id or 0, ())
        return consents.agreed(order.accepts_marketing, order.consent_at, own)

    def history(self, message: About) -> History:
        return tuple(self.said.get(message.order_id or 0, ()))

    def policy(self, message: About) -> Policy:
        store = self.stores[message.store_id]
        return _policy(store.quiet_from, store.quiet_until)


def _parcels(ids: set[int]) -> dict[int, ParcelNow]:
    if not ids:
        return {}
    rows = Parcel.objects.filter(pk__in=ids).values_list(
        "pk", "state", "arrival_first", "arrival_last", "late_since"
    )
    return {
        pk: ParcelNow(state=state, arrival_first=first, arrival_last=last, late_since=late)
        for pk, state, first, last, late in rows
    }


_WORST = ("unsubscribed", "complaint", "hard_bounce")


def _suppressed(orders: Iterable[OrderRow], channel: str) -> dict[tuple[int, str], str]:
    """Return why addresses are silenced; the gravest reason where there are several."""
    addresses = {row.address.lower() for row in orders if row.address}
    rows = Suppression.objects.filter(address__in=addresses, channel=channel, lifted_at=None)
    found: dict[tuple[int, str], str] = {}
    for store, address, reason in rows.values_list("store_id", "address", "reason"):
        before = found.get((store, address), reason)
        found[store, address] = max(before, reason, key=_WORST.index)
    return found


def _agreed(customers: set[int], channel: str) -> dict[int, list[consents.Said]]:
    found: dict[int, list[consents.Said]] = defaultdict(list)
    rows = Consent.objects.filter(customer__in=customers, channel=channel)
    for customer, *said in rows.values_list("customer_id", "purpose", "is_given", "said_at"):
        found[customer].append(consents.Said._make(said))
    return found


def _said(orders: set[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    rows = Message.objects.filter(order__in=orders, sent_at__isnull=False)
    for order, kind, parcel, sent_at in rows.values_list("order_id", "kind", "parcel_id", "sent_at"):
        if sent_at is None or order is None:
            continue
        found[order].append(Said(kind=kind, parcel_id=parcel, sent_at=sent_at))
    return found
