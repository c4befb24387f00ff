"""Orders on their way through the demo: hours are compressed, days are not."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.demo.journey import Journey, begun
from passaparola.demo.notebook import Notebook
from passaparola.demo.world.buying import is_same_day
from passaparola.demo.world.days import ROME
from passaparola.demo.world.history import World, build, live_order, under_way
from passaparola.demo.world.order import Order
from passaparola.tracking.carrier import ScanState

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
few = settings(max_examples=25, deadline=None)


@cache
def world() -> World:
    return build(NOW, orders=200, people=100)


def played(journey: Journey, now: datetime) -> tuple[Order, datetime]:
    """Let everything happen that is due today."""
    known, rng = journey.order, Random(1)
    while journey.is_due(now):
        now += timedelta(seconds=journey.pause(rng))
        known, _ = journey.tell(now)
    return known, now


@few
@given(st.integers(0, 400), st.integers(0, 10 * 60))
def test_everything_told_of_a_live_order_lies_between_its_placing_and_now(number: int, minutes: int) -> None:
    start = NOW + timedelta(minutes=minutes)
    journey = Journey(live_order(world(), number, start))

    known, end = played(journey, start)

    assert all(start - timedelta(seconds=2) <= at <= end for _, at in known.times())
    assert list(known.plan()) == sorted(known.plan())


@few
@given(st.integers(0, 400))
def test_an_order_with_delivery_on_the_day_is_at_the_door_within_minutes(number: int) -> None:
    order = live_order(world(), number, NOW)
    if not is_same_day(order) or order.cancelled_at:
        return

    known, end = played(Journey(order), NOW)

    states = [parcel.steps[-1].state for parcel in known.parcels]
    assert states[0] in {ScanState.DELIVERED, ScanState.ATTEMPTED}
    assert end - NOW < timedelta(minutes=12)


@few
@given(st.integers(0, 400))
def test_an_order_that_takes_days_still_takes_days(number: int) -> None:
    order = live_order(world(), number, NOW)
    if is_same_day(order) or order.cancelled_at:
        return
    journey = Journey(order)

    known, end = played(journey, NOW)

    assert all(p.steps[-1].state is not ScanState.DELIVERED for p in known.parcels)
    assert journey.next()
    assert not journey.is_due(end)
    assert journey.is_due(NOW + timedelta(days=12))


def test_a_van_that_leaves_in_the_evening_comes_in_the_evening() -> None:
    evening = datetime(2026, 11, 18, 20, 30, tzinfo=ROME)
    order = next(o for n in range(400) if is_same_day(o := live_order(world(), n, evening)) and o.parcels)

    known, _ = played(Journey(order), evening)

    out = next(step for step in known.parcels[0].steps if step.state is ScanState.OUT_FOR_DELIVERY)
    assert out.due == evening.date()
    assert out.due_hours in {(20, 23), (21, 23)}


def test_whatever_was_missed_while_the_demo_slept_happens_today() -> None:
    [order] = [o for o in world().featured if o.parcels[-1].steps[-2].state is ScanState.OUT_FOR_DELIVERY][:1]
    journey = begun(order, world().known_until(order))
    later = NOW + timedelta(days=9)

    journey.catch_up(later.astimezone(ROME).date())
    known, _ = played(journey, later)

    assert journey.next() is None
    assert known.parcels[-1].steps[-1].at.date() == later.date()
    assert known.parcels[-1].steps[-2].due == later.date()


def test_the_notebook_knows_after_a_stop_how_far_everything_was(tmp_path: Path) -> None:
    notebook = Notebook.open(tmp_path, now=NOW)
    before = [
        *notebook.open_journeys(world(), NOW.astimezone(ROME)),
        (7, Journey(live_order(world(), 7, NOW))),
    ]
    for _, journey in before[-3:]:
        journey.tell(NOW)
    notebook.note(before)

    again = Notebook.open(tmp_path, now=NOW + timedelta(minutes=5)).open_journeys(
        world(), NOW.astimezone(ROME)
    )

    assert [(n, j.order.number, j.told, j.next()) for n, j in again] == [
        (n, j.order.number, j.told, j.next()) for n, j in before if j.next()
    ]


def test_a_damaged_notebook_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text('{"anchor": 3')

    notebook = Notebook.open(tmp_path, now=NOW)

    assert (notebook.anchor, notebook.journeys) == (NOW, None)


def test_the_demo_begins_with_what_is_under_way(tmp_path: Path) -> None:
    journeys = Notebook.open(tmp_path, now=NOW).open_journeys(world(), NOW.astimezone(ROME))

    assert {journey.order.number for _, journey in journeys} == {o.number for o in under_way(world())}
    assert any(journey.is_due(NOW) for _, journey in journeys)
