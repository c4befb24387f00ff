"""Shopify's order, whole: with its customer, addresses, lines, fulfilments and refunds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from passaparola.customers.facts import CustomerFacts
from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.shopify import payment
from passaparola.orders.connectors.shopify.customer import read_address, read_customer
from passaparola.orders.connectors.shopify.fulfilment import read_fulfilment
from passaparola.orders.connectors.shopify.line import read_lines
from passaparola.orders.connectors.shopify.money import Money
from passaparola.orders.connectors.shopify.refund import read_refund, returned_money
from passaparola.orders.facts import DeletedOrderFacts, EditFacts, Facts, LineFacts, OrderFacts

MOVED_FROM_ANOTHER_SHOP_SYSTEM = timedelta(days=1)
"""An order created so much later than it was processed was carried over; its real date is the earlier."""

UNDERWAY = frozenset({"success", "pending", ""})


def order_changed(order: Mapping[str, Any], seen_at: datetime) -> Facts:
    """Translate an order with what hangs on it; parts that can't be read don't hide the order."""
    own_id = reading.identity(order.get("id")) or reading.identity(order.get("admin_graphql_api_id"))
    if not own_id:
        raise UnreadableError("The order has no id.")
    refunds = reading.many(order.get("refunds"))
    facts = _order(order, own_id, refunds, seen_at)
    return Facts(
        orders=(facts,),
        customers=_account_with_another_address(order, facts),
        fulfilments=tuple(
            read_fulfilment(fulfilment, seen_at=seen_at, order_id=own_id)
            for fulfilment in reading.many(order.get("fulfillments"))
            if reading.identity(fulfilment.get("id"))
        ),
        refunds=tuple(
            read_refund(refund, seen_at=seen_at, order_id=own_id)
            for refund in refunds
            if reading.identity(refund.get("id"))
        ),
    )


def _order(
    order: Mapping[str, Any], own_id: str, refunds: list[dict[str, Any]], seen_at: datetime
) -> OrderFacts:
    money = Money(order)
    lines = read_lines(order, money, refunds)
    updated_at = reading.time(order.get("updated_at")) or seen_at
    placed_at = _placed_at(order) or updated_at
    which = _which_amounts(order, lines, refunds)
    language = reading.language(order.get("customer_locale"))
    return OrderFacts(
        external_id=own_id,
        number=_number(order, own_id),
        placed_at=placed_at,
        updated_at=updated_at,
        currency=money.currency,
        total=money.of(order, f"{which}total_price"),
        subtotal=money.of(order, f"{which}subtotal_price"),
        shipping=_shipping(order, money),
        tax=money.of(order, f"{which}total_tax"),
        discount=money.of(order, f"{which}total_discounts"),
        payment_state=payment.read_state(order),
        payment_method=payment.read_method(order),
        cancelled_at=reading.time(order.get("cancelled_at")),
        cancel_reason=reading.text(order.get("cancel_reason")),
        is_test=order.get("test") is True,
        language=language,
        note=reading.text(order.get("note"), 5_000),
        discount_codes=_codes(order),
        shipping_method=", ".join(filter(None, (reading.text(line.get("title")) for line in _ways(order)))),
        customer=_customer(order, language, placed_at, updated_at),
        shipping_address=read_address(order.get("shipping_address")),
        billing_address=read_address(order.get("billing_address")),
        lines=lines,
    )


def _number(order: Mapping[str, Any], own_id: str) -> str:
    """`name` carries the shop's own prefix (`#BL-1024`); the bare numbers are for payloads without it."""
    name = reading.text(order.get("name")).lstrip("#").strip()
    return (
        name or reading.identity(order.get("order_number")) or reading.identity(order.get("number")) or own_id
    )


def _placed_at(order: Mapping[str, Any]) -> datetime | None:
    created_at = reading.time(order.get("created_at"))
    processed_at = reading.time(order.get("processed_at"))
    if created_at and processed_at and created_at - processed_at > MOVED_FROM_ANOTHER_SHOP_SYSTEM:
        return processed_at
    return created_at or processed_at


def _which_amounts(
    order: Mapping[str, Any], lines: tuple[LineFacts, ...], refunds: list[dict[str, Any]]
) -> str:
    """Return the prefix of the amounts that count: none, or `current_`.

    `current_…` is what is left after edits *and refunds*; refunds are kept apart here. So the amounts as
    ordered count, except where pieces were taken off without money going back: then only the current
    ones are what the customer owes.
    """
    if order.get("current_total_price") is None:
        return ""
    if order.get("total_price") is None:
        return "current_"
    was_cut = any(
        line.quantity < reading.whole(source.get("quantity"))
        for line, source in zip(lines, reading.many(order.get("line_items")), strict=False)
    )
    return "current_" if was_cut and not any(returned_money(refund, UNDERWAY) for refund in refunds) else ""


def _ways(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [line for line in reading.many(order.get("shipping_lines")) if line.get("is_removed") is not True]


def _shipping(order: Mapping[str, Any], money: Money) -> Decimal:
    if type(order.get("shipping_lines")) is not list:
        return money.of(order, "total_shipping_price")
    return reading.bounded(sum((_way_price(way, money) for way in _ways(order)), ZERO))


def _way_price(way: Mapping[str, Any], money: Money) -> Decimal:
    """`discounted_price` is missing in old versions and leaves out discounts that span the whole order."""
    off = sum((money.of(cut, "amount") for cut in reading.many(way.get("discount_allocations"))), ZERO)
    if off:
        return money.of(way, "price") - off
    return money.of(way, "price" if way.get("discounted_price") is None else "discounted_price")


def _codes(order: Mapping[str, Any]) -> tuple[str, ...]:
    return reading.texts([entry.get("code") for entry in reading.many(order.get("discount_codes"))])


def _contact(order: Mapping[str, Any]) -> str:
    """The address given for this order: where the shop writes about it."""
    return reading.text(order.get("email")) or reading.text(order.get("contact_email"))


def _customer(
    order: Mapping[str, Any], language: str, placed_at: datetime, updated_at: datetime
) -> CustomerFacts:
    """The person of this order, reachable at the address given for it; a guest has no account."""
    account = reading.one(order.get("customer"))
    facts = read_customer(account, language=language, changed_at=updated_at)
    bill = reading.one(order.get("billing_address")) or reading.one(order.get("shipping_address"))
    contact = _contact(order)
    ticked = order.get("buyer_accepts_marketing") is True and facts.accepts_email_marketing is None
    return replace(
        facts,
        email=contact or facts.email,
        email_is_verified=facts.email_is_verified and contact.lower() in {"", facts.email.lower()},
        phone=reading.text(order.get("phone")) or facts.phone or reading.text(bill.get("phone")),
        first_name=facts.first_name or reading.text(bill.get("first_name")),
        last_name=facts.last_name or reading.text(bill.get("last_name")),
        country=facts.country or reading.country(bill.get("country_code")),
        accepts_email_marketing=True if ticked else facts.accepts_email_marketing,
        consent_at=placed_at if ticked else facts.consent_at,
        consent_wording="checkout" if ticked else facts.consent_wording,
    )


def _account_with_another_address(order: Mapping[str, Any], facts: OrderFacts) -> tuple[CustomerFacts, ...]:
    """An account whose own e-mail differs from the order's is told too, so that both become known."""
    account = reading.one(order.get("customer"))
    email = reading.text(account.get("email"))
    if not email or email.lower() == facts.customer.email.lower():
        return ()
    return (read_customer(account, language=facts.language, changed_at=facts.updated_at),)


def order_deleted(order: Mapping[str, Any], seen_at: datetime) -> Facts:
    own_id = reading.identity(order.get("id"))
    if not own_id:
        raise UnreadableError("The deleted order has no id.")
    return Facts(deleted_orders=(DeletedOrderFacts(external_id=own_id, at=seen_at),))


def order_edited(payload: Mapping[str, Any], seen_at: datetime) -> Facts:
    edit = reading.one(payload.get("order_edit")) or payload
    own_id, order_id = reading.identity(edit.get("id")), reading.identity(edit.get("order_id"))
    if not own_id or not order_id:
        raise UnreadableError("The edit doesn't say its id and the id of its order.")
    at = reading.time(edit.get("created_at")) or reading.time(edit.get("committed_at")) or seen_at
    note = reading.text(edit.get("staff_note"))
    return Facts(edits=(EditFacts(order_id=order_id, external_id=own_id, at=at, note=note),))
