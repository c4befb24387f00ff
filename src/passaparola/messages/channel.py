"""The contract of a channel: it packs a letter into what it sends, and hands packed letters over.

A channel only translates and transports. It knows no models and records nothing: the outbox does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from passaparola.kernel.plugins import Registry
from passaparola.messages.rendering.template import Template
from passaparola.messages.rules.values import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who speaks: the shop."""

    name: str
    address: str
    """The shop's own, also for answers."""
    host: str
    """Names our message ids: the domain of the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a shop gave so that a channel speaks in its name: one open connection. Never shown, never logged."""

    pk: int
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str = field(default="", repr=False)
    hook_url: str = field(default="", repr=False)
    """Where the other side tells us what became of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What is known of an address beyond its letters."""

    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What a browser gave to be reached with: `endpoint`, `p256dh`, `auth`."""
    heard_at: datetime | None = None
    """When this person last wrote to us there: some channels are open for a day after that."""


NOT_KNOWN = Reached()
WINDOW = timedelta(hours=24)
"""Where a channel has a window: so long after they wrote people may be answered with anything."""
MARGIN = timedelta(minutes=5)
"""What is handed over a moment before the window closes may come in a moment after."""


def is_window_open(heard_at: datetime | None, now: datetime) -> bool:
    """Tell whether somebody who last wrote then may still be answered freely."""
    return heard_at is not None and now - heard_at < WINDOW - MARGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message on its way to one person, with everything needed to write it."""

    pk: int
    to_address: str
    sender: Sender
    template: Template
    data: dict[str, Any] = field(default_factory=dict)
    purpose: Purpose = Purpose.TRANSACTIONAL
    thread: str = ""
    """Names what it belongs to (`order-7`): letters with the same thread hang together."""
    opens_thread: bool = False
    unsubscribe_url: str = ""
    at: datetime
    account: Account | None = None
    """Set for channels that a shop connects."""
    reached: Reached = NOT_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A letter ready to be handed over."""

    pk: int
    sender: str
    recipient: str
    payload: bytes
    subject: str
    message_id: str
    template_version: str
    account: Account | None = None


class Result(StrEnum):
    SENT = "sent"
    """The other side has it."""
    LATER = "later"
    """Refused for now: try again."""
    REFUSED = "refused"
    """Refused for good."""
    UNKNOWN = "unknown"
    """Handed over, but the answer never came: it may have arrived."""
    DOWN = "down"
    """Not tried: there is nobody to hand it to. Says nothing about this letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one packed letter."""

    pk: int
    result: Result
    words: str = ""
    """What the other side said, for people to read."""
    is_dead_address: bool = False
    """The address itself is no good: never write to it again."""
    provider_id: str = ""
    """What the other side calls it: later words about it use this name."""
    units: int = 0
    """How many parts it is charged as, where it is charged."""
    pause: timedelta | None = None
    """How long the other side wants to be left alone, with everything of this account."""


class UnsendableError(ValueError):
    """This letter can never be sent over this channel; the sentence says why."""


class Channel:
    """Contract of `channels/<key>/`."""

    is_noisy: ClassVar[bool] = False
    """It rings or buzzes: quiet hours hold for everything."""
    stands_in_for: ClassVar[str] = ""
    """A channel whose consents and silences hold here too: for one that only plays its part, as in tests."""
    is_connected: ClassVar[bool] = False
    """Each shop connects it with an account of its own (`connected.py`); without one its messages wait."""

    def is_ready(self) -> bool:
        """Tell whether it is set up. Until then its messages wait."""
        raise NotImplementedError

    def pack(self, letter: Letter) -> Packed:
        """Write the letter. Raises UnsendableError, or TemplateError where its texts are at fault."""
        raise NotImplementedError

    def deliver(self, letters: Sequence[Packed]) -> Iterator[Outcome]:
        """Hand the letters over; yield exactly one outcome for each, as soon as it is known.

        Never raises for what the other side does or doesn't do. Called from one thread at a time.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of connections, if there are any. Delivering afterwards works as before."""


CHANNELS: Registry[Channel] = Registry("passaparola.messages.channels", Channel)


def rights_of(channel: str) -> str:
    """Return the channel whose consents and silences hold for this one: as a rule itself."""
    return (CHANNELS[channel].stands_in_for if channel in CHANNELS else "") or channel
