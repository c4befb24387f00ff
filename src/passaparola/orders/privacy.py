"""The orders' part of an export and an erasure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from passaparola.customers.privacy import Person
from passaparola.inbound.privacy import erase_holding
from passaparola.kernel.forgetting import forget_words
from passaparola.orders.events import FulfilmentNewsReported
from passaparola.orders.models import CLOSED, Fulfilment, Line, Order, Refund

KEPT = "Amounts, days and what was bought stay without a name: the law wants them kept for ten years."
LONG_ENOUGH = 8
"""Letters: shorter words stand in other people's deliveries, too."""
_COLUMNS = (
    *(
        "number",
        "placed_at",
        "currency",
        "total",
        "payment_method",
        "paid_at",
        "cancelled_at",
        "email",
        "phone",
    ),
    *("note", "shipping_method", "shipping_address", "billing_address", "shipped_at", "delivered_at"),
)


def export(person: Person) -> Any:
    orders = Order.objects.filter(store=person.store_id, customer__in=person.ids).order_by("placed_at", "pk")
    lines: dict[int, list[dict[str, Any]]] = {}
    for line in Line.objects.filter(order__in=orders).order_by("order", "position", "pk"):
        row = {"title": line.title, "variant": line.variant, "quantity": line.quantity, "total": line.total}
        lines.setdefault(line.order_id, []).append(row)
    return [{**row, "lines": lines.get(pk, [])} for pk, row in _rows(orders)]


def _rows(orders: Any) -> list[tuple[int, dict[str, Any]]]:
    return [(row.pop("pk"), row) for row in orders.values("pk", *_COLUMNS)]


def erase(person: Person, now: datetime) -> int:
    """Leave the country of an address, which tells nobody; take the rest, and end every link."""
    del now
    orders = list(Order.objects.filter(store=person.store_id, customer__in=person.ids))
    erase_holding(person.store_id, _signs(orders))
    for order in orders:
        order.email = order.phone = order.note = ""
        order.version, order.discount_codes = CLOSED, []
        order.search = order.number.lower()
        order.shipping_address = _country(order.shipping_address)
        order.billing_address = _country(order.billing_address)
    Order.objects.bulk_update(
        orders,
        [
            *("email", "phone", "note", "search", "version"),
            *("discount_codes", "shipping_address", "billing_address"),
        ],
        batch_size=200,
    )
    ids = [order.pk for order in orders]
    Order.objects.filter(pk__in=ids).update(
        link_epoch=F("link_epoch") + 1, page_version=F("page_version") + 1
    )
    Refund.objects.filter(order__in=ids).update(reason="")
    Fulfilment.objects.filter(order__in=ids).update(urls=[])
    forget_words(person.store_id, customers=person.ids, orders=ids)
    # What a carrier wrote, passed on by the shop system; elsewhere a `message` is the kind of a mail.
    forget_words(person.store_id, orders=ids, words=("message",), kind=FulfilmentNewsReported.__name__)
    return len(orders)


def _signs(orders: Sequence[Order]) -> set[str]:
    """What a delivery about one of these orders holds, where it names neither address nor number of the person."""
    found = {
        str(address.get(name, ""))
        for order in orders
        for address in (order.shipping_address, order.billing_address)
        for name in ("line1", "name")
    }
    found |= {order.external_id for order in orders}
    return {word for word in found if len(word) >= LONG_ENOUGH}


def _country(address: dict[str, str]) -> dict[str, str]:
    return {"country": address["country"]} if address.get("country") else {}
