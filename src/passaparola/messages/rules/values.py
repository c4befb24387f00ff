"""The values that the rules of messages take and give."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo


class Purpose(StrEnum):
    """Why we write. What law and courtesy allow depends on it."""

    TRANSACTIONAL = "transactional"
    """Part of what was bought: the confirmation, where the parcel is now."""
    SERVICE = "service"
    """Helpful, and able to wait for the morning: a delay, what comes tomorrow."""
    ASK = "ask"
    """We want something: an answer, a review."""
    OFFER = "offer"
    """We want to sell: needs consent."""
    NEWS = "news"
    """We tell of ourselves: needs consent."""

    @property
    def needs_consent(self) -> bool:
        return self in {Purpose.OFFER, Purpose.NEWS}

    @property
    def rank(self) -> int:
        """Whose turn it is: what we owe before what helps, before what we want; selling after asking."""
        return _RANKS[self]


_RANKS = {purpose: rank for rank, purpose in enumerate(Purpose)}
WANTED = (Purpose.ASK, Purpose.OFFER, Purpose.NEWS)
"""What we want rather than owe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelNow:
    """Where the parcel that the message speaks of stands at this moment."""

    state: str
    arrival_first: date | None = None
    arrival_last: date | None = None
    late_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNow:
    placed_at: datetime | None
    cancelled_at: datetime | None = None
    deleted_at: datetime | None = None
    is_history: bool = False
    is_test: bool = False
    parcels: int = 0
    """How many are on their way, or were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that went, or goes, wrong for this person: a late parcel, an open return, a complaint."""

    kind: str
    opened_at: datetime
    settled_at: datetime | None = None


class OwnDay(NamedTuple):
    """A day of somebody's own on which something will be said to them, such as their birthday."""

    date: date
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is true now of the person, the order and the parcel."""

    order: OrderNow | None = None
    parcel: ParcelNow | None = None
    consents: frozenset[Purpose] = frozenset()
    """Purposes this person has agreed to on this channel."""
    declined: frozenset[Purpose] = frozenset()
    """Purposes they said no to, here, themselves."""
    suppressed: str = ""
    """Why the address is silenced (`hard_bounce`, `complaint`, `unsubscribed`), or empty."""
    is_meant: bool = True
    """Whoever asked for it still wants it: nobody has left the journey that it belongs to."""
    is_erased: bool = False
    is_known: bool = True
    """It is somebody of whom we know what else we wrote to them."""
    troubles: tuple[Trouble, ...] = ()
    paused_until: datetime | None = None
    """They asked for a while without anything but what belongs to their orders."""
    frequency: str = ""
    """How often at most they want to hear what we want: a key of `policy.FREQUENCIES`; empty: as the shop likes."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Rome"))
    """The recipient's."""
    own_days: tuple[OwnDay, ...] = ()
    """Those to come, and today, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message that was sent to this person, or is being handed over right now."""

    kind: str
    parcel_id: int | None
    sent_at: datetime
    order_id: int | None = None
    purpose: Purpose = Purpose.TRANSACTIONAL
    thing: str = ""
    """What names the same thing said again: the kind, the shop's own texts or the campaign."""
    coupon: str = ""
    is_apology: bool = False
    is_merged: bool = False
    """It was told in another one's letter, so it counts as told and not as a letter."""


History = tuple[Said, ...]


class Verdict(StrEnum):
    SEND = "send"
    DEFER = "defer"
    MERGE = "merge"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a message, and why. `until` is set for a deferred one, and lies in the future."""

    verdict: Verdict
    reason: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    until: datetime | None = None
    instead: str = ""
    """The kind to send in place of the one asked for."""
    into: int | None = None
    """The message whose letter tells this as well."""


SEND = Decision(verdict=Verdict.SEND)


def drop(reason: str, **params: Any) -> Decision:
    return Decision(verdict=Verdict.DROP, reason=reason, params=params)


def defer(until: datetime, reason: str, **params: Any) -> Decision:
    return Decision(verdict=Verdict.DEFER, reason=reason, params=params, until=until)


def merge(into: int, kind: str) -> Decision:
    return Decision(verdict=Verdict.MERGE, reason="merged", params={"by": kind}, into=into)
