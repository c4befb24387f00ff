"""Days that come round become events, once, and only where a journey listens."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.journeys import actions
from passaparola.journeys.actions.moments import rhythm_of
from passaparola.journeys.models import Enrolment
from passaparola.journeys.tests.conftest import SAY
from passaparola.kernel.models import EventRecord
from passaparola.messages.actions import Wanted, ask
from passaparola.messages.models import Message
from passaparola.segments.tests.people import bought, person

CARD = {"trigger": {"on": "BirthdayCame"}, "again": "event", "steps": [{"id": "on", "kind": "stop"}]}


def told(kind):
    return list(EventRecord.objects.filter(kind=kind).order_by("pk").values_list("customer_id", flat=True))


def tell(now):
    while actions.tell_days(now):
        pass


def test_a_birthday_is_told_once_on_its_day(shop, luna):
    anna = person(luna, "Anna", birthday="11-18")
    person(luna, "Bruno", birthday="11-19")
    person(luna, "Erased", birthday="11-18", erased_at=NOON)
    shop.journey(CARD | {"name": "Cards"})

    tell(NOON - timedelta(hours=13))
    assert told("BirthdayCame") == []
    for hours in (0, 1, 5):
        tell(NOON + timedelta(hours=hours))

    assert told("BirthdayCame") == [anna.pk]
    assert Enrolment.objects.get().customer == anna


def test_whoever_was_born_on_29_february_has_a_birthday_each_year(shop, luna):
    anna = person(luna, "Anna", birthday="02-29")
    shop.journey(CARD | {"name": "Cards"})

    tell(datetime(2027, 2, 28, 11, tzinfo=UTC))
    tell(datetime(2028, 2, 28, 11, tzinfo=UTC))
    assert told("BirthdayCame") == [anna.pk]
    tell(datetime(2028, 2, 29, 11, tzinfo=UTC))

    assert told("BirthdayCame") == [anna.pk, anna.pk]


def test_a_card_comes_on_the_day_wherever_they_live_and_each_year(shop, luna):
    """Also in a journey that is once for each order, as a new one is: a birthday is about none."""
    zones = ("Pacific/Honolulu", "Europe/Rome", "Asia/Tokyo")
    for zone in zones:
        person(luna, zone[:4], birthday="11-19", time_zone=zone)
    wait = {"id": "morning", "kind": "wait", "between": "9:00-11:00"}
    shop.journey(
        CARD | {"name": "Cards", "again": "order", "steps": [wait, SAY | {"message": "birthday_card"}]}
    )

    for year in (2026, 2027):
        shop.now = datetime(year, 11, 18, 12, tzinfo=UTC)
        while shop.now < datetime(year, 11, 21, tzinfo=UTC):
            shop.now += timedelta(hours=1)
            tell(shop.now)
            shop.later()

    asked = Message.objects.filter(kind="birthday_card").values_list("customer__time_zone", "asked_at")
    days = sorted((zone, f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d}") for zone, at in asked)
    assert days == sorted((zone, f"{year}-11-19") for zone in zones for year in (2026, 2027))


def test_what_can_go_any_day_leaves_room_for_the_card_of_a_birthday_to_come(shop, luna):
    anna = person(luna, "Anna", birthday="11-19", accepts_marketing=True, email="anna@posta.example")
    said = {"store_id": luna.pk, "kind": "newsletter", "customer_id": anna.pk}
    ask([Wanted(key="before", **said)], now=NOON)
    shop.journey(
        {**CARD, "name": "Cards", "steps": [{"id": "on", "kind": "send_message", "message": "birthday_card"}]}
    )

    ask([Wanted(key="after", **said)], now=NOON)

    reasons = dict(Message.objects.values_list("key", "reason"))
    assert reasons == {"before": "", "after": "own_day"}


def test_nothing_is_told_that_nobody_listens_to(luna):
    person(luna, "Anna", birthday="11-18")

    tell(NOON)

    assert told("BirthdayCame") == []


def test_years_since_the_first_order_are_counted(shop, luna):
    anna = person(luna, "Anna")
    bought(anna, 20, days_ago=365)
    bought(person(luna, "New"), 20, days_ago=0)
    shop.journey(CARD | {"name": "Cards", "trigger": {"on": "AnniversaryCame"}})

    tell(NOON)

    assert told("AnniversaryCame") == [anna.pk]
    assert EventRecord.objects.get(kind="AnniversaryCame").data == {"years": 1}


@pytest.fixture
def regulars(luna):
    """Twenty-five who come back about every month, the last time a week ago."""
    for n in range(25):
        one = person(luna, f"N{n}")
        for days in (97 + n % 5, 67 - n % 4, 37, 7):
            bought(one, 20, days_ago=days)


def test_somebody_is_missed_by_their_own_rhythm(shop, luna, regulars):
    monthly, yearly = person(luna, "Monthly"), person(luna, "Yearly")
    for days in (160, 130, 100, 70):
        bought(monthly, 20, days_ago=days)
    for days in (1165, 800, 435, 70):
        bought(yearly, 20, days_ago=days)
    shop.journey(CARD | {"name": "Miss", "trigger": {"on": "CustomerMissed"}})
    missed = {}
    for days in range(-40, 60):
        tell(NOON + timedelta(days=days))
        for pk in told("CustomerMissed"):
            missed.setdefault(pk, days)

    assert missed[monthly.pk] < 0
    assert yearly.pk not in missed
    assert len(told("CustomerMissed")) == len(set(told("CustomerMissed"))) == 26


def test_a_shop_of_few_regulars_misses_nobody(shop, luna):
    bought(person(luna, "Anna"), 20, days_ago=400)
    shop.journey(CARD | {"name": "Miss", "trigger": {"on": "CustomerMissed"}})

    tell(NOON)

    assert rhythm_of(luna) is None
    assert told("CustomerMissed") == []
    assert Customer.objects.count() == 1
