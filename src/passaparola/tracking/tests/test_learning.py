"""From delivered parcels in the database to promises made of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking import actions
from passaparola.tracking.lanes import tables
from passaparola.tracking.models import FirstPromise, LaneEstimate, Parcel, Tracker
from passaparola.tracking.rules.eta.estimate import CALIBRATED
from passaparola.tracking.rules.eta.tests.shop import delivered

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ADDRESS = {"country": "IT", "postcode": "20121"}


def noon(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def came(store, count, *, seed=1):
    """Parcels that have come, as rows."""
    found = [p for p in delivered(count, seed=seed) if noon(p.arrived_on) < NOW]
    trackers = Tracker.objects.bulk_create(
        Tracker(store=store, key=f"{seed}-{at}", carrier="brt") for at in range(len(found))
    )
    placed = Order.objects.bulk_create(
        Order(
            store=store,
            source="shopify",
            external_id=f"{seed}-{at}",
            placed_at=noon(p.ordered_on) - timedelta(hours=3),
            shipping_address=ADDRESS,
        )
        for at, p in enumerate(found)
    )
    Parcel.objects.bulk_create(
        Parcel(
            store=store,
            order=order,
            name=tracker.key,
            tracker=tracker,
            announced_at=noon(p.ordered_on),
            state="delivered",
            picked_up_at=noon(p.handed_over_on),
            out_for_delivery_at=noon(p.arrived_on) - timedelta(hours=3),
            delivered_at=noon(p.arrived_on),
        )
        for p, order, tracker in zip(found, placed, trackers, strict=True)
    )


def order(store, external_id="new"):
    return Order.objects.create(
        store=store, source="shopify", external_id=external_id, placed_at=NOW, shipping_address=ADDRESS
    )


def test_a_new_order_is_promised_from_what_earlier_parcels_took(luna):
    came(luna, 500)
    actions.learn(luna, now=NOW)
    new = order(luna)

    actions.promise([new.pk], now=NOW)

    promised = FirstPromise.objects.get(order=new)
    assert NOW.date() < promised.first < promised.last
    assert promised.last <= NOW.date() + timedelta(days=11)


def test_a_parcel_on_its_way_says_that_its_window_was_learned(luna):
    came(luna, 500)
    actions.learn(luna, now=NOW)
    new = order(luna)
    tracker = Tracker.objects.create(store=luna, key="NEW", carrier="brt")
    parcel = Parcel.objects.create(store=luna, order=new, name="NEW", tracker=tracker, announced_at=NOW)

    actions.derive([parcel.pk], now=NOW)

    parcel.refresh_from_db()
    assert (parcel.arrival_source, parcel.arrival_confidence) == ("learned", "measured")
    assert parcel.arrival_first <= parcel.arrival_day <= parcel.arrival_last


def test_with_few_parcels_the_rule_goes_on_speaking(luna):
    came(luna, 100)
    actions.learn(luna, now=NOW)
    new = order(luna)
    tracker = Tracker.objects.create(store=luna, key="NEW", carrier="brt")
    parcel = Parcel.objects.create(store=luna, order=new, name="NEW", tracker=tracker, announced_at=NOW)

    actions.derive([parcel.pk], now=NOW)

    parcel.refresh_from_db()
    assert parcel.arrival_source == "rule"
    assert LaneEstimate.objects.totals().get().parcels < CALIBRATED


def test_what_was_stored_is_what_was_learned(luna):
    came(luna, 400)

    actions.learn(luna, now=NOW)

    table = tables([luna.pk])[luna.pk]
    actions.learn(luna, now=NOW + timedelta(hours=1))
    again = tables([luna.pk])[luna.pk]
    assert again is not table
    assert again.rows == table.rows
    assert tables([luna.pk])[luna.pk] is again


def test_how_right_windows_to_a_country_were_can_be_told(luna):
    came(luna, 500)

    actions.learn(luna, now=NOW)

    told = LaneEstimate.objects.filter(store=luna).to_country("IT")
    assert told.measured_on >= 50
    assert 0.8 <= told.coverage["90"] <= 1
    assert 1 <= told.width <= 12
    assert LaneEstimate.objects.filter(store=luna).to_country("SE") is None


def test_another_shop_learns_nothing_from_it(luna):
    stranger = Store.objects.create(slug="sole", name="Sole", url="https://sole.example")
    came(luna, 400)

    actions.learn(luna, now=NOW)
    actions.learn(stranger, now=NOW)

    assert luna.pk in tables([luna.pk, stranger.pk])
    assert stranger.pk not in tables([luna.pk, stranger.pk])


def test_each_store_is_learned_once_a_day_and_sooner_while_it_is_small(luna):
    came(luna, 400)
    small = Store.objects.create(slug="sole", name="Sole", url="https://sole.example")

    first = [actions.learn_due(now=NOW) for _ in range(3)]
    later = [actions.learn_due(now=NOW + timedelta(hours=2)) for _ in range(2)]

    assert first == [1, 1, 0]
    assert later == [1, 0]
    assert LaneEstimate.objects.filter(store=small).get().learned_at == NOW + timedelta(hours=2)


def test_a_batch_of_promises_asks_one_question_more(luna):
    came(luna, 400)
    placed = [order(luna, str(at)).pk for at in range(20)]

    def asked(batch):
        with CaptureQueriesContext(connection) as seen:
            actions.promise(batch, now=NOW)
        return len(seen), [q["sql"] for q in seen if "laneestimate" in q["sql"]]

    without, _ = asked(placed[:5])
    actions.learn(luna, now=NOW)
    asked(placed[5:6])  # reads the table once
    known, lanes = asked(placed[6:])

    assert known == without
    assert len(lanes) == 1
