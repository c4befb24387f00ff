"""Everybody who would have walked through a journey, step by step: a dry run, seen by a witness."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from passaparola.journeys.rules.values import Effect, Move, Standing


@dataclass(slots=True)
class Asked:
    """Something that a step asked for."""

    at: datetime
    step: str
    hop: int
    effect: Effect


@dataclass(slots=True, kw_only=True)
class Walker:
    """One enrolment as it would have been."""

    event_key: str
    begun_at: datetime
    customer_id: int
    order_id: int | None
    parcel_id: int | None
    is_held_out: bool
    position: str
    since: datetime
    hops: int = 0
    due_at: datetime | None = None
    waits_for: tuple[str, ...] = ()
    ended_at: datetime | None = None
    ended_by: str = ""
    path: list[tuple[str, str, datetime]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


@dataclass
class Walkers:
    """The witness: keeps everybody by the event that brought them."""

    found: dict[int, Walker] = field(default_factory=dict)

    def enters(self, standing: Standing, event_key: str, *, is_held_out: bool) -> None:
        self.found[standing.id] = Walker(
            event_key=event_key,
            begun_at=standing.begun_at,
            customer_id=standing.customer_id,
            order_id=standing.order_id,
            parcel_id=standing.parcel_id,
            is_held_out=is_held_out,
            position="" if is_held_out else standing.position,
            since=standing.since,
            ended_at=standing.now if is_held_out else None,
            ended_by="held_out" if is_held_out else "",
        )

    def moves(self, move: Move, reason: str) -> None:
        standing, walker = move.standing, self.found[move.standing.id]
        walker.path += move.path
        walker.asked += [Asked(standing.now, step, hop, effect) for step, hop, effect in move.effects]
        walker.hops, walker.since = standing.hops, standing.since
        walker.due_at, walker.waits_for = move.due_at, move.waits_for
        if reason:
            walker.ended_by, walker.ended_at, walker.due_at = reason, standing.now, None
            walker.position = move.path[-1][0] if move.path else standing.position
        else:
            walker.position = standing.position

    def asks(self) -> Iterator[tuple[Walker, Asked]]:
        return ((walker, one) for walker in self.found.values() for one in walker.asked)
