"""What follows from what is recorded of an order. Values in, answers out."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from passaparola.customers.facts import AddressFacts
from passaparola.kernel.versions import version
from passaparola.orders.facts import FulfilmentFacts, OrderFacts, PaymentState

_PAID_STATES = frozenset({PaymentState.PAID, PaymentState.PARTIALLY_REFUNDED, PaymentState.REFUNDED})
_ADDRESS = tuple(field.name for field in fields(AddressFacts))
_PROGRESS = {state: rank for rank, state in enumerate(PaymentState)}
LONGEST_WORD = 255
"""Letters: a word of the index may have 2,046 bytes, and no address or name has more."""


def order_version(order: OrderFacts) -> str:
    """Of two versions with the same second, the cancelled and the further paid one is the newer."""
    rank = (
        _PROGRESS[order.payment_state] + (20 if order.cancelled_at else 0) + (40 if order.deleted_at else 0)
    )
    return version(order.updated_at, rank, order)


def fulfilment_version(fulfilment: FulfilmentFacts) -> str:
    rank = (1 if fulfilment.numbers else 0) + (2 if fulfilment.is_cancelled else 0)
    return version(fulfilment.updated_at or fulfilment.at, rank, fulfilment)


def paid_at(order: OrderFacts) -> datetime | None:
    """When it was paid, as far as this version tells."""
    if order.payment_state not in _PAID_STATES:
        return None
    return order.paid_at or order.updated_at


def search_text(order: OrderFacts) -> str:
    """Return what the office's search box looks through: number, people, addresses; lower case."""
    ship, bill, who = order.shipping_address, order.billing_address, order.customer
    parts: Iterable[str] = (
        order.number,
        ship.name,
        bill.name if bill.name != ship.name else "",
        f"{who.first_name} {who.last_name}",
        who.email,
        ship.city,
        ship.postcode,
        who.phone or ship.phone,
    )
    return " ".join(dict.fromkeys(word[:LONGEST_WORD] for part in parts for word in part.lower().split()))


def address_row(address: AddressFacts) -> dict[str, str]:
    return {name: value for name in _ADDRESS if (value := getattr(address, name))}
