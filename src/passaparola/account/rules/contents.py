"""What is in which parcel, and what has not been sent yet."""

from collections import Counter
from dataclasses import dataclass

from passaparola.account.rules.known import Item, Order, Parcel


@dataclass(frozen=True, slots=True)
class Pieces:
    quantity: int
    name: str


def still_to_come(order: Order) -> tuple[Pieces, ...]:
    """What no parcel holds yet; nothing where one parcel's contents are unknown: it may be in there."""
    parcels = order.travelling
    if not parcels or any(not parcel.contents for parcel in parcels):
        return ()
    sent: Counter[str] = Counter()
    shipments = {parcel.fulfilment or -index: parcel.contents for index, parcel in enumerate(parcels, 1)}
    for contents in shipments.values():
        sent.update(dict(contents))
    return tuple(
        Pieces(item.quantity - sent[item.key], name_of(item))
        for item in order.items
        if item.needs_shipping and item.quantity > sent[item.key]
    )


def inside(parcel: Parcel, items: tuple[Item, ...]) -> tuple[Pieces, ...]:
    """Return what the parcel holds, as far as the shop system says; parts of unknown lines are left out."""
    return tuple(
        Pieces(quantity, name_of(item))
        for item in items
        if (quantity := parcel.contents.get(item.key, 0)) > 0 and name_of(item)
    )


def is_shared(parcel: Parcel, order: Order) -> bool:
    """Tell whether what is inside is spread over several parcels, nobody knows how."""
    same = [other for other in order.travelling if other.fulfilment == parcel.fulfilment]
    return parcel.fulfilment is not None and len(same) > 1


def name_of(item: Item) -> str:
    """`Piatto Luna, glazed`; some systems repeat the variant in the title, and call the only one so."""
    variant = item.variant.strip()
    if not variant or variant in item.title or variant.casefold() == "default title":
        return item.title.strip()
    return f"{item.title.strip()}, {variant}"
