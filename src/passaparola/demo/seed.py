"""A year of Bottega Luna, put into the database: what the shop systems and carriers would have told.

The history goes the way of every webhook, from the provider's words through the connector to facts, only
without the post in between: whatever the connectors can't read would be missing here, too.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Min, QuerySet

from passaparola.demo import care, returns, shop
from passaparola.demo.payloads import custom, shopify, telling, woocommerce
from passaparola.demo.payloads.letter import Letter, letter
from passaparola.demo.world.days import ROME
from passaparola.demo.world.goods import PRODUCTS
from passaparola.demo.world.history import World, under_way
from passaparola.demo.world.order import Order as WorldOrder
from passaparola.demo.world.order import as_told
from passaparola.inbound.source import Posted
from passaparola.messages.models import Message
from passaparola.orders import actions as orders
from passaparola.orders.actions import Sourced
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.models import Order
from passaparola.promises import actions as promises
from passaparola.promises.models import Promise
from passaparola.returns.models import Return
from passaparola.stores.models import Store
from passaparola.tracking import actions as tracking
from passaparola.tracking.carrier import CARRIERS, TrackerFacts
from passaparola.tracking.models import FirstPromise, Parcel

BATCH = 450
Say = Callable[[str], None]


def is_seeded(store: Store) -> bool:
    """Whether the whole history is there: the orders under way are written last, and then the returns."""
    alive = Order.objects.filter(store=store, is_history=False)
    return alive.exists() and Return.objects.filter(store=store).exists()


def seed(store: Store, world: World, *, base: str, now: datetime, say: Say) -> None:
    """Record the world as far as it is known. Doing it again, or after a stop half-way, changes nothing twice.

    `base` is where the pictures are. What is under way is alive from here on: news of it are told.
    """
    _record(list(_products(world.begins, base)), store, now)
    shop.write_care_notes(store)
    alive = {order.number for order in under_way(world)}
    known = [order for _, order in world.known()]
    over = [order for order in known if order.number not in alive]
    done = 0
    for batch in _batches(over):
        _import(batch, store, base, now=now)
        analyse()
        done += len(batch)
        say(f"  {done} of {len(known)} orders")
    tracking.learn(store, now=now)
    for at, batch in _by_last_news([order for order in known if order.number in alive]):
        _import(batch, store, base, now=at)
        _bring_to_life(store, [order.number for order in batch], at)
    _let_days_pass(store, until=datetime.combine(now.astimezone(ROME).date(), time(), ROME))
    say(f"  {len(known)} of {len(known)} orders")
    returns.tell(store, now=now)
    care.look_after(store, now=now)


def _import(batch: Sequence[WorldOrder], store: Store, base: str, *, now: datetime) -> None:
    # The scans first: a parcel that seems to have none since last winter would be told as late.
    _track([telling.tracker(order, n) for order in batch for n, _ in _travelled(order)], store, now)
    _record([each for order in batch for each in _words(order, base)], store, now)
    _promise(store, now)


def _by_last_news(orders: Sequence[WorldOrder]) -> list[tuple[datetime, list[WorldOrder]]]:
    """Return what is under way by the day of its last news, with the latest moment of that day."""
    days: dict[date, list[tuple[datetime, WorldOrder]]] = {}
    for order in orders:
        at = max(at for _, at in order.times()).astimezone(ROME)
        days.setdefault(at.date(), []).append((at, order))
    return [(max(at for at, _ in told), [order for _, order in told]) for _, told in sorted(days.items())]


def _batches(known: Sequence[WorldOrder]) -> Iterator[list[WorldOrder]]:
    rest = iter(known)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _words(order: WorldOrder, base: str) -> Iterator[Letter]:
    """What the shop system said when it was paid, and its last word: all that history needs."""
    names = [name for _, name in order.plan() if not name.startswith("step")]
    if order.paid_at and len(names) > 2:  # noqa: PLR2004 - more than placed and paid
        paid = as_told(order, {"placed": order.placed_at, "paid": order.paid_at})
        yield telling.letters(paid, "paid", base)[-1]
    yield telling.letters(order, names[-1], base)[-1]


def _travelled(order: WorldOrder) -> Iterator[tuple[int, object]]:
    return ((n, parcel) for n, parcel in enumerate(order.parcels) if parcel.steps)


def _products(at: datetime, base: str) -> Iterator[Letter]:
    for product in PRODUCTS:
        yield letter(shopify.KIND, "products/create", shopify.product_of(product, at, base), at)
        made = woocommerce.product_of(product, at, base)
        yield letter(woocommerce.KIND, "product.created", made, at)
    yield custom.products_told(PRODUCTS, at, base)


def sourced(each: Letter, store: Store) -> Sourced:
    """Return what a shop system's letter says."""
    headers = {
        "x-shopify-topic": each.topic,
        "x-shopify-shop-domain": "bottega-luna.myshopify.com",
        "x-wc-webhook-topic": each.topic,
    }
    return Sourced(store.pk, each.kind, CONNECTORS[each.kind].read(Posted(headers, each.body, each.at)))


def _record(told: Sequence[Letter], store: Store, now: datetime) -> None:
    with transaction.atomic():
        orders.record([sourced(each, store) for each in told], now=now, is_history=True)


def _promise(store: Store, now: datetime) -> None:
    """Imports promise nothing, but this shop has used us all year: what was promised then is known."""
    with transaction.atomic():
        fresh = Order.objects.filter(store=store, first_promise=None).values_list("pk", flat=True)
        tracking.promise(list(fresh), now=now, is_history=True)


def analyse() -> None:
    """Tell the planner how full the tables have become: it would still take them for empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _track(told: Sequence[Letter], store: Store, now: datetime) -> None:
    facts = [(store.pk, tracker) for each in told for tracker in facts_of(each)]
    with transaction.atomic():
        tracking.record_trackers(facts, now=now, is_history=True)


def facts_of(each: Letter) -> Sequence[TrackerFacts]:
    """Return what a carrier's letter says."""
    return CARRIERS[each.kind].read(Posted({}, each.body, each.at))


def _bring_to_life(store: Store, numbers: Sequence[str], now: datetime) -> None:
    """Take the orders under way out of history: what happens to them from here on is told.

    Nothing is told of what lies behind: those events are recorded already, as history.
    """
    with transaction.atomic():
        alive = Order.objects.filter(store=store, number__in=numbers)
        ids = list(alive.values_list("pk", flat=True))
        alive.update(is_history=False)
        tracking.promise(ids, now=now)
        parcels = Parcel.objects.filter(order__in=ids).values_list("pk", flat=True)
        tracking.derive(list(parcels), now=now)


def _let_days_pass(store: Store, *, until: datetime) -> None:
    """Have the clock look at what is under way as it has since its last news, up to last midnight.

    So what was in danger was seen when it would have been, a day ahead and more, and not when the demo began. What
    had to be said was said then. What last night brought is left to the workers: that one may watch.
    """
    while (at := _next_look(store)) and at < until:
        tracking.check_due(now=at)
        promises.sweep(now=at)
    said = Message.objects.waiting().filter(store=store, asked_at__lt=until)
    said.update(sent_at=F("asked_at"), attempts=1)


def _next_look(store: Store) -> datetime | None:
    waiting: tuple[QuerySet[Any], ...] = (
        Parcel.objects.filter(store=store),
        FirstPromise.objects.filter(order__store=store),
        Promise.objects.filter(store=store),
    )
    return min(filter(None, (rows.aggregate(at=Min("check_at"))["at"] for rows in waiting)), default=None)
