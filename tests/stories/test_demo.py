"""The demo's own life, from signed webhooks over the real addresses to rows, on a day played in minutes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest
from django.test import Client

from passaparola.cases.models import Case
from passaparola.demo import homeward, shop
from passaparola.demo.notebook import Notebook
from passaparola.demo.payloads.telling import letters
from passaparola.demo.post import Box, Postman
from passaparola.demo.seed import is_seeded, seed
from passaparola.demo.simulator import Simulator
from passaparola.demo.world.days import ROME
from passaparola.demo.world.history import World, build
from passaparola.demo.world.special import MARTA
from passaparola.inbound import actions as inbound
from passaparola.inbound.models import Delivery, Outcome
from passaparola.inbound.receipt import forget_doors
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.orders.models import Order
from passaparola.promises import actions as promises
from passaparola.promises.models import Promise
from passaparola.promises.rules.outcome import Outcome as Ended
from passaparola.returns import actions as returns
from passaparola.returns.models import Return
from passaparola.returns.rules.policy import No, Resolution
from passaparola.returns.rules.states import State
from passaparola.returns.standing import standing_of
from passaparola.stores.models import Store
from passaparola.tracking import actions as tracking
from passaparola.tracking.models import Parcel, Scan

BASE = "http://127.0.0.1:8000/static/demo/"


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def now() -> datetime:
    """Today's noon in Faenza: what is signed with a time is only taken fresh."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def small(now: datetime) -> World:
    return build(now, orders=60, people=40)


@pytest.fixture(scope="module")
def seeded(one_world: Callable[[], AbstractContextManager[None]], now: datetime) -> Iterator[int]:
    with one_world():
        store = shop.open_shop(now=now)
        seed(store, build(now, orders=60, people=40), base=BASE, now=now, say=lambda _: None)
        yield store.pk


@pytest.fixture
def luna_open(seeded: int, db: None) -> Store:
    return Store.objects.get(pk=seeded)


def simulator(store: Store, world: World, folder: Path, now: datetime) -> Simulator:
    client = Client()
    forget_doors()

    def send(path: str, body: bytes, headers: Mapping[str, str]) -> int:
        plain = {name: value for name, value in headers.items() if name != "Content-Type"}
        return client.post(path, body, content_type="application/json", headers=plain).status_code

    boxes = {
        key: Box(f"/hooks/{key[0]}/{key[1]}/{made.token}/", made.secret)
        for key, made in shop.connections(store).items()
    }
    postman = Postman(boxes, send, Random(3))
    notebook, sent_back = Notebook.open(folder, now=now), partial(homeward.journeys, store, world)
    return Simulator(world, notebook, postman, BASE, Random(5), lambda _: None, sent_back)


def play(life: Simulator, now: datetime, *, minutes: int) -> datetime:
    """Play, with the hands of the clock pushed; deliveries are read as a worker would."""
    for second in range(0, minutes * 60, 2):
        life.turn(float(second), now)
    life.postman.empty_bag(now=now)
    while inbound.read_waiting(now=now):
        pass
    return now


def untold(life: Simulator) -> int:
    """An order made in the very last turn is told in the next."""
    return sum(not journey.told for _, journey in life.journeys.values())


def test_the_seeded_year_is_there_once(luna_open: Store, small: World, now: datetime) -> None:
    events = EventRecord.objects.count()

    seed(luna_open, small, base=BASE, now=now, say=lambda _: None)

    assert is_seeded(luna_open)
    assert Order.objects.count() == len(small.orders)
    assert EventRecord.objects.count() == events
    assert Parcel.objects.count() == sum(len(known.parcels) for _, known in small.known())
    assert Scan.objects.count() == sum(len(p.steps) for _, known in small.known() for p in known.parcels)


def test_what_is_under_way_is_alive_and_the_rest_is_history(luna_open: Store, small: World) -> None:
    alive = set(Order.objects.filter(is_history=False).values_list("number", flat=True))

    assert {order.number for order in small.featured} <= alive
    assert len(alive) < len(small.orders) / 2


def test_a_day_of_the_shop_arrives_whole(
    luna_open: Store, small: World, tmp_path: Path, now: datetime
) -> None:
    life = simulator(luna_open, small, tmp_path, now)
    life.begin(now)

    play(life, now, minutes=12)

    assert life.made > 12
    assert not Delivery.objects.exclude(outcome=Outcome.RECORDED).exists()
    assert Order.objects.real().count() == len(small.orders) + life.made - untold(life)
    told = {j.order.number: j for _, j in life.journeys.values()}
    for order in Order.objects.filter(number__in=told).prefetch_related("parcels"):
        packed = [name for name in told[order.number].told if name.startswith("packed")]
        assert order.parcels.count() == len(packed)


def test_same_day_orders_are_delivered_within_the_day(
    luna_open: Store, small: World, tmp_path: Path, now: datetime
) -> None:
    life = simulator(luna_open, small, tmp_path, now)
    life.begin(now)

    play(life, now, minutes=12)

    newest = Order.objects.filter(is_history=False, shipping_method__iregex="giornata|same-day")
    delivered = newest.exclude(delivered_at=None)
    assert delivered.exists()
    assert all(order.placed_at and order.delivered_at for order in delivered)


def test_a_parcel_goes_late_seen_before_told_once_and_counted(
    luna_open: Store, small: World, tmp_path: Path, now: datetime
) -> None:
    order = Order.objects.get(email=MARTA.email)
    promise = Promise.objects.get(order=order, kind="delivery")
    seen = EventRecord.objects.get(order_id=order.pk, kind="ParcelEndangered")
    assert promise.due_at - seen.happened_at >= timedelta(hours=24)
    assert Case.objects.get(order=order).opened_at - seen.happened_at <= timedelta(seconds=60)
    assert not Message.objects.filter(order=order, kind="delayed").exists()

    while tracking.check_due(now=now) or promises.sweep(now=now):
        pass
    life = simulator(luna_open, small, tmp_path, now)
    life.begin(now)
    play(life, now, minutes=12)

    promise.refresh_from_db()
    assert promise.outcome is Ended.LATE
    assert promise.told_at == now
    assert Message.objects.filter(order=order, kind="delayed").count() == 1
    case = Case.objects.get(order=order)
    assert {one.kind for one in case.troubles.all()} == {
        "endangered_promise",
        "broken_promise",
        "late_parcel",
    }
    assert not case.troubles.open().exists()
    assert Promise.objects.get(order=order, kind="new_date").outcome is Ended.KEPT


def test_after_a_stop_the_demo_goes_on_and_nothing_happens_twice(
    luna_open: Store, small: World, tmp_path: Path, now: datetime
) -> None:
    first = simulator(luna_open, small, tmp_path, now)
    first.begin(now)
    play(first, now, minutes=3)
    first.save(0.0)
    made = first.made

    second = simulator(luna_open, small, tmp_path, now)
    second.begin(now)
    play(second, now + timedelta(minutes=3), minutes=3)

    assert Order.objects.real().count() == len(small.orders) + made + second.made - untold(second)
    assert not Delivery.objects.exclude(outcome=Outcome.RECORDED).exists()
    keys = EventRecord.objects.values_list("store_id", "key")
    assert len(set(keys)) == len(keys)
    assert now.astimezone(ROME)


def test_things_go_back_in_every_state(luna_open: Store, now: datetime) -> None:
    filed = Return.objects.filter(store=luna_open)

    assert filed.undecided().exists()
    assert {State.CLOSED, State.REQUESTED} <= {one.state for one in filed}
    assert all(one.is_history or one.requested_at > now - timedelta(days=3) for one in filed)


def test_of_the_late_split_order_what_came_may_be_exchanged(
    luna_open: Store, small: World, tmp_path: Path, now: datetime
) -> None:
    """The vase is still on its way: the mugs and plates may go back already, and the time has not begun."""
    order = Order.objects.get(store=luna_open, email="elena@posta.example", is_history=False)

    verdicts = {one.line.title.split(",")[0]: one.verdict for one in standing_of(order, now=now).lines}

    assert verdicts["Piattino Alba"].may
    assert verdicts["Piattino Alba"].until is None
    assert Resolution.VARIANT in verdicts["Piattino Alba"].policy.resolutions
    assert verdicts["Vaso Brina"].no is No.NOT_ARRIVED
    _sent_back_it_travels(order, simulator(luna_open, small, tmp_path, now), now)


def _sent_back_it_travels(order: Order, life: Simulator, now: datetime) -> None:
    """The carrier tells of the number that the customer wrote, by the webhook that tells of all parcels."""
    draft = returns.begin(order, pieces={order.lines.get(title__startswith="Tazza").pk: 1}, now=now)
    returns.say_why(draft, reasons=dict.fromkeys(map(int, draft.items), "gift"), notes={}, now=now)
    returns.choose(draft, resolution="variant", wants="terracotta", way="own", now=now)
    filed = returns.post(
        returns.file(draft, language="it", now=now), numbers=["0480771"], carrier="BRT", now=now
    )
    journeys = {journey.order.number: journey for journey in life.sent_back(set(), now)}
    name = homeward.name_of(filed.parcels.get())

    known, (happened,) = journeys[name].tell(now)
    life.postman.post(letters(known, happened, BASE), now=now)
    life.postman.empty_bag(now=now)
    while inbound.read_waiting(now=now):
        pass
    returns.check_due(now=now)

    filed.refresh_from_db()
    assert filed.state is State.TRAVELLING
