"""The past, once more, with something changed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.cast import NOON
from tests.pages import everything_kept

from passaparola.customers.models import Customer
from passaparola.journeys.rules.document import define
from passaparola.kernel.models import EventRecord
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Consent, Message, Price, Reach
from passaparola.messages.policies import policy_of
from passaparola.messages.rules.policy import cap
from passaparola.messages.rules.values import WANTED
from passaparola.messages.tests.elsewhere import connect
from passaparola.segments.rules.condition import EVERYBODY
from passaparola.timemachine.change import CampaignChange, Change, JourneyChange
from passaparola.timemachine.travel import travel

TIPS = {
    "name": "Tips",
    "trigger": {"on": "OrderDelivered"},
    "steps": [
        {"id": "rest", "kind": "wait", "for": "2 days"},
        {"id": "say", "kind": "send_message", "message": "tips"},
    ],
}


@pytest.fixture
def asking(luna, giulia):
    """Giulia agreed to news, and was written to about tips on three days."""
    Customer.objects.filter(pk=giulia.pk).update(
        accepts_marketing=True, consent_at=NOON - timedelta(days=400)
    )
    for n, day in enumerate((20, 12, 4)):
        at = NOON - timedelta(days=day)
        Message.objects.create(
            store=luna, customer=giulia, key=f"m{n}", kind="tips", purpose="news", to_address=giulia.email,
            language="it", asked_at=at, not_before=at, expires_at=at + timedelta(days=5), due_at=at, sent_at=at,
            asked_by=f"campaign:{n}",
        )  # fmt: skip
    return giulia


def event(customer, kind, day, key):
    EventRecord.objects.create(
        store_id=customer.store_id, kind=kind, happened_at=NOON - timedelta(days=day), key=key,
        customer_id=customer.pk,
    )  # fmt: skip


def test_an_unchanged_past_is_told_as_it_was(luna, asking):
    trip = travel(luna, Change(), days=30, now=NOON)

    assert (trip.really.letters, trip.would.letters, trip.agreement, trip.changed) == (3, 3, 1.0, 0)


def test_a_stricter_policy_would_have_sent_less(luna, asking):
    strict = replace(policy_of(luna), caps=(cap("all", *WANTED, most=1, days=60),))

    trip = travel(luna, Change(policy=strict), days=30, now=NOON)

    assert (trip.really.letters, trip.would.letters, trip.changed) == (3, 1, 1)
    assert trip.dropped.total() + trip.waiting == 2


def test_another_journey_would_have_spoken_on_its_own_day(luna, asking):
    event(asking, "OrderDelivered", 25, "d1")
    change = JourneyChange(journey_id=0, definition=define(TIPS))

    trip = travel(luna, Change(journey=change), days=30, now=NOON)

    assert trip.would.letters == 4
    assert trip.would.by_day[(NOON - timedelta(days=23)).date()] == 1


def test_the_best_way_to_somebody_is_what_it_was_then_and_has_its_price(luna, asking):
    connect(luna, "telegram")
    connect(luna, "sms")
    Price.objects.create(store=luna, channel="sms", country="IT", amount=Decimal("0.08"))
    Reach.objects.create(
        store=luna, customer=asking, channel="telegram", address="42", made_at=NOON - timedelta(days=10)
    )
    ugo = Customer.objects.create(store=luna, first_name="Ugo", phone="+393337654321")
    for customer, channel in ((asking, "telegram"), (ugo, "sms")):
        agreed = {"purpose": "news", "is_given": True, "said_at": NOON - timedelta(days=40)}
        Consent.objects.create(customer=customer, channel=channel, **agreed)
    Message.objects.all().delete()
    for key, customer, day in (("a", asking, 25), ("b", asking, 8), ("c", ugo, 9)):
        event(customer, "OrderDelivered", day, key)
    best = {**TIPS, "again": "event", "steps": [TIPS["steps"][0], TIPS["steps"][1] | {"channel": "best"}]}
    free = replace(policy_of(luna), repeat_days=0)

    trip = travel(
        luna,
        Change(journey=JourneyChange(journey_id=0, definition=define(best)), policy=free),
        days=30,
        now=NOON,
    )

    assert {key: (share.letters, share.cost) for key, share in trip.would.by_channel.items()} == {
        "email": (1, 0), "telegram": (1, 0), "sms": (1, Decimal("0.08")),
    }  # fmt: skip
    assert (trip.would.cost, trip.would.unpriced) == (Decimal("0.08"), 0)


def test_without_a_journey_its_messages_are_not_there(luna, asking):
    Message.objects.filter(key="m0").update(asked_by="journey:7:say")

    trip = travel(luna, Change(journey=JourneyChange(journey_id=7, definition=None)), days=30, now=NOON)

    assert (trip.really.letters, trip.would.letters) == (3, 2)


def test_a_campaign_is_held_against_consent_and_trouble(luna, asking):
    Customer.objects.create(store=luna, first_name="Ugo", email="ugo@posta.example", accepts_marketing=False)
    letter = CampaignChange(
        kind=KINDS["newsletter"], thing="campaign:9", condition=EVERYBODY, at=NOON - timedelta(days=28)
    )

    trip = travel(luna, Change(campaign=letter), days=30, now=NOON)

    assert trip.asked == 5
    assert trip.would.by_kind["newsletter"] == 1
    assert trip.dropped["no_consent", ""] == 1


def test_looking_writes_nothing(luna, asking):
    event(asking, "OrderDelivered", 25, "d1")
    before = everything_kept()

    travel(luna, Change(journey=JourneyChange(journey_id=0, definition=define(TIPS))), days=90, now=NOON)

    assert everything_kept() == before


def test_another_shop_is_another_past(luna, asking, stranger):
    other = stranger.stores.get()

    assert travel(other, Change(), days=30, now=NOON).asked == 0
