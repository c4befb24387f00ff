"""A dry run says what would have been, and live it comes out the same."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.journeys.dry_run import dry_run
from passaparola.journeys.models import Enrolment, Journey
from passaparola.journeys.rules.document import define
from passaparola.journeys.tests.conftest import REST, SAY, THANKS, Shop
from passaparola.messages.models import Message
from passaparola.segments.tests.people import person
from passaparola.stores.models import Store
from passaparola.tracking.events import ParcelDelayed

DOCUMENT = THANKS | {
    "exits": [{"on": "OrderCancelled"}],
    "goal": {"on": "OrderPlaced", "within": "30 days"},
    "steps": [
        REST,
        {"id": "dear", "kind": "branch", "if": {"field": "customer.spent", "is": "at_least", "value": 100},
         "next": {"yes": "news", "no": "say"}},
        {"id": "news", "kind": "wait_for", "events": "ParcelDelayed", "at_most": "4 days",
         "next": {"happened": "end", "too_late": "say"}},
        SAY,
    ],
}  # fmt: skip


def past(shop, **more):
    definition = define(DOCUMENT | more)
    return dry_run(shop.store, definition, journey_id=1, since=NOON - timedelta(days=1), until=shop.now)


def test_it_says_what_would_have_been_and_writes_nothing(shop, anna):
    shop.deliver(shop.order(anna, 40))
    shop.later(days=10)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = past(shop)

    assert (found.triggered, found.entered, dict(found.messages)) == (1, 1, {"delivered": 1})
    assert found.would[0].at == NOON + timedelta(days=2)
    assert not [q["sql"] for q in asked if not q["sql"].lstrip().startswith("SELECT")]
    assert sum(count for _, count in found.by_day(shop.store)) == 1


def test_what_was_not_known_then_is_not_seen(shop, anna):
    """Today she has spent more than enough; on the day of the branch she had not."""
    shop.deliver(shop.order(anna, 40))
    shop.later(days=5)
    later = shop.order(anna, 400)
    type(later).objects.filter(pk=later.pk).update(placed_at=shop.now)

    assert past(shop).passages["dear", "no"] == 1


def test_whoever_is_not_through_is_under_way(shop, anna):
    shop.deliver(shop.order(anna, 40))
    shop.later(days=1)

    assert (past(shop).under_way, past(shop).would) == (1, [])


happenings = st.lists(
    st.tuples(
        st.sampled_from(["deliver", "place", "cancel", "delay"]), st.integers(0, 3), st.integers(1, 60)
    ),
    min_size=1,
    max_size=14,
)


class TestLiveAndDry(TestCase):
    """The same rules: whatever happens, a dry run over it afterwards tells what live did."""

    @given(happenings)
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    def test_they_come_out_the_same(self, happened):
        shop = Shop(Store.objects.create(slug="s", name="S", url="https://s.example"))
        people = [person(shop.store, name) for name in ("Anna", "Bruno")]
        orders = [shop.order(people[n % 2], 40 + 40 * n) for n in range(4)]
        shop.journey(DOCUMENT)
        done = set()
        for what, which, hours in happened:
            order = orders[which]
            order.customer = Customer.objects.get(pk=order.customer_id)
            if (what, which) not in done:
                done.add((what, which))
                do = {"deliver": shop.deliver, "place": shop.place, "cancel": shop.cancel}
                if what == "delay":
                    shop.tell(ParcelDelayed, order, cause="carrier", new_last="")
                else:
                    do[what](order)
            shop.walk(hours=hours)

        journey = Journey.objects.get()
        found = dry_run(
            shop.store,
            journey.live.definition,
            journey_id=journey.pk,
            since=NOON - timedelta(days=1),
            until=shop.now,
        )

        assert found.entered == Enrolment.objects.count()
        said = Message.objects.filter(asked_by__startswith="journey:").values_list("order_id", "kind")
        assert sorted((one.order_id, one.what) for one in found.would) == sorted(said)
