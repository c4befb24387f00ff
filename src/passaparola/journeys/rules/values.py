"""The values that steps take and give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from passaparola.segments.rules.condition import Condition

END = ""
"""The position after the last step."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """One customer in one journey, at one step. `now` is their own moment: live it is the same for all."""

    id: int
    customer_id: int
    order_id: int | None = None
    parcel_id: int | None = None
    position: str
    since: datetime
    """When they came to this step."""
    entered_at: datetime
    begun_at: datetime
    """When what started the journey happened; that may have been told us later."""
    now: datetime
    hops: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the event told that started the journey."""


@dataclass(frozen=True, slots=True)
class Go:
    """On to the next step by one of the step's ways."""

    way: str = "next"
    effects: tuple["Effect", ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """Look again at `until`, or as soon as one of the events happens."""

    until: datetime
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leave:
    """The journey ends here."""

    reason: str


Outcome = Go | Stay | Leave


@dataclass(frozen=True, slots=True)
class Say:
    """A message to ask for."""

    kind: str
    """As the document names it: `thank_you`, or `newsletter#12` for the shop's own letter 12."""
    channel: str = "email"
    fallback: str = ""
    lasts: timedelta | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Do:
    """Something a person of the team is to do."""

    task: str
    words: Mapping[str, str]
    """By language."""
    due_at: datetime
    to: str = ""
    """A member's e-mail address; empty: whoever comes first."""
    lapses_at: datetime | None = None
    """From then on it is of no use any more: nobody tells a customer today that it arrives tomorrow."""
    gone_with: tuple[str, ...] = ()
    """Events that take it back: nobody asks who is at home for a parcel that will not come."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag to give or to take."""

    tag: str
    is_given: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """Another system to be told."""

    url: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """The goal is reached."""


Effect = Say | Do | Mark | Call | Reach


@dataclass(frozen=True, slots=True)
class Place:
    """Where the customer lives, as far as clocks and holidays go."""

    zone: ZoneInfo
    country: str


@dataclass(frozen=True, slots=True)
class Happened:
    kind: str
    at: datetime
    data: Mapping[str, Any]


class World(Protocol):
    """The facts that steps may ask for, for a whole batch at a time. Each as it was at each one's `now`."""

    def matching(self, condition: Condition, batch: Sequence[Standing]) -> set[int]:
        """Return the ids of those of whom the condition is true."""
        ...

    def happened(
        self,
        kinds: Sequence[str],
        batch: Sequence[Standing],
        since: Mapping[int, datetime],
        *,
        about_order: bool,
    ) -> Mapping[int, Happened]:
        """Return, by id, the first event of these kinds after `since`."""
        ...

    def moments(self, what: str, batch: Sequence[Standing]) -> Mapping[int, datetime]:
        """Return, by id, when something is or was: a key of `MOMENTS`. Unknown ones are left out."""
        ...

    def places(self, batch: Sequence[Standing]) -> Mapping[int, Place]:
        """Return where each lives; everybody lives somewhere."""
        ...


MOMENTS = ("event", "order_placed", "handover", "arrival", "delivered", "birthday", "last_order")
"""What a wait may count from: the event that started it, steps of the order, days of the person."""


@dataclass(slots=True)
class Move:
    """What one advance did to one enrolment."""

    standing: Standing
    due_at: datetime | None = None
    waits_for: tuple[str, ...] = ()
    ended: str = ""
    """Why it is over; empty while it goes on."""
    path: list[tuple[str, str, datetime]] = field(default_factory=list)
    """Step, way, time: of each step that was left."""
    effects: list[tuple[str, int, "Effect"]] = field(default_factory=list)
    """Step, number of the hop, effect."""
