"""Money that Shopify says went back, and pieces taken off an order."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.shopify.money import seen_by_customer
from passaparola.orders.facts import Facts, PartFacts, RefundFacts


def read_refund(refund: Mapping[str, Any], *, seen_at: datetime, order_id: str = "") -> RefundFacts:
    own_id = reading.identity(refund.get("id"))
    order_id = reading.identity(refund.get("order_id")) or order_id
    if not own_id or not order_id:
        raise UnreadableError("The refund doesn't say its id and the id of its order.")
    return RefundFacts(
        order_id=order_id,
        external_id=own_id,
        at=reading.time(refund.get("created_at")) or reading.time(refund.get("processed_at")) or seen_at,
        amount=reading.bounded(returned_money(refund)),
        reason=reading.text(refund.get("note")),
        parts=tuple(_parts(refund)),
    )


def _parts(refund: Mapping[str, Any]) -> list[PartFacts]:
    pieces: dict[str, tuple[int, Decimal]] = {}
    for part in reading.many(refund.get("refund_line_items")):
        line_id = _line_id(part)
        quantity, money = pieces.get(line_id, (0, ZERO))
        pieces[line_id] = (
            quantity + max(0, reading.whole(part.get("quantity"))),
            money + seen_by_customer(part, "subtotal"),
        )
    pieces.pop("", None)
    return [
        PartFacts(line_id=line_id, quantity=quantity, amount=money)
        for line_id, (quantity, money) in pieces.items()
    ]


def _line_id(part: Mapping[str, Any]) -> str:
    return reading.identity(part.get("line_item_id")) or reading.identity(
        reading.one(part.get("line_item")).get("id")
    )


def returned_money(
    refund: Mapping[str, Any], statuses: frozenset[str] = frozenset({"success", ""})
) -> Decimal:
    """Sum the transactions that gave money back.

    A refund without any is an edit that took pieces off before they were paid: nothing went back. Where
    the sender leaves transactions out altogether, the refunded lines are the next best word.
    """
    transactions = refund.get("transactions")
    if type(transactions) is not list:
        lines = reading.many(refund.get("refund_line_items"))
        return sum((seen_by_customer(line, "subtotal") for line in lines), ZERO)
    return sum(
        (
            seen_by_customer(money, "amount")
            for money in reading.many(transactions)
            if reading.text(money.get("kind")).lower() == "refund"
            and reading.text(money.get("status")).lower() in statuses
        ),
        ZERO,
    )


def removed_pieces(refunds: list[dict[str, Any]]) -> dict[str, int]:
    """Count the pieces taken off, by line: API versions without `current_quantity` tell it only here."""
    removed: dict[str, int] = {}
    for refund in refunds:
        for part in reading.many(refund.get("refund_line_items")):
            line_id = _line_id(part)
            removed[line_id] = removed.get(line_id, 0) + max(0, reading.whole(part.get("quantity")))
    return removed


def refund_created(refund: Mapping[str, Any], seen_at: datetime) -> Facts:
    return Facts(refunds=(read_refund(refund, seen_at=seen_at),))
