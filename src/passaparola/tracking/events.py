"""What parcels tell the world. `subject_id` is the parcel; each is told once, or once a day where it recurs."""

from dataclasses import dataclass, field

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPickedUp(Event):
    """The carrier really has it: proved by a scan, not by what the shop says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOutForDelivery(Event):
    """It is on the van today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReadyForPickup(Event):
    """It waits at a pick-up point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelAttempted(Event):
    """It was brought and nobody could take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelHeld(Event):
    """It waits for somebody: customs, a wrong address, a payment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelDelayed(Event):
    """It will come, or should have come, later than first promised. Told once a parcel.

    `cause` is a `rules.delay.DelayCause`, `new_last` the last day now expected (ISO) or empty.
    """

    cause: str
    new_last: str
    confidence: float = 1.0
    """How sure the cause is."""
    words: dict[str, str] = field(default_factory=dict)
    """By language, the team's own sentence about a strike or closure."""
    shop_days: int = 0
    """Working days that we handed it over late, or have not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelEndangered(Event):
    """It will probably come after its last promised day, which is not over yet. Told once a parcel.

    `chance` is 0 to 1, `cause` a `rules.delay.DelayCause`, `last` the day promised (ISO).
    """

    chance: float
    cause: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelStalled(Event):
    """Nobody has said a word about it for longer than is usual on its way. Told once for each standstill.

    `where` is `shop` (announced, the carrier does not have it) or `road`; `since` the last word (ISO).
    """

    where: str
    since: str
    days: int
    """Working days without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelMovedAgain(Event):
    """There is news of a parcel that had stood still since `since` (ISO)."""

    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelMissing(Event):
    """So long without a word that it is probably lost, though no carrier says so: time to have it searched."""

    since: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelDelivered(Event):
    """It has arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReturning(Event):
    """It goes back to the shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReturned(Event):
    """It is back at the shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLost(Event):
    """The carrier says that it can't be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(Event):
    """Everything that was ordered has arrived. `order_id` is the subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEndangered(Event):
    """No carrier has anything of the order yet, so that its last promised day will probably be missed.

    Told once, while there is a day left or more. `last` is that day (ISO).
    """

    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOverdue(Event):
    """The promised days are over and no carrier has anything of the order: it still stands in the shop."""
