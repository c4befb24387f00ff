"""What customers tell the world."""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersJoined(Event):
    """Two rows turned out to be one person. `subject_id` is the merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersParted(Event):
    """Somebody of the team undid a merge. `subject_id` is the merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyRequested(Event):
    """The shop system passed on a request to see or erase data. `subject_id` is the request."""

    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAsked(Event):
    """Somebody wants to be forgotten; it is done when the cooling period is over. `subject_id` is the erasure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureCancelled(Event):
    """They changed their mind in time. `subject_id` is the erasure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerErased(Event):
    """Nothing tells any more who it was. `subject_id` is the erasure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTold(Event):
    """A source told what somebody said about offers and news on a channel beside e-mail."""

    channel: str
    is_given: bool
    wording: str
    source: str
