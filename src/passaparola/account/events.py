"""What the customer's pages tell the world."""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSignedIn(Event):
    """Somebody proved who they are and looks at their account. `subject_id` is the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyAdded(Event):
    """A device of theirs now lets them in without a code. `subject_id` is the passkey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRemoved(Event):
    """That passkey lets nobody in any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAsked(Event):
    """The customer wants an order sent elsewhere, or not at all. `subject_id` is the request."""

    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDecided(Event):
    """The team said yes or no to such a wish. `subject_id` is the request."""

    change: str
    is_granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelMissed(Event):
    """A parcel called delivered is not with the customer, who looks once more. `subject_id` is the parcel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingParcelFound(Event):
    """It was there after all. `subject_id` is the parcel."""
