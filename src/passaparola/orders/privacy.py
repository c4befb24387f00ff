"""The orders' part of an export and an erasure."""

from datetime import datetime
from typing import Any

from django.db.models import F

from passaparola.customers.privacy import Person
from passaparola.orders.models import Line, Order

KEPT = "Amounts, days and what was bought stay without a name: the law wants them kept for ten years."
WORDS = {"FulfilmentNewsReported": ("message", "place")}
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
    for order in orders:
        order.email = order.phone = order.note = ""
        order.search = order.number.lower()
        order.shipping_address = _country(order.shipping_address)
        order.billing_address = _country(order.billing_address)
    Order.objects.bulk_update(
        orders, ["email", "phone", "note", "search", "shipping_address", "billing_address"], batch_size=200
    )
    ids = [order.pk for order in orders]
    Order.objects.filter(pk__in=ids).update(
        link_epoch=F("link_epoch") + 1, page_version=F("page_version") + 1
    )
    return len(orders)


def _country(address: dict[str, str]) -> dict[str, str]:
    return {"country": address["country"]} if address.get("country") else {}
