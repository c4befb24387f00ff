"""What promises tell the world. `subject_id` is the promise; each is told once a promise.

Promises that follow from an order by themselves are quiet while all goes well: the order's own events say it.
"""

from dataclasses import dataclass

from passaparola.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(Event):
    """Somebody promised something. `promise` is its kind, `words` what was said, `due_at` ISO."""

    promise: str
    words: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseEndangered(Event):
    """It will rather be broken than kept. `risk` is the probability, as text."""

    promise: str
    risk: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(Event):
    """What was promised came true. `is_late`: after its time, when it had been broken already."""

    promise: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseBroken(Event):
    """Its time passed and it had not come true."""

    promise: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseForgiven(Event):
    """The customer, or whoever decides for the shop, let it go."""

    promise: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWithdrawn(Event):
    """It means nothing any more: the order was cancelled, the question answered elsewhere."""

    promise: str
