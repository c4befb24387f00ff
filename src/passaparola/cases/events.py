"""What cases tell the world. `subject_id` is the case."""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Event):
    """Something went wrong and there was no case of it yet. `cause` is the kind of trouble."""

    cause: str
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseJoined(Event):
    """One more trouble of the same order or person: it becomes part of the same story."""

    cause: str
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Event):
    """Everything is settled. `cause` is what it had been about, `took_hours` how long it was open."""

    cause: str
    took_hours: int
    remedies: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyGranted(Event):
    """Something was done to make it good again. `amount` in the store's currency, as text; `code` of a coupon."""

    remedy: str
    amount: str
    code: str
    words: str
    """What the person who granted it wants to say; empty: nothing is said, or the kind's own words."""
    tells: bool
    """The customer is told of it."""
