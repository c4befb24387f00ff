"""What WooCommerce's order status says about the money. One word tells payment, shipping and deletion."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.orders.facts import PaymentState

NOT_AN_ORDER_YET = frozenset({"checkout-draft", "auto-draft", "draft", "new"})
PAID_STATUSES = frozenset({"processing", "completed", "shipped", "partial-shipped", "delivered"})
PAID_AT_THE_DOOR = frozenset({"cod"})
"""Cash on delivery goes to `processing` at once; the money comes with the parcel."""


def read_status(order: Mapping[str, Any]) -> str:
    return reading.text(order.get("status")).lower().removeprefix("wc-")


def refunded_money(order: Mapping[str, Any]) -> Decimal:
    return sum(
        (abs(reading.amount(entry.get("total"))) for entry in reading.many(order.get("refunds"))), ZERO
    )


def read_state(order: Mapping[str, Any], *, is_paid: bool) -> PaymentState:
    """`is_paid`: the order has a date of payment."""
    status, refunded = read_status(order), refunded_money(order)
    if status == "refunded" or (refunded and refunded >= reading.amount(order.get("total"))):
        return PaymentState.REFUNDED
    if refunded:
        return PaymentState.PARTIALLY_REFUNDED
    if is_paid or status == "completed":
        return PaymentState.PAID
    if status in PAID_STATUSES and reading.text(order.get("payment_method")) not in PAID_AT_THE_DOOR:
        return PaymentState.PAID
    if status in {"partially-paid", "partial-payment", "deposit-paid"}:
        return PaymentState.PARTIALLY_PAID
    return PaymentState.VOIDED if status in {"cancelled", "canceled"} else PaymentState.PENDING
