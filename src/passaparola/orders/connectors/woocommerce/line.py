"""The lines of a WooCommerce order: products, and fees that the customer pays beside them.

WooCommerce keeps every amount without tax and the tax beside it. Where the shop's prices include tax
(`prices_include_tax`), the customer saw the sum, so the sum is the line's amount.
"""

from collections.abc import Mapping
from decimal import Decimal
from html import unescape
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.orders.facts import LineFacts

FOUR_PLACES = Decimal("0.0001")


def read_lines(order: Mapping[str, Any], *, with_tax: bool) -> tuple[LineFacts, ...]:
    lines: dict[str, LineFacts] = {}
    for index, line in enumerate(reading.many(order.get("line_items")), 1):
        facts = _product_line(line, index, with_tax=with_tax)
        lines.setdefault(facts.external_id, facts)
    for index, fee in enumerate(reading.many(order.get("fee_lines")), 1):
        facts = _fee_line(fee, index, with_tax=with_tax)
        lines.setdefault(facts.external_id, facts)
    return tuple(lines.values())


def in_words(value: Any) -> str:
    """WordPress keeps names as HTML: `Ship &ndash; Blue`."""
    words = reading.text(value)
    return unescape(words).replace("\x00", "") if "&" in words else words


def _product_line(line: Mapping[str, Any], index: int, *, with_tax: bool) -> LineFacts:
    quantity = abs(reading.whole(line.get("quantity"), 1))
    tax = reading.amount(line.get("total_tax"))
    total = reading.amount(line.get("total")) + (tax if with_tax else ZERO)
    before = _before_discounts(line, total, with_tax=with_tax)
    image = line.get("image")
    return LineFacts(
        external_id=reading.identity(line.get("id")) or f"line-{index}",
        product_id=_product_id(line),
        title=in_words(line.get("name")),
        variant=_variant(line),
        sku=reading.text(line.get("sku")),
        image_url=reading.web_address(image.get("src")) if type(image) is dict else "",
        quantity=quantity,
        unit_price=(before / quantity).quantize(FOUR_PLACES).normalize() + ZERO if quantity else before,
        total=total,
        discount=max(ZERO, before - total),
        tax=tax,
    )


def _product_id(line: Mapping[str, Any]) -> str:
    product = reading.identity(line.get("product_id"))
    return "" if product == "0" else product


def _before_discounts(line: Mapping[str, Any], total: Decimal, *, with_tax: bool) -> Decimal:
    if line.get("subtotal") is None:
        return total
    tax = reading.amount(line.get("subtotal_tax")) if with_tax else ZERO
    return reading.amount(line.get("subtotal")) + tax


def _variant(line: Mapping[str, Any]) -> str:
    """What was chosen (`Blue, M`), unless the name says it already; keys with `_` are the plugins' own."""
    title = in_words(line.get("name")).lower()
    metas = reading.many(line.get("meta_data")) or reading.many(line.get("meta"))
    chosen = (
        in_words(meta.get("display_value") or meta.get("value"))
        for meta in metas
        if not reading.text(meta.get("key")).startswith("_")
    )
    new = (word for word in chosen if word and word.lower() not in title and "<" not in word)
    return ", ".join(dict.fromkeys(new))


def _fee_line(fee: Mapping[str, Any], index: int, *, with_tax: bool) -> LineFacts:
    tax = reading.amount(fee.get("total_tax"))
    total = reading.amount(fee.get("total")) + (tax if with_tax else ZERO)
    return LineFacts(
        external_id=reading.identity(fee.get("id")) or f"fee-{index}",
        title=in_words(fee.get("name") or fee.get("title")),
        quantity=1,
        unit_price=total,
        total=total,
        tax=tax,
        needs_shipping=False,
    )
