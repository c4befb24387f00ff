"""An order in our own format. Names are those of `orders.facts`."""

from datetime import datetime
from decimal import Decimal

from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.orders.connectors.custom.given import Given
from passaparola.orders.connectors.custom.people import read_address, read_customer
from passaparola.orders.connectors.custom.shipment import read_fulfilment, read_refund
from passaparola.orders.facts import DeletedOrderFacts, Facts, LineFacts, OrderFacts, PaymentState

FOUR_PLACES = Decimal("0.0001")


def read_order(order: Given, sent_at: datetime) -> Facts:
    own_id = order.required("id", order.id)
    fulfilments, refunds = order.many("fulfilments"), order.many("refunds")
    return Facts(
        orders=(_order(order, own_id, sent_at),),
        fulfilments=tuple(read_fulfilment(one, sent_at, order_id=own_id) for one in fulfilments),
        refunds=tuple(read_refund(one, order_id=own_id) for one in refunds),
    )


def _order(order: Given, own_id: str, sent_at: datetime) -> OrderFacts:
    lines = tuple(_line(line, index) for index, line in enumerate(order.many("lines"), 1))
    updated_at = order.time("updated_at") or sent_at
    return OrderFacts(
        external_id=own_id,
        number=order.id("number").lstrip("#").strip() or own_id,
        placed_at=order.required_time("placed_at"),
        updated_at=updated_at,
        currency=order.required("currency", lambda name: _currency(order, name)),
        total=order.required("total", order.amount),
        subtotal=order.amount("subtotal", reading.bounded(sum((line.total for line in lines), ZERO))),
        shipping=order.amount("shipping"),
        tax=order.amount("tax"),
        discount=order.amount("discount"),
        payment_state=order.word("payment_state", PaymentState, PaymentState.PENDING),
        payment_method=order.text("payment_method"),
        paid_at=order.time("paid_at"),
        cancelled_at=order.time("cancelled_at"),
        cancel_reason=order.text("cancel_reason"),
        is_test=order.flag("is_test") is True,
        language=_language(order),
        note=order.text("note", 5_000),
        discount_codes=order.texts("discount_codes"),
        shipping_method=order.text("shipping_method"),
        customer=read_customer(order.one("customer"), updated_at),
        shipping_address=read_address(order.one("shipping_address")),
        billing_address=read_address(order.one("billing_address")),
        lines=lines,
    )


def _currency(order: Given, name: str) -> str:
    return order.code(name, reading.currency, "an ISO 4217 code like “EUR”")


def _language(order: Given) -> str:
    return order.code("language", reading.language, "a language code like “it”")


def _line(line: Given, index: int) -> LineFacts:
    quantity = line.required("quantity", line.whole)
    discount, unit_price = line.amount("discount"), line.amount("unit_price")
    total = line.amount("total", reading.bounded(unit_price * quantity - discount))
    if "unit_price" not in line.values and quantity:
        unit_price = ((total + discount) / quantity).quantize(FOUR_PLACES).normalize() + ZERO
    return LineFacts(
        external_id=line.id("id") or str(index),
        product_id=line.id("product_id"),
        title=line.required("title", line.text),
        variant=line.text("variant"),
        sku=line.id("sku"),
        image_url=line.link("image_url"),
        quantity=quantity,
        unit_price=unit_price,
        total=total,
        discount=discount,
        tax=line.amount("tax"),
        needs_shipping=line.flag("needs_shipping") is not False,
    )


def read_deleted(order: Given, sent_at: datetime) -> Facts:
    deleted = DeletedOrderFacts(
        external_id=order.required("id", order.id), at=order.time("deleted_at") or sent_at
    )
    return Facts(deleted_orders=(deleted,))
