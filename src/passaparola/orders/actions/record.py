"""Recording facts set-based: a handful of statements for a batch, whatever the order of arrival."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from passaparola.customers import actions as customers
from passaparola.customers.actions import Told
from passaparola.kernel.events import emit
from passaparola.orders.actions import write
from passaparola.orders.actions.derive import derive
from passaparola.orders.events import FulfilmentNewsReported, OrderEdited
from passaparola.orders.facts import Facts
from passaparola.orders.models import CLOSED, Order
from passaparola.products import actions as products


@dataclass(frozen=True, slots=True)
class Sourced:
    """Facts, and whose they are."""

    store_id: int
    source: str
    facts: Facts


def record(batch: Sequence[Sourced], *, now: datetime, is_history: bool = False) -> None:
    """Record a batch in the caller's transaction, then tell what newly follows from it.

    `is_history` marks what newly follows as imported from the past: it triggers nothing.
    """
    batch = _without_closed(batch)
    products.record([(s.store_id, s.source, product) for s in batch for product in s.facts.products])
    orders = write.Orders.of(batch)
    people = _record_people(batch, orders, now)
    orders.write(people, is_history=is_history)
    orders.write_parts()
    _record_privacy(batch, now)
    derive(orders, now=now, is_history=is_history)
    _tell_news(batch, orders, now)


def _without_closed(batch: Sequence[Sourced]) -> list[Sourced]:
    """Leave out what shop systems still tell of orders whose person was erased here: they stay forgotten.

    One look at an index for a whole batch. What was refunded or sent is told apart from the order, and counts.
    """
    stores, sources = {s.store_id for s in batch}, {s.source for s in batch}
    told = {order.external_id for s in batch for order in s.facts.orders}
    if not told:
        return list(batch)
    found = Order.objects.filter(
        store_id__any=stores, source__any=sources, external_id__any=told, version=CLOSED
    ).values_list("store_id", "source", "external_id")
    closed = set(found)
    return [_but(s, closed) for s in batch] if closed else list(batch)


def _but(s: Sourced, closed: set[tuple[int, str, str]]) -> Sourced:
    orders = tuple(o for o in s.facts.orders if (s.store_id, s.source, o.external_id) not in closed)
    return replace(s, facts=replace(s.facts, orders=orders))


def _record_people(
    batch: Sequence[Sourced], orders: write.Orders, now: datetime
) -> dict[write.Key, customers.Person]:
    """Record every mention of a person; return who placed each order, the latest version deciding."""
    told: list[Told] = []
    keys: list[write.Key | None] = []
    for s in batch:
        for customer in s.facts.customers:
            told.append(Told(s.store_id, s.source, customer, fallback_key=f"nobody:{s.source}"))
            keys.append(None)
        for order in s.facts.orders:
            fallback = f"order:{s.source}:{order.external_id}"
            told.append(Told(s.store_id, s.source, order.customer, order.updated_at, fallback))
            keys.append((s.store_id, s.source, order.external_id, orders.version_of(order)))
    people = customers.record(told, now=now) if told else []
    return {key: person for key, person in zip(keys, people, strict=True) if key}


def _record_privacy(batch: Sequence[Sourced], now: datetime) -> None:
    rows = [
        {
            "store_id": s.store_id,
            "source": s.source,
            "external_id": request.external_id,
            "kind": request.kind.value,
            "customer_external_id": request.customer_id,
            "email": request.email.strip().lower(),
            "phone": request.phone,
            "order_ids": list(request.order_ids),
        }
        for s in batch
        for request in s.facts.privacy
    ]
    customers.record_privacy(rows, now=now)


def _tell_news(batch: Sequence[Sourced], orders: write.Orders, now: datetime) -> None:
    """Tell the edits and the relayed steps: each is its own record."""
    events: list[OrderEdited | FulfilmentNewsReported] = []
    for s in batch:
        events += [
            OrderEdited(
                store_id=s.store_id,
                happened_at=edit.at,
                key=f"edit:{s.source}:{edit.external_id}",
                order_id=orders.ids[s.store_id, s.source, edit.order_id],
            )
            for edit in s.facts.edits
        ]
        events += [
            FulfilmentNewsReported(
                store_id=s.store_id,
                happened_at=news.at,
                key=f"news:{s.source}:{news.external_id}",
                order_id=orders.ids[s.store_id, s.source, news.order_id],
                source=s.source,
                fulfilment=news.fulfilment_id,
                status=news.status,
                at=news.at.isoformat(),
                message=news.message,
                place=news.place,
                estimated_at=news.estimated_at.isoformat() if news.estimated_at else "",
            )
            for news in s.facts.fulfilment_news
        ]
    emit(events, now=now)
