"""What is true now about many messages at once: a handful of statements, whatever the size of the batch.

Used when messages are asked for and again when they are sent, so that both decide on the same grounds.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from passaparola.messages.models import Consent, Message, Suppression
from passaparola.messages.people import People, PersonRow
from passaparola.messages.rules import consents
from passaparola.messages.rules.language import language_of
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
    def customer_id(self) -> int | None: ...
    @property
    def order_id(self) -> int | None: ...
    @property
    def parcel_id(self) -> int | None: ...


class OrderRow(NamedTuple):
    """What deciding and addressing need of an order."""

    pk: int
    store_id: int
    customer_id: int | None
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
    promised_last: Any


_COLUMNS = (
    "pk",
    "store_id",
    "customer_id",
    "placed_at",
    "cancelled_at",
    "deleted_at",
    "is_history",
    "is_test",
    "email",
    "language",
    "shipping_address__country",
    "total",
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
    people: People = field(default_factory=People)
    parcels: dict[int, ParcelNow] = field(default_factory=dict)
    suppressed: dict[tuple[int, str], str] = field(default_factory=dict)
    agreed: dict[int, list[consents.Said]] = field(default_factory=dict)
    said: dict[int, list[Said]] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Sequence[About], *, channel: str = "email") -> "Situations":
        found = cls()
        found.stores = Store.objects.in_bulk({message.store_id for message in messages})
        order_ids = {message.order_id for message in messages if message.order_id}
        rows = Order.objects.filter(pk__in=order_ids).values_list(*_COLUMNS) if order_ids else ()
        found.orders = {row[0]: OrderRow._make(row) for row in rows}
        customers = {row.customer_id for row in found.orders.values()}
        customers |= {message.customer_id for message in messages}
        found.people = People.of([pk for pk in customers if pk])
        found.parcels = _parcels({message.parcel_id for message in messages if message.parcel_id})
        found.suppressed = _suppressed({found.address(message).lower() for message in messages}, channel)
        found.agreed = _agreed(found.people, channel)
        if found.parcels:  # only news of parcels looks at what was said before
            found.said = _said(order_ids)
        return found

    def order(self, message: About) -> OrderRow | None:
        """Return the order it is about. One of another shop is none at all."""
        order = self.orders.get(message.order_id or 0)
        return order if order and order.store_id == message.store_id else None

    def person(self, message: About) -> PersonRow | None:
        """Return who it is for: the order's customer, else the one it names."""
        order = self.order(message)
        person = self.people.get((order and order.customer_id) or message.customer_id)
        return person if person and person.store_id == message.store_id else None

    def address(self, message: About) -> str:
        named: str = getattr(message, "to_address", "")
        if named:
            return named
        order, person = self.order(message), self.person(message)
        return ((order and order.email) or (person and person.email) or "").strip()

    def language(self, message: About) -> str:
        order, person = self.order(message), self.person(message)
        own, ordered = person.language if person else "", order.language if order else ""
        return language_of(own, ordered, self.stores[message.store_id].language)

    def situation(self, message: About) -> Situation:
        order, person = self.order(message), self.person(message)
        country = (order and order.ships_to) or (person and person.country) or ""
        return Situation(
            order=order_now(order) if order else None,
            parcel=self.parcels.get(message.parcel_id or 0),
            consents=self.consents(message),
            suppressed=self.suppressed.get((message.store_id, self.address(message).lower()), ""),
            is_erased=bool(person and person.erased_at),
            zone=zone_of(
                person.time_zone if person else "", country, self.stores[message.store_id].time_zone
            ),
        )

    def consents(self, message: About) -> frozenset[Purpose]:
        person = self.person(message)
        if person is None:
            return frozenset()
        return consents.agreed(person.accepts_marketing, person.consent_at, self.agreed.get(person.pk, ()))

    def history(self, message: About) -> History:
        return tuple(self.said.get(message.order_id or 0, ()))

    def policy(self, message: About) -> Policy:
        store = self.stores[message.store_id]
        return _policy(store.quiet_from, store.quiet_until)


def order_now(order: OrderRow) -> OrderNow:
    return OrderNow(
        placed_at=order.placed_at,
        cancelled_at=order.cancelled_at,
        deleted_at=order.deleted_at,
        is_history=order.is_history,
        is_test=order.is_test,
    )


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


def _suppressed(addresses: Collection[str], channel: str) -> dict[tuple[int, str], str]:
    """Return why addresses are silenced; the gravest reason where there are several."""
    rows = Suppression.objects.filter(address__in=addresses, channel=channel, lifted_at=None)
    found: dict[tuple[int, str], str] = {}
    for store, address, reason in rows.values_list("store_id", "address", "reason"):
        before = found.get((store, address), reason)
        found[store, address] = max(before, reason, key=_WORST.index)
    return found


def _agreed(people: People, channel: str) -> dict[int, list[consents.Said]]:
    """Return what each person said, whichever of their rows it was said for."""
    found: dict[int, list[consents.Said]] = defaultdict(list)
    rows = Consent.objects.filter(customer__in=list(people.roots), channel=channel)
    for customer, *said in rows.values_list("customer_id", "purpose", "is_given", "said_at"):
        found[people.roots[customer]].append(consents.Said._make(said))
    return found


def _said(orders: set[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    rows = Message.objects.filter(order__in=orders, sent_at__isnull=False)
    for order, kind, parcel, sent_at in rows.values_list("order_id", "kind", "parcel_id", "sent_at"):
        if sent_at is None or order is None:
            continue
        found[order].append(Said(kind=kind, parcel_id=parcel, sent_at=sent_at))
    return found
