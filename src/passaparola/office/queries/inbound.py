"""What came in, and one delivery as people can read it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BinaryField, F, Func, IntegerField, Value

from passaparola.inbound.models import Delivery, Outcome
from passaparola.office.paging import Page, as_id, page_of
from passaparola.orders.models import Order
from passaparola.stores.models import Store

LONGEST_SHOWN = 60_000
"""Characters of a body: a page stays below 100 KB, whatever came."""
MOST_LOOKED_THROUGH = 5_000
"""Deliveries whose bodies are read for an order's id."""


def inbound_page(store: Store, asked: Mapping[str, str]) -> Page[Delivery]:
    """One page of what came in: `asked` has `outcome`, `connection`, `order` and a cursor."""
    found = Delivery.objects.of(store).select_related("connection").defer("body", "headers")
    outcome, connection, order = (asked.get(name, "") for name in ("outcome", "connection", "order"))
    if outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    elif outcome == "waiting":
        found = found.filter(read_at=None)
    if connection:
        found = found.filter(connection=as_id(connection))
    if order:
        found = found.filter(pk__in=mentioning(store, as_id(order)))
    return page_of(found, asked)


def mentioning(store: Store, order_id: int) -> list[int]:
    """The ids of recent deliveries whose bodies speak of an order, by its id at the source.

    Bodies have no index: so many are read, no more. Enough for the days in which somebody asks.
    """
    order = Order.objects.filter(store=store, pk=order_id).first()
    if order is None or not order.external_id:
        return []
    sent = Delivery.objects.filter(connection__store=store, connection__source=order.source)
    recent = sent.order_by("-pk").values("pk")[:MOST_LOOKED_THROUGH]
    # Bytes are compared: the id as it stands in JSON, whatever the encoding of the rest.
    where = Func(
        Value(order.external_id.encode(), BinaryField()),
        F("body"),
        template="position(%(expressions)s)",
        arg_joiner=" in ",
        output_field=IntegerField(),
    )
    told = Delivery.objects.filter(pk__in=recent).annotate(where=where).filter(where__gt=0)
    return list(told.values_list("pk", flat=True))


@dataclass(frozen=True)
class Body:
    text: str
    is_cut: bool
    size: int


def readable(raw: bytes) -> Body:
    """Show JSON with its structure, anything else as it came; cut where it is too long for a page."""
    try:
        text = json.dumps(json.loads(raw), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = raw.decode("utf-8", "replace")
    # JSON may spell half of a surrogate pair, which no page can be written with.
    shown = text[:LONGEST_SHOWN].encode("utf-8", "replace").decode()
    return Body(shown, len(text) > LONGEST_SHOWN, len(raw))
