"""Which of Shopify's two currencies counts.

Every price comes twice: in the shop's currency and in the one the customer saw and paid
(`presentment_money`). A customer must recognise the amount on the page, so theirs is taken wherever the
payload has it, and the order's currency with it. Refund webhooks, which come without their order, speak
the customer's currency too, so both always agree.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO

CENT = Decimal("0.01")


class Money:
    """Reads the amounts of one order, all in the same currency."""

    def __init__(self, order: Mapping[str, Any]) -> None:
        self.currency = reading.currency(order.get("currency"))
        self.rate: Decimal | None = None
        seen = reading.currency(order.get("presentment_currency"))
        if not seen or seen == self.currency:
            return
        paid, total = presented(order, "total_price"), reading.amount(order.get("total_price"))
        if paid is not None:
            self.rate = paid / total if total else Decimal(1)
            self.currency = seen

    def of(self, holder: Mapping[str, Any], name: str) -> Decimal:
        """Return `holder[name]` in the order's currency."""
        if self.rate is None:
            value = holder.get(name)
            return in_shop_money(holder, name) if value is None else reading.amount(value)
        paid = presented(holder, name)
        if paid is not None:
            return paid
        return (reading.amount(holder.get(name)) * self.rate).quantize(CENT)


def presented(holder: Mapping[str, Any], name: str) -> Decimal | None:
    """Return the amount the customer saw, or None where only the shop's amount is given."""
    pair = holder.get(f"{name}_set")
    if type(pair) is not dict:
        return None
    value = reading.one(pair.get("presentment_money")).get("amount")
    return None if value is None else reading.amount(value)


def in_shop_money(holder: Mapping[str, Any], name: str) -> Decimal:
    pair = reading.one(holder.get(f"{name}_set"))
    return reading.amount(reading.one(pair.get("shop_money")).get("amount"))


def seen_by_customer(holder: Mapping[str, Any], name: str) -> Decimal:
    """Return the amount in the customer's currency where nothing else tells which one counts."""
    paid = presented(holder, name)
    return reading.amount(holder.get(name), ZERO) if paid is None else paid
