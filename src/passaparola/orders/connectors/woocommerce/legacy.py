"""The legacy v3 API's order, brought into today's shape; old shops still post it."""

from collections.abc import Mapping
from typing import Any

from passaparola.inbound import reading

RENAMED = {
    "order_number": "number",
    "created_at": "date_created_gmt",
    "updated_at": "date_modified_gmt",
    "completed_at": "date_completed_gmt",
    "note": "customer_note",
    "billing_address": "billing",
    "shipping_address": "shipping",
    "total_shipping": "shipping_total",
    "total_discount": "discount_total",
}


def modernised(order: Mapping[str, Any]) -> Mapping[str, Any]:
    if "date_created" in order or "created_at" not in order:
        return order
    modern = {RENAMED.get(name, name): value for name, value in order.items()}
    payment = reading.one(order.get("payment_details"))
    modern.setdefault("payment_method", payment.get("method_id"))
    modern.setdefault("payment_method_title", payment.get("method_title"))
    if payment.get("paid") is True:
        modern.setdefault("date_paid_gmt", order.get("updated_at"))
    return modern
