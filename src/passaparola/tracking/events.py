"""What parcels tell the world. `subject_id` is the parcel; each is told once, or once a day where it recurs."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelDelivered(Event):
    """It has arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReturning(Event):
    """It goes back to the shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLost(Event):
    """The carrier says that it can't be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(Event):
    """Everything that was ordered has arrived. `order_id` is the subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOverdue(Event):
    """The promised days are over and no carrier has anything of the order: it still stands in the shop."""
