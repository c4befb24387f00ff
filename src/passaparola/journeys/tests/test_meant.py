"""What a journey asked for is sent only while it is meant: the arbiter asks at the moment of sending."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import NOON

from passaparola.journeys import actions
from passaparola.journeys.actions.leave import Leaving, end
from passaparola.journeys.models import Enrolment
from passaparola.journeys.tests.conftest import REST, SAY, Shop
from passaparola.kernel.models import EventRecord
from passaparola.messages.actions.due import lock_due
from passaparola.messages.actions.prepare import prepare
from passaparola.messages.models import Message
from passaparola.orders.events import OrderRefunded
from passaparola.segments.tests.people import happened, person
from passaparola.stores.models import Store

SERVICE = SAY | {"message": "delayed"}
"""By night it waits for the morning."""
REFUND = [{"on": "OrderRefunded"}]


def send(shop):
    """Hand over whatever is due, and keep it in mind as sent."""
    with transaction.atomic():
        prepared = prepare(lock_due(["email"], 100, shop.now), shop.now)
        prepared.write(1, shop.now)
    going = [row["id"] for row in prepared.claimed]
    Message.objects.filter(pk__in=going).update(claimed_at=None, claimed_by=None, sent_at=shop.now)


def asked_for():
    return Message.objects.filter(asked_by__startswith="journey:").order_by("pk")


def fate():
    return [(message.state, message.reason) for message in asked_for()]


@pytest.mark.django_db
def test_an_exit_that_nobody_saw_is_found_when_the_message_is_about_to_go_out(shop, anna):
    shop.journey(steps=[SERVICE, REST], exits=REFUND)
    shop.deliver(order := shop.order(anna))
    shop.later(hours=10)
    happened(anna, "OrderRefunded", at=shop.now, order=order)  # in another worker, at the same moment

    shop.later(hours=12)
    send(shop)

    assert fate() == [("dropped", "withdrawn")]


@pytest.mark.django_db
def test_the_last_message_of_a_journey_that_is_over_is_taken_back_too(shop, anna):
    shop.journey(steps=[SERVICE], exits=REFUND)
    shop.deliver(order := shop.order(anna))
    shop.later(hours=10)
    assert (shop.where(), fate()) == (["finished"], [("deferred", "quiet_hours")])
    shop.tell(OrderRefunded, order, amount="20.00")

    shop.later(hours=12)
    send(shop)

    assert fate() == [("dropped", "withdrawn")]


@pytest.mark.django_db
def test_a_way_out_that_is_a_condition_is_asked_at_sending_as_well(shop, anna):
    shop.journey(steps=[SERVICE], exits=[{"if": {"field": "customer.orders", "is": "at_least", "value": 3}}])
    shop.deliver(shop.order(anna))
    shop.deliver(shop.order(anna))
    shop.later(hours=10)
    shop.order(anna)

    shop.later(hours=12)
    send(shop)

    assert fate() == [("dropped", "withdrawn")] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(("ends", "state"), [(True, "dropped"), (False, "sent")])
def test_whoever_reached_the_goal_hears_no_more_of_a_journey_that_ends_with_it(shop, anna, ends, state):
    shop.journey(steps=[SERVICE], goal={"on": "OrderPlaced", "within": "10 days", "ends": ends})
    shop.deliver(shop.order(anna))
    shop.later(hours=10)
    shop.place(shop.order(anna))

    shop.later(hours=12)
    send(shop)

    assert [state for state, _ in fate()] == [state]


@pytest.mark.django_db
def test_whoever_was_moved_on_while_they_left_leaves_nothing_behind(shop, anna):
    shop.journey(steps=[SERVICE | {"id": "one"}, SERVICE | {"id": "two"}, REST])
    shop.deliver(shop.order(anna))
    one = Enrolment.objects.get()
    seen_before = Leaving(one.pk, one.store_id, one.journey_id, one.position, one.hops, "by_hand")
    shop.later(hours=10)

    with transaction.atomic():
        end([seen_before], now=shop.now)

    assert fate() == [("dropped", "withdrawn")] * 2


@pytest.mark.django_db
def test_a_message_that_is_still_meant_goes_out_and_the_strangers_with_it(shop, anna, stranger):
    other = Shop(stranger.memberships.get().store)
    for one, who in ((shop, anna), (other, person(other.store, "Ugo"))):
        one.journey(steps=[SERVICE], exits=REFUND)
        one.deliver(one.order(who))
        one.later(hours=1)
    happened(anna, "OrderRefunded", at=NOON - timedelta(days=1))  # before it began: that is no way out

    send(shop)

    assert [state for state, _ in fate()] == ["sent", "sent"]


happenings = st.lists(
    st.tuples(
        st.sampled_from(["deliver", "refund", "hidden refund", "place", "stop", "send"]),
        st.integers(0, 1),
        st.integers(0, 20),
    ),
    min_size=2,
    max_size=12,
)


class TestWhateverHappens(TestCase):
    @given(happenings)
    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    def test_nobody_hears_of_a_journey_they_have_left(self, happened_then):
        shop = Shop(Store.objects.create(slug="s", name="S", url="https://s.example"))
        people = [person(shop.store, name) for name in ("Anna", "Bruno")]
        orders = [shop.order(one) for one in people]
        left = {}
        journey = shop.journey(
            steps=[SERVICE | {"id": "one"}, REST | {"for": "9 hours"}, SERVICE | {"id": "two"}],
            exits=REFUND, goal={"on": "OrderPlaced", "within": "30 days"},
        )  # fmt: skip
        for what, which, hours in [*happened_then, ("send", 0, 20), ("send", 0, 0)]:
            shop.walk(hours=hours + 0.1)
            began = Enrolment.objects.filter(customer=people[which]).exists()
            if what == "deliver":
                shop.deliver(orders[which])
            elif what == "send":
                send(shop)
            elif what == "stop":
                going = Enrolment.objects.under_way().values_list("customer_id", flat=True)
                left |= {pk: min(shop.now, left.get(pk, shop.now)) for pk in going}
                actions.stop_everybody(journey, now=shop.now)
            elif began:
                left.setdefault(people[which].pk, shop.now)
                if what == "hidden refund":
                    happened(people[which], "OrderRefunded", at=shop.now, order=orders[which])
                elif what == "refund":
                    shop.tell(
                        OrderRefunded,
                        orders[which],
                        key=f"refund {EventRecord.objects.count()}",
                        amount="20.00",
                    )
                else:
                    shop.place(shop.order(people[which]))

        for message in asked_for().filter(sent_at__isnull=False):
            assert message.sent_at <= left.get(message.customer_id, message.sent_at)
