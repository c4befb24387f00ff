"""Random shares that stay: the same customer always falls on the same side, in any order and on any machine."""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import blake2b

_PARTS = 1_000_000


def draw(*names: object) -> int:
    """Return a number below a million, evenly spread, that follows from the names alone."""
    digest = blake2b(":".join(map(str, names)).encode(), digest_size=8).digest()
    return int.from_bytes(digest) % _PARTS


def is_held_out(journey_id: int, customer_id: int, percent: Decimal) -> bool:
    """Tell whether this customer is left alone by this journey."""
    return bool(percent) and draw("hold out", journey_id, customer_id) < percent / 100 * _PARTS


def way_of(shares: Mapping[str, Decimal], *names: object) -> str:
    """Return the way that falls to whoever these names name; shares need not add up to a hundred."""
    rest = draw(*names) * sum(shares.values(), Decimal()) / _PARTS
    for way, share in shares.items():
        rest -= share
        if rest < 0:
            return way
    return list(shares)[-1]
