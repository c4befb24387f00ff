"""What the shop system's own words mean for parcels. Values in, answers out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from passaparola.tracking.carrier import ScanFacts, ScanState

_STATES = {
    "label_purchased": ScanState.LABEL_CREATED,
    "label_printed": ScanState.LABEL_CREATED,
    "confirmed": ScanState.LABEL_CREATED,
    "ready_for_pickup": ScanState.READY_FOR_PICKUP,
    "carrier_picked_up": ScanState.PICKED_UP,
    "picked_up": ScanState.DELIVERED,  # Shopify: the customer has fetched it
    "in_transit": ScanState.IN_TRANSIT,
    "delayed": ScanState.DELAYED,
    "out_for_delivery": ScanState.OUT_FOR_DELIVERY,
    "attempted_delivery": ScanState.ATTEMPTED,
    "delivered": ScanState.DELIVERED,
    "not_delivered": ScanState.ATTEMPTED,
    "failure": ScanState.HELD,
}


class Relayed(Protocol):
    """A step as the shop system relays it: the shape of `orders.events.FulfilmentNewsReported`."""

    @property
    def status(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def place(self) -> str: ...


def news_key(source: str, fulfilment: str) -> str:
    """Name the tracker of what a shop system relays; the sign in front keeps it apart from numbers."""
    return f"~{source}:{fulfilment}"


def scan_of(news: Relayed) -> ScanFacts:
    state = _STATES.get(news.status.lower()) or _known(news.status)
    return ScanFacts(
        state=state,
        at=datetime.fromisoformat(news.at),
        place=news.place,
        words=news.message,
        code=news.status,
    )


def _known(status: str) -> ScanState:
    return ScanState(status) if status in list(ScanState) else ScanState.UNKNOWN


def match(present: Sequence[str], wanted: Sequence[str]) -> tuple[list[tuple[str, str | None]], list[str]]:
    """Match the parcels of a fulfilment with the numbers it now has.

    Returns, for each wanted name, the present name it takes over (None: a new parcel), and the present names
    that are left over. A fulfilment without number is one parcel without name. A parcel that gets its number,
    or a corrected one, stays the same parcel: nobody is told twice.
    """
    names = list(dict.fromkeys(wanted)) or [""]
    free = [name for name in present if name not in names]
    kept = [(name, name if name in present else (free.pop(0) if free else None)) for name in names]
    return kept, free
