"""What the world means is what our own connectors and carriers understand, whoever carries the news."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

import pytest

from passaparola.demo.payloads.letter import Letter
from passaparola.demo.payloads.telling import CONNECTIONS, letters
from passaparola.demo.world.history import World, build
from passaparola.demo.world.order import Order, as_told
from passaparola.inbound.source import Posted
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.facts import Facts
from passaparola.tracking.carrier import CARRIERS, ScanState, TrackerFacts

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:8000/static/demo/"
SHOPS = [kind for role, kind in CONNECTIONS if role == "connector"]


@cache
def world() -> World:
    return build(NOW, orders=300, people=120)


def signed(letter: Letter) -> tuple[Posted, str]:
    kinds = CONNECTORS if letter.role == "connector" else CARRIERS
    package = f"passaparola.{'orders.connectors' if letter.role == 'connector' else 'tracking.carriers'}"
    sign = __import__(f"{package}.{letter.kind}.signature", fromlist=["sign"]).sign
    secret = kinds[letter.kind].new_secret() or "shared secret"
    if letter.role == "connector":
        headers = sign(letter.body, secret, topic=letter.topic, delivery="one", at=letter.at)
    else:
        headers = sign(letter.body, secret)
    return Posted({k.lower(): v for k, v in headers.items()}, letter.body, letter.at), secret


def finished(order: Order) -> Order:
    return as_told(order, dict(order.times()))


def last_word(order: Order) -> Facts:
    name = max(((at, name) for name, at in order.times() if not name.startswith("step")))[1]
    letter = letters(order, name, BASE)[-1]
    posted, _ = signed(letter)
    return CONNECTORS[letter.kind].read(posted)


@pytest.mark.parametrize("channel", SHOPS)
def test_every_order_is_understood_as_it_was_meant(channel: str) -> None:
    for order in (o for o in world().orders if o.channel == channel):
        [facts] = last_word(order).orders

        assert (facts.number, facts.currency) == (order.number, "EUR")
        assert facts.total == order.total
        assert facts.shipping == order.shipping
        assert facts.discount == order.discount
        assert facts.placed_at == order.placed_at
        assert facts.customer.email == order.person.email
        assert facts.language == order.language
        assert facts.shipping_address.city == order.to.town.name
        assert facts.shipping_address.country == order.to.town.country
        assert facts.note == order.note
        assert [code.upper() for code in facts.discount_codes] == [order.coupon] * bool(order.coupon)
        assert [line.title for line in facts.lines] == [item.name(order.language) for item in order.items]


@pytest.mark.parametrize("channel", SHOPS)
def test_lines_of_orders_kept_whole_have_their_amounts(channel: str) -> None:
    for order in (o for o in world().orders if o.channel == channel and not o.cancelled_at):
        [facts] = last_word(order).orders

        if not any(refund.contents for refund in order.refunds):
            assert [line.quantity for line in facts.lines] == [item.quantity for item in order.items]
            assert [line.total for line in facts.lines] == [item.total for item in order.items]


@pytest.mark.parametrize("channel", SHOPS)
def test_every_parcel_and_refund_is_understood(channel: str) -> None:
    for order in (o for o in world().orders if o.channel == channel):
        facts = last_word(order)

        assert [f.numbers for f in facts.fulfilments] == [(p.number,) for p in order.parcels]
        assert [f.carrier for f in facts.fulfilments] == [p.carrier.name for p in order.parcels]
        assert [[part.quantity for part in f.parts] for f in facts.fulfilments] == [
            [content.quantity for content in p.contents] for p in order.parcels
        ]
        assert sum((r.amount for r in facts.refunds), Decimal(0)) == order.refunded


def test_every_scan_is_understood() -> None:
    for order in world().orders:
        for number, parcel in enumerate(order.parcels):
            letter = letters(order, f"step {number} {len(parcel.steps) - 1}", BASE)[0]
            posted, _ = signed(letter)
            [told] = CARRIERS[letter.kind].read(posted)

            assert told.number == parcel.number
            assert told.carrier == parcel.carrier.key
            assert [scan.at for scan in told.scans] == [
                step.at.replace(microsecond=0) for step in parcel.steps
            ]
            assert_states(told, [step.state for step in parcel.steps], letter.kind)


def assert_states(told: TrackerFacts, meant: list[ScanState], kind: str) -> None:
    if kind == "easypost":  # has one word for going back and being back
        meant = [ScanState.RETURNING if state is ScanState.RETURNED else state for state in meant]
    assert [scan.state for scan in told.scans] == meant


def test_a_parcel_on_the_van_tells_its_hours() -> None:
    order = next(o for o in world().featured if o.parcels[0].steps[4].due_hours)
    known = as_told(order, {n: at for n, at in order.times() if n != "step 0 5"})

    posted, _ = signed(letters(known, "step 0 4", BASE)[0])
    [told] = CARRIERS["aftership"].read(posted)

    assert told.estimated_date == NOW.date()
    assert told.estimated_from
    assert told.estimated_until
    assert (told.estimated_until - told.estimated_from).total_seconds() == 4 * 3600


@pytest.mark.parametrize("channel", SHOPS)
def test_every_letter_is_signed_as_its_receiver_expects(channel: str) -> None:
    order = next(o for o in world().orders if o.channel == channel and o.parcels)
    known: dict[str, datetime] = {}
    for at, name in order.plan():
        known[name] = at
        for letter in letters(as_told(order, known), name, BASE):
            posted, secret = signed(letter)
            source = (CONNECTORS if letter.role == "connector" else CARRIERS)[letter.kind]

            assert not source.lacks(posted)
            assert source.is_authentic(posted, secret)
            assert source.key(posted)
