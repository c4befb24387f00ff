"""What orders tell the world. Each follows from the facts recorded, never from when they arrived."""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Event):
    """An order is known for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaid(Event):
    """Its price has been paid in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    """The shop cancelled it; it may take that back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEdited(Event):
    """The shop changed it after it was placed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefunded(Event):
    """Money was given back. `subject_id` is the refund; `amount` an exact decimal as text."""

    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FulfilmentReported(Event):
    """The shop said something new about what it sent. `subject_id` is the fulfilment, one event a version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FulfilmentNewsReported(Event):
    """The shop system relayed a step of a shipment; the event itself is the record of it."""

    source: str
    fulfilment: str
    """The fulfilment's id at the source: it may not be known yet."""
    status: str
    at: str
    message: str
    place: str
    estimated_at: str
