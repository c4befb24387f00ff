"""The contract of a remedy: a step of the ladder by which a shop makes good what went wrong.

`remedies/<key>/` holds one. No Django but its words: the rules use it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise as Text

from passaparola.kernel.plugins import Registry


class Cost(StrEnum):
    """What it costs the shop."""

    NOTHING = "nothing"
    CHOSEN = "chosen"
    """Whoever grants it says how much."""
    SHIPPING = "shipping"
    """What the customer paid for shipping, or a usual amount."""
    ORDER = "order"
    """What the order is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One kind of remedy. `key` is the folder's name."""

    key: str
    label: str | Text
    hint: str | Text
    icon: str
    step: int
    """Its place on the ladder: the lower, the earlier it is tried."""
    fits: tuple[int, int]
    """The severities it fits, both inclusive."""
    cost: Cost = Cost.NOTHING
    share: float = 0.0
    """Of the order's worth: what is suggested where the amount is chosen."""
    is_for_owners: bool = False
    causes: frozenset[str] = frozenset()
    """The only troubles it helps in; empty: all."""
    needs_code: bool = False
    tells: bool = True
    """The customer hears of it by itself."""


REMEDIES: Registry[Remedy] = Registry("passaparola.cases.remedies", Remedy)
