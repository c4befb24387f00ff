"""The lines of a Shopify order as they stand now."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.orders.connectors.shopify.money import CENT, Money
from passaparola.orders.connectors.shopify.refund import removed_pieces
from passaparola.orders.facts import LineFacts


def read_lines(
    order: Mapping[str, Any], money: Money, refunds: list[dict[str, Any]]
) -> tuple[LineFacts, ...]:
    removed = removed_pieces(refunds) if refunds else {}
    lines: dict[str, LineFacts] = {}
    for index, line in enumerate(reading.many(order.get("line_items")), 1):
        facts = _line(line, index, money, removed)
        lines.setdefault(facts.external_id, facts)
    return tuple(lines.values())


def _line(line: Mapping[str, Any], index: int, money: Money, removed: Mapping[str, int]) -> LineFacts:
    """A line without an id (a foreign tool's test) is named by its place, so that it isn't lost."""
    text = reading.text
    line_id = reading.identity(line.get("id")) or f"line-{index}"
    ordered = max(0, reading.whole(line.get("quantity")))
    quantity = _quantity_now(line, ordered, removed.get(line_id, 0))
    price = money.of(line, "price")
    discount = _share(_discount(line, money), quantity, ordered)
    tax_lines = line.get("tax_lines")
    return LineFacts(
        external_id=line_id,
        product_id=reading.identity(line.get("product_id")),
        title=text(line.get("title")) or text(line.get("name")),
        variant=variant_name(text(line.get("variant_title"))),
        sku=text(line.get("sku")),
        quantity=quantity,
        unit_price=price,
        total=reading.bounded(price * quantity - discount),
        discount=discount,
        tax=_share(_tax(tax_lines, money), quantity, ordered) if tax_lines else ZERO,
        needs_shipping=line.get("requires_shipping") is not False,
    )


def _quantity_now(line: Mapping[str, Any], ordered: int, removed: int) -> int:
    current = line.get("current_quantity")
    if current is None:
        return max(0, ordered - removed)
    return max(0, reading.whole(current, ordered))


def variant_name(title: str) -> str:
    """`Default Title` is what Shopify calls the only variant of a product that has none."""
    return "" if title == "Default Title" else title


def _discount(line: Mapping[str, Any], money: Money) -> Decimal:
    """Allocations hold the line's share of every discount; `total_discount` only those of its own."""
    allocations = reading.many(line.get("discount_allocations"))
    if allocations:
        return sum((money.of(allocation, "amount") for allocation in allocations), ZERO)
    return money.of(line, "total_discount")


def _tax(tax_lines: object, money: Money) -> Decimal:
    return sum((money.of(tax, "price") for tax in reading.many(tax_lines)), ZERO)


def _share(whole: Decimal, quantity: int, ordered: int) -> Decimal:
    """Return what falls on the pieces that are left, of an amount for all that was ordered."""
    if quantity == ordered or not whole:
        return whole
    if not ordered:
        return ZERO
    return (whole * quantity / ordered).quantize(CENT)
