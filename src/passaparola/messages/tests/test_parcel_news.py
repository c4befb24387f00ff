"""What parcels tell becomes messages: only what the carrier proved, once, and never stale."""

import pytest
from tests.cast import NOON

from passaparola.kernel.events import emit
from passaparola.messages.models import Message
from passaparola.tracking.events import OrderOverdue, ParcelDelayed, ParcelPickedUp
from passaparola.tracking.models import Parcel

pytestmark = pytest.mark.django_db


def parcel_of(order, **changes):
    return Parcel.objects.create(store=order.store, order=order, name="0815", announced_at=NOON, **changes)


def told(kind, parcel, **more):
    order = parcel.order
    return kind(
        store_id=order.store_id,
        happened_at=NOON,
        key=f"parcel:{parcel.pk}:{kind.__name__}",
        customer_id=order.customer_id,
        order_id=order.pk,
        subject_id=parcel.pk,
        **more,
    )


def kinds_of(order):
    return sorted(m.kind for m in Message.objects.of_order(order) if not m.kind.startswith("confirmation"))


def test_what_the_shop_calls_shipped_says_nothing_until_the_carrier_has_it(place_order):
    order = place_order()
    parcel = parcel_of(order)
    before = kinds_of(order)

    emit([told(ParcelPickedUp, parcel)], now=NOON)

    assert before == []
    assert kinds_of(order) == ["arriving", "shipped"]


def test_shipped_about_a_parcel_that_is_already_there_is_dropped_with_its_reason(place_order):
    order = place_order()
    parcel = parcel_of(order, state="delivered")

    emit([told(ParcelPickedUp, parcel)], now=NOON)

    message = Message.objects.get(kind="shipped")
    assert message.state == "dropped"
    assert message.why("en") == "No longer news: the parcel is already further (delivered)."
    assert message.why("it") == "Non è più una novità: il pacco è già più avanti (consegnato)."


def test_a_delay_keeps_who_and_until_when(place_order):
    parcel = parcel_of(place_order(), state="delayed")

    emit([told(ParcelDelayed, parcel, cause="carrier", new_last="2026-11-24")], now=NOON)

    message = Message.objects.get(kind="delayed")
    assert message.data == {"cause": "carrier", "new_last": "2026-11-24"}
    assert message.parcel_id == parcel.pk


def test_an_order_that_still_stands_in_the_shop_is_the_shops_own_delay(place_order):
    order = place_order()

    emit(
        [OrderOverdue(store_id=order.store_id, happened_at=NOON, key="overdue", order_id=order.pk)], now=NOON
    )

    assert Message.objects.get(kind="delayed").data == {"cause": "shop"}
