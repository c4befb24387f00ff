"""The team's page about arrival times, and what it enters there."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import NOON
from tests.pages import Asked, StaffPages

from passaparola.tracking import actions, queries, urls
from passaparola.tracking.carrier import ScanState as S
from passaparola.tracking.models import ArrivalRecord, Disruption, FirstPromise
from passaparola.tracking.tests.test_learning import NOW, came

pytestmark = pytest.mark.django_db
STRIKE = {
    "first": "2026-11-16",
    "last": "2026-11-20",
    "carrier": "gls_it",
    "country": "IT",
    "postcodes": "",
    "words_en": "GLS is on strike until Friday.",
    "words_it": "GLS è in sciopero fino a venerdì.",
}


def record(store, **changes):
    today = timezone.now().astimezone(store.zone).date()
    fields = {
        "store": store,
        "month": today.replace(day=1),
        "carrier": "brt",
        "country": "IT",
        "moment": "ordered",
        "teller": "learned",
        "parcels": 200,
        "inside_50": 100,
        "inside_80": 160,
        "inside_90": 182,
        "in_time": 190,
        "days": 1000,
    }
    return ArrivalRecord.objects.create(**(fields | changes))


def disruption(store, **changes):
    fields = {
        "first": timezone.now().date(),
        "last": timezone.now().date() + timedelta(days=2),
        "words_en": "Luna’s hill is closed.",
        "words_it": "La collina è chiusa.",
        "made_at": NOON,
    }
    return Disruption.objects.create(store=store, **(fields | changes))


@pytest.fixture
def world(luna):
    record(luna)
    record(luna, teller="rule", inside_50=110, inside_80=110, inside_90=110, days=1300)
    record(luna, moment="handover", teller="carrier", inside_50=80, inside_80=80, inside_90=80)
    return disruption(luna)


def _one(world):
    return {"pk": world.pk}


class TestArrivalPages(StaffPages):
    urls = urls
    addresses = {
        "arrival": Asked(found=("91", "BRT → Italy", "hill is closed")),
        "disruption": Asked(posts=lambda _world: STRIKE),
        "disruption-withdraw": Asked(_one, gets=False, posts=lambda _world: {}, is_of_one=True),
    }


def test_figures_are_those_of_the_latest_months(luna, world):
    record(luna, month=date(2020, 1, 1), inside_90=160)

    shown = queries.arrivals(luna, when="ordered", now=timezone.now())

    assert (shown.learned.right, shown.learned.width) == (0.91, 5.0)
    assert (shown.rule.right, shown.rule.width) == (0.55, 6.5)
    assert shown.carriers is None
    assert [lane.carrier for lane in shown.lanes] == ["brt"]


def test_a_strike_entered_explains_a_late_parcel_with_the_teams_words(shop, sara):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP), (30, S.IN_TRANSIT))
    shop.now = NOON + timedelta(days=9)
    actions.check_due(now=shop.now)
    assert shop.parcel("RA123456789").delay_cause == "carrier"

    made = actions.enter_disruption(
        shop.store,
        first=NOON.date(),
        last=(NOON + timedelta(days=9)).date(),
        carrier="gls_it",
        words=("GLS is on strike.", "GLS è in sciopero."),
        by=sara,
        now=shop.now,
    )
    actions.check_due(now=shop.now)

    parcel = shop.parcel("RA123456789")
    assert (parcel.delay_cause, parcel.delay_facts["words"]["it"]) == ("closure", "GLS è in sciopero.")

    actions.withdraw_disruption(made, now=shop.now)
    actions.check_due(now=shop.now)
    assert shop.parcel("RA123456789").delay_cause == "carrier"


def test_a_strike_entered_moves_the_window_of_what_travels_and_a_withdrawn_one_moves_it_back(shop, sara):
    shop.sells().sends("RA123456789").hears("RA123456789", (26, S.PICKED_UP))
    shop.sells(external_id="2", number="BL-2").sends("1Z999", order_id="2", external_id="f2", carrier="UPS")
    before, other = shop.parcel("RA123456789"), shop.parcel("1Z999")
    ahead = before.arrival_first + timedelta(days=1)
    assert ahead > shop.now.date()
    strike = {"first": ahead, "last": ahead + timedelta(days=4)}

    made = actions.enter_disruption(
        shop.store, **strike, carrier="gls_it", words=("A strike.", "Uno sciopero."), by=sara, now=shop.now
    )
    actions.check_due(now=shop.now)

    struck = shop.parcel("RA123456789")
    assert struck.arrival_last > strike["last"]
    assert struck.arrival_last > before.arrival_last
    assert struck.promised_last == before.promised_last
    assert struck.delay_cause == "closure"
    assert shop.parcel("1Z999").arrival_last == other.arrival_last

    actions.withdraw_disruption(made, now=shop.now)
    actions.check_due(now=shop.now)
    after = shop.parcel("RA123456789")
    assert (after.arrival_first, after.arrival_last) == (before.arrival_first, before.arrival_last)


def test_what_is_ordered_while_a_strike_is_known_is_promised_for_after_it(shop, sara):
    shop.sells()
    usual = FirstPromise.objects.get()
    words = ("A closure.", "Una chiusura.")
    days = {"first": usual.first, "last": usual.last}
    actions.enter_disruption(shop.store, **days, country="IT", words=words, by=sara, now=shop.now)

    shop.sells(external_id="2", number="BL-2")

    later = FirstPromise.objects.get(order__number="BL-2")
    assert later.first > usual.last
    assert FirstPromise.objects.get(order=usual.order_id).last == usual.last


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last": "2026-11-01"}, "last"),
        ({"last": "2027-11-01"}, "last"),
        ({"postcodes": "07, <b>"}, "postcodes"),
        ({"postcodes": "07", "country": ""}, "country"),
        ({"words_it": ""}, "words_it"),
        ({"carrier": "nobody"}, "carrier"),
    ],
)
def test_what_is_entered_wrongly_is_said_and_nothing_is_kept(client, sara, changes, field):
    client.force_login(sara)

    answer = client.post("/office/arrival/disruption/", STRIKE | changes)

    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Disruption.objects.exists()


def test_months_are_measured_when_lanes_are_learned(luna):
    came(luna, 2500)

    actions.learn(luna, now=NOW)

    learned = ArrivalRecord.objects.filter(store=luna, teller="learned", moment="ordered")
    assert learned.exists()
    assert {r.country for r in learned} == {"IT"}
    assert 0.8 <= sum(r.inside_90 for r in learned) / sum(r.parcels for r in learned) <= 0.99
    kept = set(ArrivalRecord.objects.values_list("month", "teller", "moment", "parcels"))
    actions.learn(luna, now=NOW)
    assert set(ArrivalRecord.objects.values_list("month", "teller", "moment", "parcels")) == kept


def test_the_first_day_a_carrier_names_is_kept_whichever_account_comes_first(shop):
    shop.sells().sends("RA123456789")
    days = [date(2026, 11, 20), date(2026, 11, 24)]

    shop.hears("RA123456789", (30, S.PICKED_UP), (50, S.IN_TRANSIT), estimated_date=days[1])
    shop.hears("RA123456789", (30, S.PICKED_UP), estimated_date=days[0])

    tracker = shop.tracker("RA123456789")
    assert (tracker.first_estimated_date, tracker.estimated_date) == (days[0], days[1])
