"""The values that the rules of messages take and give."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is true now of the person, the order and the parcel."""

    order: OrderNow | None = None
    parcel: ParcelNow | None = None
    consents: frozenset[Purpose] = frozenset()
    """Purposes this person has agreed to on this channel."""
    suppressed: str = ""
    """Why the address is silenced (`hard_bounce`, `complaint`, `unsubscribed`), or empty."""
    is_erased: bool = False
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Rome"))
    """The recipient's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message that was sent about the same order."""

    kind: str
    parcel_id: int | None
    sent_at: datetime


History = tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How this shop wants it."""

    quiet_from: time = time(21)
    quiet_until: time = time(8)


class Verdict(StrEnum):
    SEND = "send"
    DEFER = "defer"
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


SEND = Decision(verdict=Verdict.SEND)


def drop(reason: str, **params: Any) -> Decision:
    return Decision(verdict=Verdict.DROP, reason=reason, params=params)


def defer(until: datetime, reason: str, **params: Any) -> Decision:
    return Decision(verdict=Verdict.DEFER, reason=reason, params=params, until=until)
