"""The contract of a kind of message: what it is for, how long it is news, and how urgent it is.

`kinds/<key>/` holds one, with its texts in `en.toml` and `it.toml`. No Django here: the rules use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypedDict

from passaparola.kernel.plugins import Registry, UnknownKindError
from passaparola.messages.rules.values import WANTED, ParcelNow, Purpose

GONE = frozenset({"delivered", "returning", "returned", "lost", "cancelled"})
"""States in which news about the way has no more use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """One kind of message. `key` is the folder's name."""

    key: str
    purpose: Purpose
    lasts: timedelta
    """How long after asking it still makes sense to send it."""
    needs_order: bool = True
    """It speaks of an order. A birthday card does not: it can be asked for with a customer alone."""
    is_about_parcel: bool = False
    outdated_by: frozenset[str] = frozenset()
    """Parcel states that make it stale news."""
    is_void_when_cancelled: bool = True
    """Nothing of the kind is told about an order that was cancelled meanwhile."""
    told_by: tuple[str, ...] = ()
    """Kinds that say the same of the same parcel: within a day after one of them this one is not sent."""
    waits_for_arrival_eve: bool = False
    """Is sent on the eve of the day of arrival, and moves with that day."""
    urgency: int = 0
    """For news of an order, which share a letter: whose letter it becomes, the highest first. 0: goes by itself."""
    gathers: bool = False
    """Where an order has several parcels, it waits some minutes for the news of the others."""
    is_of_a_day: bool = False
    """It belongs to one day, such as a birthday card: where there is no room on it, better not at all than late."""
    is_apology: bool = False
    """It says sorry, which can be said once about an order."""
    is_confirmation: bool = False
    shows_similar: bool = False
    """Its texts show things of the same categories as what was bought."""
    is_asked_for: bool = False
    """The customer asked for this very message just now: it is sent about imported orders as well."""
    goes_to_others: bool = False
    """Whoever reads it is not the customer: the letter knows nothing of the order but its `data`, and what its reader
    chooses about being written to is about their own address alone."""
    is_kindness: bool = False
    """Nobody waits for it, and it loses its worth when it is said again soon: it counts as what we want to say."""
    fallback: str = ""
    """For offers: the kind that is sent to those who did not agree to offers."""
    example: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What whoever asks for it gives as `data`, by example: texts may read it, previews and tests show it."""

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Whose turn it is: by purpose, but of what we want first what belongs to one day."""
        return self.purpose in WANTED, not self.is_of_a_day, self.purpose.rank

    @property
    def is_of_order(self) -> bool:
        """Tell whether about another order it is another thing: what speaks of the order, and every question."""
        return self.needs_order or not (self.is_kindness or self.purpose in {Purpose.OFFER, Purpose.NEWS})

    def is_stale(self, parcel: ParcelNow | None) -> bool:
        """Tell whether the parcel has gone on so far that this is no longer news."""
        return bool(parcel and parcel.state in self.outdated_by)


KINDS: Registry[MessageKind] = Registry("passaparola.messages.kinds", MessageKind)


def kind_of(key: str) -> MessageKind | None:
    """Return the kind, or None where there is none of that name (any more)."""
    try:
        return KINDS[key]
    except UnknownKindError:
        return None


class Whose(TypedDict):
    """Whom and which order an event is about."""

    customer_id: int | None
    order_id: int | None


def whose(key: str, *, customer_id: int | None, order_id: int | None) -> Whose:
    """Return whom and which order what became of a message is told about.

    What goes to a friend who follows an order is no news of its buyer: neither their timeline nor their journeys
    take a friend's dead address for theirs.
    """
    kind = kind_of(key)
    if kind and kind.goes_to_others:
        return {"customer_id": None, "order_id": None}
    return {"customer_id": customer_id, "order_id": order_id}
