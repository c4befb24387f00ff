"""What is always true in the world, whatever the seed and the day."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.demo.world.goods import PRODUCTS
from passaparola.demo.world.history import World, begin_of, build, live_order
from passaparola.demo.world.order import as_of, as_told
from passaparola.demo.world.pictures import everything
from passaparola.tracking.carrier import ScanState

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
few = settings(max_examples=12, deadline=None)


def small(seed: int = 1, now: datetime = NOW) -> World:
    return build(now, seed=seed, orders=120, people=80)


@few
@given(st.integers(0, 10**6), MOMENTS)
def test_the_same_seed_and_day_make_the_same_world(seed: int, now: datetime) -> None:
    assert small(seed, now) == small(seed, now)


@few
@given(st.integers(0, 10**6), MOMENTS)
def test_nothing_happens_before_its_cause(seed: int, now: datetime) -> None:
    for order in small(seed, now).orders:
        assert order.paid_at
        assert order.placed_at < order.paid_at
        for parcel in order.parcels:
            times = [parcel.packed_at, *(step.at for step in parcel.steps)]
            assert order.paid_at < times[0]
            assert all(one < other for one, other in pairwise(times))


@few
@given(st.integers(0, 10**6))
def test_nobody_gets_more_money_back_than_was_paid(seed: int) -> None:
    for order in small(seed).orders:
        assert 0 <= order.refunded <= order.total


@few
@given(st.integers(0, 10**6))
def test_every_piece_travels_exactly_once_or_was_cancelled(seed: int) -> None:
    for order in small(seed).orders:
        travelled = sorted((c.index, c.quantity) for parcel in order.parcels for c in parcel.contents)

        assert travelled == (
            [] if order.cancelled_at else [(i, item.quantity) for i, item in enumerate(order.items)]
        )


@few
@given(st.integers(0, 10**6), MOMENTS)
def test_what_is_known_now_lies_in_the_past(seed: int, now: datetime) -> None:
    world = small(seed, now)

    assert world.begins <= world.now <= now
    assert all(at <= now for _, known in world.known() for _, at in known.times())


def test_no_number_is_used_twice() -> None:
    orders = build(NOW).orders
    parcels = [parcel for order in orders for parcel in order.parcels]

    assert len({order.number for order in orders}) == len({(o.channel, o.id) for o in orders}) == len(orders)
    assert len({parcel.number for parcel in parcels}) == len(parcels)


def test_a_year_has_its_christmas_its_split_orders_and_one_lost_parcel() -> None:
    orders = build(NOW).orders
    months = [order.placed_at.month for order in orders]
    states = [step.state for order in orders for parcel in order.parcels for step in parcel.steps]

    assert months.count(12) > 2 * months.count(2)
    assert states.count(ScanState.LOST) == 1
    assert {ScanState.HELD, ScanState.DELAYED, ScanState.ATTEMPTED, ScanState.RETURNED} <= set(states)
    assert sum(len(order.parcels) > 1 for order in orders) > 50


def test_the_demo_begins_in_the_middle_of_things() -> None:
    world = build(NOW)
    late, van, shop, customs, *_soon_late = (
        as_of(order, world.known_until(order)) for order in world.featured
    )

    assert [p.steps[-1].state for p in late.parcels] == [ScanState.DELIVERED, ScanState.DELAYED]
    assert van.parcels[0].steps[-1].state is ScanState.OUT_FOR_DELIVERY
    assert van.parcels[0].steps[-1].due == date(2026, 11, 18)
    assert shop.parcels[0].steps[-1].state is ScanState.READY_FOR_PICKUP
    assert customs.parcels[0].steps[-1].state is ScanState.HELD


def test_even_on_a_sunday_parcels_are_due_today() -> None:
    sunday = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    world = build(sunday)

    due = [
        name
        for order in world.orders
        for name, at in order.times()
        if at > world.begins and at.date() == date(2026, 11, 22)
    ]

    assert len(due) > 20


@few
@given(st.integers(0, 500), MOMENTS)
def test_a_live_order_begins_now_and_is_never_told_before_it_happens(number: int, now: datetime) -> None:
    order = live_order(small(), number, now)

    assert order.placed_at <= now
    assert order.placed_at > now - timedelta(seconds=2)
    assert live_order(small(), number, now) == order
    assert as_told(order, {"placed": now}).parcels == ()


def test_before_sunrise_the_world_does_not_run_ahead() -> None:
    night = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)

    assert begin_of(night) == night
    assert begin_of(NOW) < NOW


def test_every_product_has_its_picture() -> None:
    pictures = everything(PRODUCTS)

    assert len(pictures) == sum(len(product.glazes) for product in PRODUCTS)
    assert all(svg.startswith("<svg") and "script" not in svg for svg in pictures.values())
