"""What a journey would have done: the same rules over the events of the past, with a clock for each enrolment.

Nothing is written. Everybody walks by themselves: their clock jumps from one step's time to the next, and the
world shows only what had happened by then. What the arbiter would have said to each message is not asked here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from passaparola.customers.models import Customer
from passaparola.journeys.actions.leave import CANCELLED_ORDER
from passaparola.journeys.rules.document import Definition
from passaparola.journeys.rules.engine import advance
from passaparola.journeys.rules.entering import entry_key, may_enter
from passaparola.journeys.rules.shares import is_held_out
from passaparola.journeys.rules.values import Do, Happened, Move, Say, Standing
from passaparola.journeys.world import TableWorld
from passaparola.kernel.models import EventRecord
from passaparola.orders.models import Order
from passaparola.segments.rules.condition import EVERYBODY
from passaparola.stores.models import Store

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Would:
    """One thing that would have been done."""

    customer_id: int
    order_id: int | None
    at: datetime
    step: str
    what: str
    """A message's kind, or a to-do's task."""
    is_message: bool = True
    channel: str = "email"
    lasts: timedelta | None = None
    coupon: str = ""
    fallback: str = ""


@dataclass
class DryRun:
    """What came of it."""

    since: datetime
    until: datetime
    triggered: int = 0
    """Events of the kind, whoever they were about."""
    entered: int = 0
    held_out: int = 0
    passages: Counter[tuple[str, str]] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    would: list[Would] = field(default_factory=list)
    witness: "Witness | None" = None

    @property
    def messages(self) -> Counter[str]:
        return Counter(one.what for one in self.would if one.is_message)

    @property
    def todos(self) -> Counter[str]:
        return Counter(one.what for one in self.would if not one.is_message)

    def by_day(self, store: Store) -> list[tuple[date, int]]:
        """Count messages a day, days without any too."""
        counted = Counter(one.at.astimezone(store.zone).date() for one in self.would if one.is_message)
        first, last = self.since.astimezone(store.zone).date(), self.until.astimezone(store.zone).date()
        return [
            (day, counted[day]) for n in range((last - first).days + 1) if (day := first + timedelta(days=n))
        ]

    @property
    def busiest(self) -> tuple[int, int]:
        """Who would have got most, and how many: 0, 0 for nobody."""
        counted = Counter(one.customer_id for one in self.would if one.is_message)
        return counted.most_common(1)[0] if counted else (0, 0)


@dataclass(frozen=True, slots=True)
class Entering:
    """Who would have entered, without what comes after."""

    triggered: int
    entered: int
    held_out: int
    newest: list[Standing]
    """A few of them, each at their own moment."""


def entering(
    store: Store, definition: Definition, *, journey_id: int, since: datetime, until: datetime, few: int = 5
) -> Entering:
    """Return who would have come into it between these times: quick enough to be asked while somebody types."""
    found = DryRun(since, until)
    entered = list(_enter(store, definition, journey_id, TableWorld(store, as_of=True), found))
    return Entering(found.triggered, len(entered), found.held_out, entered[-few:][::-1])


class Witness(Protocol):
    """Sees each of them walk, for whoever wants to know more than the figures."""

    def enters(self, standing: Standing, event_key: str, *, is_held_out: bool) -> None: ...

    def moves(self, move: Move, reason: str) -> None:
        """One advance; why it is over, empty while it goes on. What the move speaks of goes on changing."""
        ...


def dry_run(
    store: Store,
    definition: Definition,
    *,
    journey_id: int,
    since: datetime,
    until: datetime,
    witness: Witness | None = None,
) -> DryRun:
    """Let everybody walk who would have entered between these times, up to `until`."""
    found = DryRun(since, until, witness=witness)
    world = TableWorld(store, as_of=True)
    definition = definition.with_goal_as_exit()
    walkers = list(_enter(store, definition, journey_id, world, found))
    found.entered = len(walkers)
    while walkers:
        going: list[Standing] = []
        for first in range(0, len(walkers), BATCH):
            going += _walk(walkers[first : first + BATCH], definition, world, found)
        walkers = going
    return found


def _ending(definition: Definition, reason: str) -> str:
    kind = reason.removeprefix("exit:")
    ways_out = {kind for leaving in definition.exits[:-1] for kind in leaving.kinds}
    has_goal = definition.goal is not None and definition.goal.ends and kind in definition.goal.on.kinds
    return "goal" if has_goal and kind not in ways_out else reason


def _enter(
    store: Store, definition: Definition, journey_id: int, world: TableWorld, found: DryRun
) -> Iterator[Standing]:
    """Yield everybody who would have entered, each at their own time."""
    events = EventRecord.objects.filter(
        store_id=store.pk,
        kind__in=definition.trigger.kinds,
        happened_at__gt=found.since,
        happened_at__lte=found.until,
    ).order_by("happened_at", "pk")
    rows = list(
        events.values_list(
            "pk", "key", "kind", "happened_at", "customer_id", "order_id", "subject_id", "data"
        )
    )
    found.triggered = len(rows)
    people = _people({row[4] for row in rows if row[4]} | {0})
    orders = _orders({row[5] for row in rows if row[5]})
    asked, keys = [], {}
    for pk, key, kind, at, customer, order, subject, data in rows:
        person = people.get(customer or orders.get(order or 0) or 0)
        if person:
            parcel = subject if kind.startswith("Parcel") else None
            keys[pk] = key
            asked.append(_standing(pk, person, order, parcel, at, definition.first, data))
    true = {s.id for s in asked}
    if definition.trigger.condition != EVERYBODY:
        true = set()
        for first in range(0, len(asked), BATCH):
            true |= world.matching(definition.trigger.condition, asked[first : first + BATCH])
    been: dict[Any, datetime] = {}
    for standing in asked:
        if standing.id in true and _may_enter(definition, standing, keys[standing.id], been):
            is_out = is_held_out(journey_id, standing.customer_id, definition.hold_out)
            if found.witness:
                found.witness.enters(standing, keys[standing.id], is_held_out=is_out)
            if is_out:
                found.held_out += 1
            else:
                yield standing


def _may_enter(definition: Definition, standing: Standing, event_key: str, been: dict[Any, datetime]) -> bool:
    """As live: once for each order, customer or event, or again after its time."""
    again = definition.again
    key: Any = entry_key(
        again, event_key=event_key, order_id=standing.order_id, customer_id=standing.customer_id
    )
    if again.per == "customer":
        key = ("customer", standing.customer_id)
    if not may_enter(again, been.get(key), standing.now):
        return False
    been[key] = standing.now
    return True


def _standing(  # noqa: PLR0917 - a row
    pk: int, customer: int, order: int | None, parcel: int | None, at: datetime, first: str, data: Any
) -> Standing:
    return Standing(
        id=pk, customer_id=customer, order_id=order, parcel_id=parcel, position=first, since=at, entered_at=at,
        begun_at=at, now=at, data=data if isinstance(data, dict) else {},
    )  # fmt: skip


def _people(ids: set[int]) -> dict[int, int]:
    rows = Customer.objects.filter(pk__any=ids, erased_at=None).values_list("pk", "merged_into")
    return {pk: root or pk for pk, root in rows}


def _orders(ids: set[int]) -> dict[int, int]:
    rows = Order.objects.filter(pk__any=ids, deleted_at=None, is_test=False).values_list("pk", "customer")
    return {pk: customer for pk, customer in rows if customer}


def _walk(
    batch: Sequence[Standing], definition: Definition, world: TableWorld, found: DryRun
) -> list[Standing]:
    """Move a batch once; return those who go on, their clocks at the next thing that concerns them."""
    going = []
    gone = set() if definition.waits_for_cancelling else _cancelled(batch)
    found.endings[CANCELLED_ORDER] += len(gone)
    if found.witness:
        for standing in batch:
            if standing.id in gone:
                found.witness.moves(Move(standing), CANCELLED_ORDER)
    moves = advance(definition, [standing for standing in batch if standing.id not in gone], world)
    waiting = [move for move in moves if not move.ended]
    news = _news(definition, waiting, world, found.until)
    for move in moves:
        _note(move, found)
        if found.witness:
            found.witness.moves(move, _ending(definition, move.ended) if move.ended else "")
        if move.ended:
            found.endings[_ending(definition, move.ended)] += 1
            continue
        standing, due = move.standing, move.due_at or found.until + timedelta(days=1)
        if standing.id in news:
            due = min(due, news[standing.id])
        if due > found.until or due <= standing.now:
            found.under_way += 1
            continue
        standing.now = due
        going.append(standing)
    return going


def _cancelled(batch: Sequence[Standing]) -> set[int]:
    """Those whose order was cancelled since they began, by their own time."""
    ids = {standing.order_id for standing in batch if standing.order_id}
    rows = dict(
        Order.objects.filter(pk__any=ids, cancelled_at__isnull=False).values_list("pk", "cancelled_at")
    )
    return {s.id for s in batch if (at := rows.get(s.order_id or 0)) and s.begun_at < at <= s.now}


def _note(move: Move, found: DryRun) -> None:
    found.passages.update((step, way) for step, way, _ in move.path if way)
    for step, _, effect in move.effects:
        standing = move.standing
        if isinstance(effect, Say):
            found.would.append(
                Would(
                    standing.customer_id,
                    standing.order_id,
                    standing.now,
                    step,
                    effect.kind,
                    channel=effect.channel,
                    lasts=effect.lasts,
                    coupon=str(effect.data.get("coupon") or ""),
                    fallback=effect.fallback,
                )
            )
        elif isinstance(effect, Do):
            found.would.append(
                Would(
                    standing.customer_id,
                    standing.order_id,
                    standing.now,
                    step,
                    effect.task,
                    is_message=False,
                )
            )


def _news(
    definition: Definition, moves: Sequence[Move], world: TableWorld, until: datetime
) -> dict[int, datetime]:
    """When the next thing happens that ends somebody's waiting or their journey: by then their clock must stop."""
    found: dict[int, datetime] = {}
    groups: dict[tuple[tuple[str, ...], bool], list[Standing]] = {}
    for move in moves:
        if move.waits_for:
            groups.setdefault((move.waits_for, False), []).append(move.standing)
        for leaving in definition.exits:
            if leaving.kinds:
                groups.setdefault((leaving.kinds, leaving.about_order), []).append(move.standing)
    for (kinds, about_order), standings in groups.items():
        for pk, happened in _after(world, kinds, standings, until, about_order=about_order).items():
            found[pk] = min(happened.at, found.get(pk, happened.at))
    return found


def _after(
    world: TableWorld,
    kinds: tuple[str, ...],
    standings: Sequence[Standing],
    until: datetime,
    *,
    about_order: bool,
) -> dict[int, Happened]:
    later = [_at(standing, until) for standing in standings]
    since = {standing.id: standing.now for standing in standings}
    return dict(world.happened(kinds, later, since, about_order=about_order))


def _at(standing: Standing, now: datetime) -> Standing:
    values = asdict(standing) | {"now": now, "data": standing.data}
    return Standing(**values)
