"""How far an order is, told from its parcels. Values in, answers out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

Travelling = tuple[int, Sequence[Mapping[str, Any]], datetime | None, datetime | None]
"""Fulfilment, its parts, picked up at, delivered at."""


def order_progress(
    lines: Mapping[str, int], parcels: Sequence[Travelling]
) -> tuple[datetime | None, datetime | None]:
    """Return when the first parcel was handed over, and when the last of everything ordered had arrived.

    `lines`: pieces to ship by line. A fulfilment that doesn't say what is inside counts as holding all.
    """
    shipped = min((picked for *_, picked, _ in parcels if picked), default=None)
    if not parcels or not all(delivered for *_, delivered in parcels):
        return shipped, None
    if not _is_everything_sent(lines, parcels):
        return shipped, None
    return shipped, max(delivered for *_, delivered in parcels if delivered)


def _is_everything_sent(lines: Mapping[str, int], parcels: Sequence[Travelling]) -> bool:
    sent: dict[str, int] = {}
    for parts in {fulfilment: parts for fulfilment, parts, *_ in parcels}.values():
        if not parts:
            return True
        for part in parts:
            sent[part["line"]] = sent.get(part["line"], 0) + part["quantity"]
    return all(sent.get(line, 0) >= quantity for line, quantity in lines.items())
