"""Told before it is too late: endangered promises and parcels that stand still, each once."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.kernel.models import EventRecord
from passaparola.orders.models import Order
from passaparola.tracking import actions
from passaparola.tracking.carrier import ScanState as S
from passaparola.tracking.models import FirstPromise, Parcel
from passaparola.tracking.rules.danger import ENDANGERED
from passaparola.tracking.tests.test_learning import NOW, came, order

pytestmark = pytest.mark.django_db


def days_pass(shop, days):
    """Look at everything that is due, as the loop does, until so many days after noon."""
    end = NOON + timedelta(days=days)
    while True:
        due = [*Parcel.objects.filter(check_at__lte=end).values_list("check_at", flat=True)]
        due += FirstPromise.objects.filter(check_at__lte=end).values_list("check_at", flat=True)
        if not due:
            break
        shop.now = max(min(due), shop.now)
        actions.check_due(now=shop.now)
    shop.now = end


def told(kind):
    return list(EventRecord.objects.filter(kind=kind).order_by("happened_at"))


def test_a_carrier_that_names_a_later_day_endangers_the_promise_once(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))
    last = shop.parcel("RA123456789").promised_last

    for days in (1, 2):
        shop.hears("RA123456789", (26 + days, S.IN_TRANSIT), estimated_date=last + timedelta(days=days))
        actions.check_due(now=shop.now)

    (event,) = told("ParcelEndangered")
    assert event.data["last"] == str(last)
    assert event.data["chance"] >= ENDANGERED
    assert event.data["cause"] == "carrier"
    assert shop.parcel("RA123456789").breach_chance >= ENDANGERED
    assert Parcel.objects.endangered().count() == 1


def test_in_time_nothing_is_endangered(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP), (30, S.OUT_FOR_DELIVERY))
    shop.hears("RA123456789", (33, S.DELIVERED))

    assert told("ParcelEndangered") == []
    assert shop.parcel("RA123456789").breach_chance is None


def test_an_order_that_stays_in_the_shop_is_endangered_before_it_is_overdue(shop):
    shop.sells()
    last = FirstPromise.objects.get().last

    days_pass(shop, 12)

    (early,), (late,) = told("OrderEndangered"), told("OrderOverdue")
    assert early.data["last"] == str(last)
    assert late.happened_at - early.happened_at >= timedelta(hours=24)
    assert FirstPromise.objects.get().check_at is None


def test_an_order_sent_in_time_is_never_called_endangered(shop):
    shop.sells().sends("RA123456789")

    days_pass(shop, 4)

    assert told("OrderEndangered") == []


def test_each_standstill_is_told_once_and_ends_with_the_next_step(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))

    days_pass(shop, 8)
    (first,) = told("ParcelStalled")
    assert first.data["where"] == "road"
    assert Parcel.objects.stalled().count() == 1

    shop.hears("RA123456789", (24 * 9, S.IN_TRANSIT))
    assert [event.data["since"] for event in told("ParcelMovedAgain")] == [first.data["since"]]
    assert not Parcel.objects.stalled().exists()

    days_pass(shop, 18)
    assert len(told("ParcelStalled")) == 2


def test_a_label_that_nobody_fetches_stands_in_the_shop(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (25, S.LABEL_CREATED))

    days_pass(shop, 7)

    assert [event.data["where"] for event in told("ParcelStalled")] == ["shop"]


def test_what_nobody_tells_us_of_is_not_called_still(shop):
    shop.sells().sends("RA123456789")

    days_pass(shop, 9)

    assert told("ParcelStalled") == []


def test_missing_for_weeks_it_is_to_be_searched(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))

    days_pass(shop, 25)

    assert len(told("ParcelMissing")) == 1


def test_back_at_the_shop_is_told(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP), (50, S.RETURNING))

    shop.hears("RA123456789", (80, S.DELIVERED))

    assert len(told("ParcelReturned")) == 1


def test_learned_lanes_say_from_which_evening_an_unsent_order_is_in_danger(luna):
    came(luna, 500)
    actions.learn(luna, now=NOW)
    new = order(luna)

    actions.promise([new.pk], now=NOW)

    promised = FirstPromise.objects.get(order=new)
    assert NOW < promised.check_at < NOW + (promised.last - NOW.date())
    actions.check_due(now=promised.check_at)
    assert [event.order_id for event in told("OrderEndangered")] == [new.pk]
    assert Order.objects.get(pk=new.pk).shipped_at is None
