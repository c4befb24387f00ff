"""Twelve months of Bottega Luna, the same for the same seed and day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from passaparola.demo.world import buying
from passaparola.demo.world.days import ROME, Calendar, moment
from passaparola.demo.world.order import Order, as_of
from passaparola.demo.world.people import Person, some_people
from passaparola.demo.world.special import FEATURED_PEOPLE, special_orders
from passaparola.demo.world.travel import Trouble
from passaparola.demo.world.ways import SAME_DAY, way_to
from passaparola.tracking.carrier import ScanState

SEED = 48018
"""Faenza's postcode."""
DAYS = 365
FIRST_SERIAL = 8_440
PEOPLE = 600
ORDERS = 1_800
MORNING = 8
"""Hour up to which today has already happened when the demo begins: the vans are about to leave."""
_HOURS = (1, 0, 0, 0, 0, 0, 1, 2, 4, 6, 7, 7, 6, 6, 6, 6, 6, 6, 7, 8, 10, 12, 9, 4)
_BROKEN = {"it": "Una tazza è arrivata scheggiata", "en": "One piece arrived chipped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    seed: int
    now: datetime
    """When it was made."""
    begins: datetime
    """Up to when the day of `now` has happened: the morning."""
    people: tuple[Person, ...]
    orders: tuple[Order, ...]
    """With everything that will happen to them, also after `now`; in order of placing."""
    featured: tuple[Order, ...]
    """The late split one, the one on the van, the one waiting at a shop, the one at customs, the one that goes late
    while one watches, and the one that will."""

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.now.astimezone(ROME).date())

    def known(self) -> Iterator[tuple[Order, Order]]:
        """Every order as it will have been, and as the shop knows it when the demo begins."""
        return ((order, as_of(order, self.known_until(order))) for order in self.orders)

    def known_until(self, order: Order) -> datetime:
        """Return up to when the shop knows of an order; the featured ones happen around `now` itself."""
        return self.now if order in self.featured else self.begins


def build(now: datetime, *, seed: int = SEED, orders: int = ORDERS, people: int = PEOPLE) -> World:
    """Make the world up to the morning of `now`, and all that is to come for what was ordered by then."""
    rng = Random(seed)  # noqa: S311 - a made-up shop, not a secret
    now = now.astimezone(ROME)
    begins = begin_of(now)
    calendar = Calendar(now.date())
    everybody = some_people(rng, people)
    known: list[Person] = []
    cross: set[int] = set()
    made: list[Order] = []
    times = _times(rng, begins, orders)
    lost_at = len(times) - orders // 10
    for number, placed_at in enumerate(times):
        person, is_first = _buyer(rng, everybody, known, cross, share=len(known) / people)
        order = buying.next_order(rng, FIRST_SERIAL + number, person, placed_at, is_first=is_first)
        made.append(_fate(rng, calendar, order, is_lost=number >= lost_at and not _has_lost(made)))
        (cross.add if waited_too_long(calendar, made[-1]) else cross.discard)(person.id)
    featured = special_orders(rng, calendar, now, FIRST_SERIAL + len(times))
    made += featured
    return World(
        seed=seed,
        now=now,
        begins=begins,
        people=(*FEATURED_PEOPLE, *everybody),
        orders=tuple(sorted(made, key=lambda order: order.placed_at)),
        featured=featured,
    )


def begin_of(now: datetime) -> datetime:
    """Return this morning in Faenza, or the very moment where it is earlier."""
    here = now.astimezone(ROME)
    return min(here, here.replace(hour=MORNING, minute=0, second=0, microsecond=0))


def live_order(world: World, number: int, now: datetime) -> Order:
    """Return the order that comes in at `now` as the `number`th since the demo began.

    Many live near Faenza, where parcels arrive on the same day: so one can watch a whole life.
    """
    rng = Random(f"{world.seed}:{number}")  # noqa: S311
    near = [person for person in world.people if person.home.town.name in SAME_DAY]
    person = rng.choice(near) if rng.random() < 0.5 else rng.choice(world.people)  # noqa: PLR2004 - one in two
    now = now.astimezone(ROME).replace(microsecond=0)
    serial = FIRST_SERIAL + len(world.orders) + number
    order = buying.next_order(rng, serial, person, now, is_first=False)
    if order.payment == "transfer":
        order = replace(order, payment="card", paid_at=now + timedelta(seconds=5))
    if rng.random() < 0.04:  # noqa: PLR2004 - some think again
        return buying.cancelled(rng, order)
    trouble = Trouble.ABSENT if rng.random() < 0.06 else Trouble.NONE  # noqa: PLR2004
    return buying.packed(rng, Calendar(now.date()), order, trouble, at_once=True)


def under_way(world: World) -> list[Order]:
    """The orders to which something is still to happen, with all that will."""
    return [order for order in world.orders if any(at > world.known_until(order) for _, at in order.times())]


def _times(rng: Random, now: datetime, count: int) -> list[datetime]:
    days = [now.date() - timedelta(days=back) for back in range(DAYS, -1, -1)]
    weights = [season(day) for day in days]
    chosen = rng.choices(days, weights, k=count)
    hours = rng.choices(range(24), _HOURS, k=count)
    times = [moment(rng, day, hour, hour + 1) for day, hour in zip(chosen, hours, strict=True)]
    return sorted(at if at < now else at - timedelta(days=1) for at in times)


def season(day: date) -> float:
    """Return how much is ordered on that day, against an ordinary one."""
    weight = 1.25 if day.weekday() >= 5 else 1.0  # noqa: PLR2004 - the weekend
    if day.month == 12:  # noqa: PLR2004
        return weight * (3.2 if day.day <= 16 else 1.4 if day.day <= 23 else 0.5)  # noqa: PLR2004
    if day.month == 11:  # noqa: PLR2004
        return weight * (1.3 if day.day < 20 else 1.8)  # noqa: PLR2004
    return weight * {5: 1.3, 8: 0.55, 1: 0.7, 2: 0.9}.get(day.month, 1.0)


def _buyer(
    rng: Random, everybody: tuple[Person, ...], known: list[Person], cross: set[int], *, share: float
) -> tuple[Person, bool]:
    """Somebody new, or somebody who comes back; the better the shop is known, the more come back.

    Whoever waited too long the last time (`cross`) comes back `_LESS_GLADLY`. That a late parcel costs second
    purchases is what the field reports; how much is this world's assumption, no finding.
    """
    if len(known) < len(everybody) and rng.random() < max(0.22, 1 - share * 1.6):
        known.append(everybody[len(known)])
        return known[-1], True
    gladly = [person.loyalty * (_LESS_GLADLY if person.id in cross else 1) for person in known]
    return rng.choices(known, gladly)[0], False


_LESS_GLADLY = 0.4


def waited_too_long(calendar: Calendar, order: Order) -> bool:
    """Tell whether something of it came later than parcels on its way usually do, or not at all."""
    if order.paid_at is None or not order.parcels:
        return False
    way = way_to(order.to.town)
    usual = calendar.after(order.paid_at.date(), way.most + 2)
    ends = [parcel.steps[-1] for parcel in order.parcels]
    return any(step.state is not ScanState.DELIVERED or step.at.date() > usual for step in ends)


def _has_lost(made: list[Order]) -> bool:
    return any(refund.reason == _LOST for order in made[-400:] for refund in order.refunds)


_LOST = "Pacco smarrito dal corriere"


def _fate(rng: Random, calendar: Calendar, order: Order, *, is_lost: bool) -> Order:
    """Decide what becomes of an order, from packing to the last refund."""
    if rng.random() < 0.02:  # noqa: PLR2004 - shares of this invented shop
        return buying.cancelled(rng, order)
    trouble = Trouble.LOST if is_lost else _trouble(rng, order)
    order = buying.packed(rng, calendar, order, trouble)
    if trouble is Trouble.LOST:
        return buying.refunded(rng, order, fully=True, reason=_LOST)
    if trouble is Trouble.RETURNED:
        return buying.refunded(rng, order, fully=True, reason="Tornato al mittente")
    if rng.random() < 0.03:  # noqa: PLR2004
        broken = _BROKEN["it" if order.language == "it" else "en"]
        return buying.refunded(rng, order, fully=False, reason=broken)
    return order


_STRIKE_WEEKS = {12, 27, 43}
"""Weeks of the year in which carriers strike."""


def _trouble(rng: Random, order: Order) -> Trouble:
    way = way_to(order.to.town)
    assert order.paid_at is not None  # noqa: S101
    if order.paid_at.isocalendar().week in _STRIKE_WEEKS and rng.random() < 0.5:  # noqa: PLR2004
        return Trouble.STRIKE
    if way.has_customs and rng.random() < 0.35:  # noqa: PLR2004
        return Trouble.CUSTOMS
    draw = rng.random()
    for share, trouble in (
        (way.late_share, Trouble.LATE),
        (0.07, Trouble.ABSENT),
        (0.03, Trouble.PICK_UP),
        (0.003, Trouble.RETURNED),
    ):
        if draw < share:
            return trouble
        draw -= share
    return Trouble.NONE
