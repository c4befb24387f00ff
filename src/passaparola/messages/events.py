"""What messages tell the world. `subject_id` is the message."""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """The channel took something we wanted from the customer. What we owed tells nobody: its row says it."""

    message: str
    """Its kind: `shipped`."""
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFailed(Event):
    """The channel will never take it: the address does not exist."""

    message: str
    channel: str
    words: str
    """What the other side said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribed(Event):
    """Somebody asked for no more offers."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered(Event):
    """It has reached the phone, says the provider."""

    message: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRead(Event):
    """It was opened, says the provider. For the team to see; no rule asks for it."""

    message: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageUndelivered(Event):
    """The provider had taken it and could not bring it."""

    message: str
    channel: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerWrote(Event):
    """Somebody wrote to the shop on a channel. `subject_id` is the `Reach` they wrote from."""

    channel: str
    address: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingPaused(Event):
    """Too much came back: what we want of people waits until somebody has seen to it."""

    because: str
    """`complaints` or `bounces`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingResumed(Event):
    """Somebody looked at it and let it go on."""
