"""What happened: concepts tell it with `emit()`, others react with `@on()`, in the same transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from passaparola.kernel.database import bulk


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every event. Subclasses are named in the past tense; their own fields become `data`.

    `key` names the event for ever within its store: telling it again changes nothing. An event must follow
    from the *set* of facts recorded, never from the order in which they came.
    """

    store_id: int
    happened_at: datetime
    key: str
    customer_id: int | None = None
    order_id: int | None = None
    subject_id: int | None = None
    """The row the event is about: a parcel, a refund, a message."""
    is_history: bool = False
    """Imported from the past: feeds the numbers, triggers nothing."""

    kinds: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls) -> None:
        # dataclass(slots=True) makes the class anew; the second one replaces the first under its name.
        Event.kinds[cls.__name__] = cls


BASE_FIELDS = frozenset(field.name for field in fields(Event))
SomeEvent = TypeVar("SomeEvent", bound=Event)
Reaction = Callable[[Sequence[Any], datetime], None]
_REACTIONS: dict[str, list[tuple[Reaction, bool]]] = {}


def on(*kinds: type[Event], history: bool = False) -> Callable[[Reaction], Reaction]:
    """Register a reaction to events: called with a batch (of these kinds, in order of happening) and now.

    `Event` itself stands for every kind. It runs in the emitter's transaction. Imported history is passed only
    where `history` is set.
    """

    def register(reaction: Reaction) -> Reaction:
        for kind in kinds:
            _REACTIONS.setdefault(kind.__name__, []).append((reaction, history))
        return reaction

    return register


def emit(events: Sequence[Event], *, now: datetime) -> list[Event]:
    """Record what is new among `events`, let the others react, and return the new ones.

    An event told again with an earlier time keeps the earlier one, so that the log does not depend on the
    order in which the world told us.
    """
    rows = [_row(event) for event in events]
    written = bulk.upsert(
        _model(),
        rows,
        key=["store_id", "key"],
        update=["happened_at"],
        where="excluded.happened_at < old.happened_at",
        returning=["store_id", "key", "(xmax = 0)"],
    )
    new = {(store, key) for store, key, inserted in written if inserted}
    unique = {(event.store_id, event.key): event for event in events}
    fresh = sorted((unique[k] for k in new), key=lambda event: (event.happened_at, event.key))
    _react(fresh, now)
    return fresh


def _model() -> Any:
    from passaparola.kernel.models import EventRecord

    return EventRecord


def _row(event: Event) -> dict[str, Any]:
    row = {name: getattr(event, name) for name in BASE_FIELDS}
    row["kind"] = type(event).__name__
    row["data"] = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in BASE_FIELDS}
    return row


def _react(fresh: Sequence[Event], now: datetime) -> None:
    batches: dict[Reaction, list[Event]] = {}
    for event in fresh:
        own = _REACTIONS.get(type(event).__name__, ())
        for reaction, wants_history in (*own, *_REACTIONS.get(Event.__name__, ())):
            if wants_history or not event.is_history:
                batches.setdefault(reaction, []).append(event)
    for reaction, batch in batches.items():
        reaction(batch, now)
