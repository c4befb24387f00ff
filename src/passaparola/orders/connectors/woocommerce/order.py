"""WooCommerce's order, whole: with its buyer, addresses, lines, parcels and refunds."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from passaparola.customers.facts import AddressFacts
from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.woocommerce import payment
from passaparola.orders.connectors.woocommerce.customer import buyer, read_address
from passaparola.orders.connectors.woocommerce.legacy import modernised
from passaparola.orders.connectors.woocommerce.line import in_words, read_lines
from passaparola.orders.connectors.woocommerce.meta import read_language, read_meta
from passaparola.orders.connectors.woocommerce.times import read_time
from passaparola.orders.connectors.woocommerce.tracking import read_parcels
from passaparola.orders.facts import DeletedOrderFacts, Facts, OrderFacts, RefundFacts


def order_changed(payload: Mapping[str, Any], seen_at: datetime) -> Facts:
    order = modernised(payload)
    own_id = reading.identity(order.get("id"))
    if not own_id:
        raise UnreadableError("The order has no id.")
    if payment.read_status(order) in payment.NOT_AN_ORDER_YET:
        return Facts(note=f"Order {own_id} is a basket at the checkout: nobody has ordered yet.")
    updated_at = read_time(order, "date_modified") or seen_at
    meta = read_meta(order)
    return Facts(
        orders=(_order(order, own_id, meta, updated_at),),
        fulfilments=read_parcels(order, own_id, meta, updated_at),
        refunds=tuple(_refunds(order, own_id, updated_at)),
    )


def _order(
    order: Mapping[str, Any], own_id: str, meta: Mapping[str, Any], updated_at: datetime
) -> OrderFacts:
    with_tax = order.get("prices_include_tax") is True
    lines = read_lines(order, with_tax=with_tax)
    status, paid_at = payment.read_status(order), read_time(order, "date_paid")
    language = read_language(order, meta)
    billing = read_address(order.get("billing"))
    return OrderFacts(
        external_id=own_id,
        number=reading.text(order.get("number")).lstrip("#").strip() or own_id,
        placed_at=read_time(order, "date_created") or updated_at,
        updated_at=updated_at,
        currency=reading.currency(order.get("currency")),
        total=reading.amount(order.get("total")),
        subtotal=reading.bounded(sum((line.total for line in lines), ZERO)),
        shipping=_with(order, "shipping_total", "shipping_tax", with_tax=with_tax),
        tax=reading.amount(order.get("total_tax")),
        discount=_with(order, "discount_total", "discount_tax", with_tax=with_tax),
        payment_state=payment.read_state(order, is_paid=paid_at is not None),
        payment_method=in_words(order.get("payment_method_title"))
        or reading.text(order.get("payment_method")),
        paid_at=paid_at,
        cancelled_at=updated_at if status in {"cancelled", "canceled"} else None,
        deleted_at=updated_at if status == "trash" else None,
        language=language,
        note=reading.text(order.get("customer_note"), 5_000),
        discount_codes=reading.texts([line.get("code") for line in reading.many(order.get("coupon_lines"))]),
        shipping_method=_ways(order),
        customer=buyer(order, language, updated_at),
        shipping_address=_delivery(order, billing),
        billing_address=billing,
        lines=lines,
    )


def _delivery(order: Mapping[str, Any], billing: AddressFacts) -> AddressFacts:
    """Shops that ship to the billing address only leave the other one empty; so do virtual goods."""
    shipping = read_address(order.get("shipping"))
    is_given = shipping.line1 or shipping.city or shipping.postcode
    return billing if not is_given and reading.many(order.get("shipping_lines")) else shipping


def _with(order: Mapping[str, Any], name: str, tax: str, *, with_tax: bool) -> Decimal:
    return reading.amount(order.get(name)) + (reading.amount(order.get(tax)) if with_tax else ZERO)


def _ways(order: Mapping[str, Any]) -> str:
    titles = (in_words(line.get("method_title")) for line in reading.many(order.get("shipping_lines")))
    return ", ".join(filter(None, titles)) or in_words(order.get("shipping_methods"))


def _refunds(order: Mapping[str, Any], own_id: str, updated_at: datetime) -> list[RefundFacts]:
    """The order tells its refunds without a date: the version that shows them is the nearest to it."""
    refunds: dict[str, RefundFacts] = {}
    for entry in reading.many(order.get("refunds")):
        refund_id = reading.identity(entry.get("id"))
        if refund_id:
            refunds[refund_id] = RefundFacts(
                order_id=own_id,
                external_id=refund_id,
                at=read_time(entry, "date_created") or updated_at,
                amount=abs(reading.amount(entry.get("total"))),
                reason=in_words(entry.get("reason") or entry.get("refund")),
            )
    return list(refunds.values())


def order_deleted(payload: Mapping[str, Any], seen_at: datetime) -> Facts:
    """WooCommerce says only the id, both for the bin and for good."""
    own_id = reading.identity(payload.get("id"))
    if not own_id:
        raise UnreadableError("The deleted order has no id.")
    return Facts(deleted_orders=(DeletedOrderFacts(external_id=own_id, at=seen_at),))
