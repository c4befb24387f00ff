"""What returns tell the world. `subject_id` is the return; each is told once."""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnEvent(Event):
    """Base of what is told of one return."""

    number: str
    resolution: str = ""


Event.kinds.pop("ReturnEvent")  # nobody tells it: no trigger, and no line on a timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRequested(ReturnEvent):
    """A customer wants to send something back."""

    waits: bool = False
    """Somebody has to decide; else it is approved in the same breath."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnApproved(ReturnEvent):
    """It may come back, or need not even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRefused(ReturnEvent):
    """The team said no, with a reason."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLabelSent(ReturnEvent):
    """The customer has what is needed to send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPosted(ReturnEvent):
    """The customer says that it is on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTravelling(ReturnEvent):
    """A carrier proved that it has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReceived(ReturnEvent):
    """It is back at the shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnInspected(ReturnEvent):
    """Somebody looked at every piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRefunded(ReturnEvent):
    """The customer has the money, or the credit. `amount` is an exact decimal as text."""

    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnExchanged(ReturnEvent):
    """The new thing, or the mended one, is on its way to the customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnClosed(ReturnEvent):
    """Nothing is left to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnExpired(ReturnEvent):
    """Nothing was sent in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCancelled(ReturnEvent):
    """The customer keeps it after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalStated(Event):
    """Somebody withdrew from the contract. `subject_id` is the statement."""

    number: str
