"""A delay is told once and sorry is said once, whoever notices it: the carrier, the clock, or a journey."""

from datetime import timedelta

import pytest

from passaparola.journeys.models import ToDo
from passaparola.journeys.shelf import shelf
from passaparola.journeys.tests.conftest import Shop
from passaparola.kernel.events import emit
from passaparola.messages import actions as messages
from passaparola.messages.actions import claims, send
from passaparola.messages.channel import CHANNELS
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Message
from passaparola.orders.models import Order
from passaparola.segments.tests.people import person
from passaparola.tracking.events import (
    OrderOverdue,
    ParcelDelayed,
    ParcelDelivered,
    ParcelMovedAgain,
    ParcelPickedUp,
    ParcelStalled,
)
from passaparola.tracking.models import Parcel

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(luna):
    """Bottega Luna with the whole playbook on, and a channel that brings everything."""
    CHANNELS["dummy"].reset()
    send._PAUSES.clear()
    claims._mine.__dict__.clear()
    shop = Shop(luna)
    for ready in shelf("it"):
        shop.journey(ready.document, key=ready.key)
    yield shop
    CHANNELS["dummy"].reset()


@pytest.fixture
def parcel(shop):
    anna = person(shop.store, "Anna", email="anna@posta.example")
    order = shop.order(anna)
    Order.objects.filter(pk=order.pk).update(placed_at=shop.now)
    return Parcel.objects.create(
        store=shop.store, order=order, name="0815", announced_at=shop.now, state="delayed"
    )


def tell(shop, parcel, kind, **more):
    event = kind(
        store_id=shop.store.pk,
        happened_at=shop.now,
        key=f"{kind.__name__}:{shop.now:%d%H}",
        customer_id=parcel.order.customer_id,
        order_id=parcel.order_id,
        subject_id=parcel.pk,
        **more,
    )
    emit([event], now=shop.now)


def days(shop, count):
    """Let days pass: journeys walk, and what is due goes out."""
    for _ in range(count * 4):
        shop.walk(hours=6)
        Message.objects.waiting().update(channel="dummy")
        while messages.send_due(shop.now):
            pass


def sent(*, about_delay=True):
    kinds = Message.objects.filter(sent_at__isnull=False).order_by("sent_at", "pk")
    found = list(kinds.values_list("kind", flat=True))
    return [kind for kind in found if "delay" in kind or "stall" in kind] if about_delay else found


def stalled(shop, parcel):
    tell(shop, parcel, ParcelStalled, where="road", since=shop.now.isoformat(), days=5)


def delayed(shop, parcel, **more):
    day = (shop.now + timedelta(days=3)).date().isoformat()
    tell(shop, parcel, ParcelDelayed, cause="carrier", new_last=day, **more)


def test_a_delay_noticed_three_times_is_told_once_and_then_looked_after(shop, parcel):
    tell(shop, parcel, ParcelPickedUp)
    days(shop, 1)
    delayed(shop, parcel)
    days(shop, 1)
    tell(shop, parcel, OrderOverdue)
    days(shop, 1)
    delayed(shop, parcel)
    days(shop, 2)
    stalled(shop, parcel)
    days(shop, 5)

    assert sent() == ["delayed", "delay_goes_on"]
    assert sum(KINDS[kind].is_apology for kind in sent(about_delay=False)) == 1
    again = Message.objects.filter(kind="delayed", dropped_at__isnull=False)
    assert {one.reason for one in again} <= {"apologised", "already_told"}
    assert again.count() == 2
    assert set(ToDo.objects.values_list("task", flat=True)) == {"check", "call"}


def test_when_it_arrives_in_time_nothing_more_is_said_of_the_delay(shop, parcel):
    tell(shop, parcel, ParcelPickedUp)
    delayed(shop, parcel)
    days(shop, 1)
    Parcel.objects.update(state="delivered")
    tell(shop, parcel, ParcelDelivered)
    days(shop, 8)

    assert sent() == ["delayed"]
    assert not ToDo.objects.exists()


def test_a_parcel_that_only_stands_still_is_told_without_an_apology(shop, parcel):
    Parcel.objects.update(state="in_transit")
    tell(shop, parcel, ParcelPickedUp)
    days(shop, 5)
    stalled(shop, parcel)
    days(shop, 3)

    assert sent() == ["parcel_stalled"]
    assert not any(KINDS[kind].is_apology for kind in sent(about_delay=False))
    assert ToDo.objects.get().task == "check"


def test_a_parcel_that_moves_again_before_anybody_said_a_word_is_not_spoken_of(shop, parcel):
    Parcel.objects.update(state="in_transit")
    shop.now = shop.now.replace(hour=20)
    stalled(shop, parcel)
    shop.walk(hours=2)
    tell(shop, parcel, ParcelMovedAgain, since=shop.now.isoformat())
    days(shop, 2)

    assert sent() == []
    assert not ToDo.objects.exists()
