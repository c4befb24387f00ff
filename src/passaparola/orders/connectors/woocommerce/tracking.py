"""What a WooCommerce shop says it sent. The core knows no parcels; plugins keep them in the order's meta.

Shipment Tracking, Advanced Shipment Tracking and their likes share `_wc_shipment_tracking_items`. Where
none of them is used, a completed order that had a shipping method counts as sent, without a number.
Parcels are named by their place (`727-1`): an order completed first and given its number a minute later
stays one parcel.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from passaparola.inbound import reading
from passaparola.orders.connectors.woocommerce.meta import as_objects
from passaparola.orders.connectors.woocommerce.times import read_time
from passaparola.orders.facts import FulfilmentFacts, PartFacts

FULL = "_wc_shipment_tracking_items"
SINGLE = (
    ("ywot_tracking_code", "ywot_carrier_name"),
    ("_aftership_tracking_number", "_aftership_tracking_provider_name"),
    ("_tracking_number", "_tracking_provider"),
)
"""Plugins that know one parcel an order: key of the number, key of the carrier."""


def read_parcels(
    order: Mapping[str, Any], own_id: str, meta: Mapping[str, Any], updated_at: datetime
) -> tuple[FulfilmentFacts, ...]:
    items = as_objects(meta.get(FULL)) or as_objects(order.get("shipment_trackings")) or _single(meta)
    completed_at = read_time(order, "date_completed")
    usual_at = completed_at or updated_at
    if not items and _is_sent(order):
        items = [{}]
    return tuple(
        _parcel(item, own_id, f"{own_id}-{place}", usual_at, updated_at)
        for place, item in enumerate(items, 1)
    )


def _single(meta: Mapping[str, Any]) -> list[dict[str, Any]]:
    for number_key, carrier_key in SINGLE:
        number = reading.text(meta.get(number_key))
        if number:
            return [{"tracking_number": number, "tracking_provider": meta.get(carrier_key)}]
    return []


def _is_sent(order: Mapping[str, Any]) -> bool:
    status = reading.text(order.get("status")).removeprefix("wc-")
    return status in {"completed", "shipped"} and bool(reading.many(order.get("shipping_lines")))


def _parcel(
    item: Mapping[str, Any], order_id: str, own_id: str, usual_at: datetime, updated_at: datetime
) -> FulfilmentFacts:
    text = reading.text
    carrier = text(item.get("custom_tracking_provider")) or text(item.get("tracking_provider"))
    url = item.get("custom_tracking_link") or item.get("tracking_link") or item.get("tracking_url")
    return FulfilmentFacts(
        order_id=order_id,
        external_id=own_id,
        at=_shipped_at(item.get("date_shipped")) or usual_at,
        updated_at=updated_at,
        carrier=carrier or text(item.get("formatted_tracking_provider")) or text(item.get("slug")),
        numbers=tuple(filter(None, (text(item.get("tracking_number")),))),
        urls=tuple(filter(None, (reading.web_address(url),))),
        parts=_parts(item),
    )


def _shipped_at(value: Any) -> datetime | None:
    """Seconds since 1970 as text, or a date: plugins differ."""
    seconds = reading.whole(value)
    if seconds > 0:
        at = datetime.fromtimestamp(seconds, UTC)
        return at if at.year in reading.YEARS else None
    return reading.time(value)


def _parts(item: Mapping[str, Any]) -> tuple[PartFacts, ...]:
    """Advanced Shipment Tracking says what is inside; its `item_id` is the order line's id."""
    pieces: dict[str, int] = {}
    for product in as_objects(item.get("products_list")):
        line_id, quantity = reading.identity(product.get("item_id")), reading.whole(product.get("qty"))
        if line_id and line_id != "0" and quantity > 0:
            pieces[line_id] = min(pieces.get(line_id, 0) + quantity, reading.BIGGEST_COUNT)
    return tuple(PartFacts(line_id=line_id, quantity=quantity) for line_id, quantity in pieces.items())
