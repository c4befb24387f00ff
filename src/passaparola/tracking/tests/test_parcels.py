"""What follows for parcels from what shops, carriers and people say, as small stories."""

import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOON

from passaparola.orders.models import Order
from passaparola.tracking import actions
from passaparola.tracking.carrier import ScanState as S
from passaparola.tracking.models import Parcel, Scan
from passaparola.tracking.tests.shop import after

TOMORROW = datetime(2026, 11, 19, tzinfo=UTC)


def test_a_scan_that_comes_before_its_shipment_counts_when_the_shipment_is_known(shop):
    shop.hears("RA123456789", (26, S.PICKED_UP)).sells()
    assert shop.parcels() == {}

    shop.sends("RA123456789")

    assert shop.parcels() == {"RA123456789": "picked_up"}
    assert shop.parcel("RA123456789").picked_up_at == after(26)
    assert shop.told() == ["ParcelPickedUp"]


def test_a_shipment_that_comes_before_its_order_waits_for_it(shop):
    shop.sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))
    assert shop.told() == []

    shop.sells()

    assert shop.told() == ["ParcelPickedUp"]
    assert Order.objects.get().shipped_at == after(26)


def test_a_number_that_comes_later_belongs_to_the_same_parcel(shop):
    shop.sells().sends()
    (before,) = Parcel.objects.all()

    shop.sends("RA123456789", hours=25)

    (now,) = Parcel.objects.all()
    assert (now.pk, now.name, now.tracker.carrier) == (before.pk, "RA123456789", "gls_it")


def test_a_corrected_number_stays_the_same_parcel_and_forgets_the_slip(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.DELIVERED))
    before = shop.parcel("RA123456789").pk

    shop.sends("RA123456798", hours=27)

    assert shop.parcels() == {"RA123456798": "label_created"}
    assert shop.parcel("RA123456798").pk == before
    assert shop.parcel("RA123456798").delivered_at is None
    assert Scan.objects.count() == 1  # what a carrier said is kept, even of another's parcel


def test_two_numbers_in_one_shipment_are_two_parcels_and_the_order_waits_for_both(shop):
    shop.sells().sends("RA111111111", line="l1").sends("RA222222222", "RA333333333", line="l2")

    shop.hears("RA111111111", (30, S.DELIVERED)).hears("RA222222222", (31, S.DELIVERED))
    assert Order.objects.get().delivered_at is None

    shop.hears("RA333333333", (40, S.DELIVERED))
    assert Order.objects.get().delivered_at == after(40)
    assert shop.told().count("ParcelDelivered") == 3


def test_a_cancelled_shipment_is_cancelled_and_nobody_waits_for_it(shop):
    shop.sells().sends("RA111111111").sends("RA222222222", line="l2")
    shop.sends("RA222222222", line="l2", hours=30, is_cancelled=True)

    assert shop.parcels() == {"RA111111111": "label_created", "RA222222222": "cancelled"}

    shop.now = NOON + timedelta(days=30)
    actions.check_due(now=shop.now)
    assert shop.parcel("RA222222222").late_since is None
    assert shop.parcel("RA222222222").check_at is None


def test_a_parcel_that_is_late_is_found_without_any_news(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))
    promised = shop.parcel("RA123456789").promised_last

    while (parcel := shop.parcel("RA123456789")).late_since is None:
        shop.now = parcel.check_at
        assert actions.check_due(now=shop.now) >= 1

    assert shop.now.astimezone(shop.store.zone).date() == promised + timedelta(days=1)
    assert parcel.late_since == shop.now
    assert parcel.promised_last == promised  # kept for ever
    assert parcel.delay_cause == "carrier"
    assert shop.told() == ["ParcelPickedUp", "ParcelDelayed", "ParcelStalled"]


def test_lateness_is_told_once_and_kept_when_it_came_after_all(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))
    for days in (10, 11, 12):
        shop.now = NOON + timedelta(days=days)
        actions.check_due(now=shop.now)

    shop.hears("RA123456789", (24 * 14, S.DELIVERED))

    assert shop.told() == [
        *("ParcelPickedUp", "ParcelDelayed", "ParcelStalled"),
        *("ParcelDelivered", "ParcelMovedAgain"),
    ]
    assert shop.parcel("RA123456789").late_since is not None
    assert shop.parcel("RA123456789").check_at is None
    assert not Parcel.objects.late().exists()


def test_nothing_is_looked_at_before_its_time(shop):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))

    assert actions.check_due(now=shop.parcel("RA123456789").check_at - timedelta(seconds=1)) == 0


def test_whose_number_it_is_is_asked_when_it_is_not_clear(shop):
    shop.sells().sends("123456789012", carrier="Corriere")

    tracker = shop.tracker("123456789012")
    assert (tracker.carrier, tracker.needs_a_person, tracker.poll_due_at) == ("", True, None)


def test_what_a_person_says_about_a_number_is_never_guessed_over(shop, sara):
    shop.sells().sends("123456789012", carrier="Corriere")
    actions.choose_carrier(shop.tracker("123456789012"), carrier="brt", by=sara, now=NOON)

    shop.sends("123456789012", carrier="Poste Italiane", hours=30)
    shop.hears("123456789012", (31, S.PICKED_UP), carrier="gls_it")

    tracker = shop.tracker("123456789012")
    assert (tracker.carrier, tracker.confidence, tracker.needs_a_person) == ("brt", 1.0, False)
    assert tracker.poll_due_at == NOON
    assert tracker.carrier_told == "gls_it"


def test_choosing_another_carrier_begins_to_ask_anew(shop, sara):
    shop.sells().sends("RA123456789")
    tracker = shop.tracker("RA123456789")
    tracker.poll_failures, tracker.poll_reason, tracker.first_polled_at = 7, "GLS is in trouble.", after(1)
    tracker.save()

    actions.choose_carrier(tracker, carrier="brt", by=sara, now=NOON)

    tracker.refresh_from_db()
    assert (tracker.poll_failures, tracker.poll_reason, tracker.first_polled_at) == (0, "", None)
    assert tracker.poll_due_at == NOON


def test_a_carrier_that_is_not_asked_is_not_waited_for(shop, sara):
    shop.sells().sends("RA123456789")

    actions.choose_carrier(shop.tracker("RA123456789"), carrier="dhl", by=sara, now=NOON)

    assert shop.tracker("RA123456789").poll_due_at is None


def test_a_shipment_of_long_ago_is_not_asked_about(shop):
    shop.now = NOON + timedelta(days=100)

    shop.sells().sends("RA123456789")

    assert shop.tracker("RA123456789").carrier == "gls_it"
    assert shop.tracker("RA123456789").poll_due_at is None


@pytest.mark.parametrize(
    ("country", "since", "until"),
    [
        ("IT", time(10), time(12, 30)),
        ("GB", time(9), time(11, 30)),
        ("GR", time(11), time(13, 30)),
        ("US", time(10), time(12, 30)),  # nobody knows whose of its clocks: the shop's
        ("", time(10), time(12, 30)),
    ],
)
def test_the_hours_of_arrival_are_those_on_the_clocks_there(shop, country, since, until):
    shop.sells(country=country).sends("RA123456789")

    window = {
        "estimated_from": TOMORROW.replace(hour=9),
        "estimated_until": TOMORROW.replace(hour=11, minute=30),
    }
    shop.hears("RA123456789", (26, S.PICKED_UP), **window)

    parcel = shop.parcel("RA123456789")
    assert (parcel.arrival_from, parcel.arrival_until) == (since, until)
    assert (parcel.arrival_first, parcel.arrival_last) == (date(2026, 11, 19), date(2026, 11, 19))


def test_a_day_that_is_another_one_there_is_theirs(shop):
    shop.sells(country="JP").sends("RA123456789")

    shop.hears("RA123456789", (26, S.PICKED_UP), estimated_until=TOMORROW.replace(hour=22))

    assert shop.parcel("RA123456789").arrival_last == date(2026, 11, 20)
    assert shop.parcel("RA123456789").arrival_until == time(7)


def test_what_has_not_changed_is_not_written_again(shop):
    window = {"estimated_from": TOMORROW.replace(hour=9), "estimated_until": TOMORROW.replace(hour=11)}
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP), **window)

    with CaptureQueriesContext(connection) as seen:
        shop.hears("RA123456789", (26, S.PICKED_UP), **window)

    assert not [query for query in seen if 'UPDATE "tracking_parcel"' in query["sql"]]


def test_a_parcel_we_stumble_over_does_not_hold_up_the_others(shop, monkeypatch):
    shop.sells().sends("RA111111111").sends("RA222222222", line="l2")
    shop.hears("RA111111111", (27, S.PICKED_UP)).hears("RA222222222", (26, S.PICKED_UP))
    derive = sys.modules["passaparola.tracking.actions.derive"]
    columns, bad = derive.parcel_columns, Scan.objects.get(tracker__key="RA111111111").at

    def stumbling(own, **more):
        if own[0].at == bad:
            raise KeyError("a bug of ours")
        return columns(own, **more)

    monkeypatch.setattr(derive, "parcel_columns", stumbling)
    shop.now = NOON + timedelta(days=30)
    actions.check_due(now=shop.now)

    assert shop.parcel("RA222222222").late_since is not None
    assert shop.parcel("RA111111111").check_at == shop.now + derive.STUMBLED_PAUSE
