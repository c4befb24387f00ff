"""The way through a journey, over real tables."""

from datetime import timedelta

import pytest

from passaparola.customers import actions as customers
from passaparola.customers.models import Customer, Identity, Merge
from passaparola.journeys import actions
from passaparola.journeys.models import Enrolment, Tally, ToDo, WebhookCall
from passaparola.journeys.rules.document import Again
from passaparola.journeys.rules.entering import entry_key
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.tests.conftest import REST, SAY, THANKS
from passaparola.kernel.events import emit
from passaparola.messages.models import Message
from passaparola.orders.events import OrderCancelled, OrderPlaced, OrderRefunded
from passaparola.orders.models import Order
from passaparola.segments.models import Tag
from passaparola.segments.tests.people import person
from passaparola.tracking.events import OrderDelivered, ParcelDelayed

BRANCH = {"id": "dear", "kind": "branch", "if": {"field": "order.total", "is": "at_least", "value": 100},
          "next": {"yes": "say", "no": "end"}}  # fmt: skip
CALL = {"id": "call", "kind": "ask_team", "words": {"en": "Call", "it": "Chiama"}}


def test_somebody_walks_from_the_event_to_the_end(shop, anna):
    journey = shop.journey()
    order = shop.order(anna)

    shop.deliver(order)
    shop.later(minutes=1)
    assert (shop.where(), shop.said()) == (["rest"], [])
    shop.later(days=2)

    one = Enrolment.objects.get()
    assert (one.ended_by, one.position, one.hops) == ("finished", "say", 2)
    assert [step for step, _, _ in one.path] == ["rest", "say"]
    message = Message.objects.get(kind="delivered")
    assert (message.asked_by, message.order, message.customer) == (f"journey:{journey.pk}:say", order, anna)
    counted = {(t.step, t.way): t.count for t in Tally.objects.all()}
    assert counted == {("", "entered"): 1, ("", "finished"): 1, ("rest", "next"): 1, ("say", "next"): 1}


def test_the_same_news_told_twice_enters_once(shop, anna):
    shop.journey()
    order = shop.order(anna)

    shop.deliver(order)
    shop.deliver(order, key="told again under another name")

    assert Enrolment.objects.count() == 1


def test_a_journey_runs_once_for_each_order_and_not_once_a_person(shop, anna):
    shop.journey()

    shop.deliver(shop.order(anna))
    shop.deliver(shop.order(anna))

    assert Enrolment.objects.count() == 2


def test_once_a_customer_is_once_and_again_after_its_time(shop, anna):
    shop.journey(again={"customer after": "90 days"})

    shop.deliver(shop.order(anna))
    shop.later(days=30)
    shop.deliver(shop.order(anna))
    assert Enrolment.objects.count() == 1
    shop.later(days=61)
    shop.deliver(shop.order(anna))

    assert Enrolment.objects.count() == 2


def test_two_events_of_one_moment_that_do_not_see_each_other_let_one_in(shop, anna):
    """What two workers do at once: both have found that she was never here."""
    after = Again("customer", timedelta(days=90))

    keys = {
        entry_key(after, event_key=event, order_id=order, customer_id=anna.pk, row_id=anna.pk, last=0)
        for event, order in (("a", 1), ("b", 2))
    }
    assert len(keys) == 1
    shop.journey(again={"customer after": "90 days"})
    shop.deliver(shop.order(anna))
    assert Enrolment.objects.get().entry_key in keys


def test_what_is_off_lets_nobody_in_and_lets_others_finish(shop, anna):
    journey = shop.journey()
    shop.deliver(shop.order(anna))
    actions.switch_off(journey)

    shop.deliver(shop.order(anna))
    shop.later(days=3)

    assert shop.where() == ["finished"]


def test_history_starts_nothing(shop, anna):
    shop.journey()

    shop.deliver(shop.order(anna), is_history=True)

    assert not Enrolment.objects.exists()


def test_only_whoever_fits_the_condition_enters(shop, anna):
    shop.journey(
        trigger={"on": "OrderDelivered", "if": {"field": "order.total", "is": "more_than", "value": 99}}
    )

    for total in (50, 100):
        shop.deliver(shop.order(anna, total))

    assert [one.order.total for one in Enrolment.objects.all()] == [100]


def test_a_branch_parts_a_batch(shop, anna):
    shop.journey(steps=[REST, BRANCH, SAY])
    for total in (50, 150):
        shop.deliver(shop.order(anna, total))

    shop.later(days=3)

    assert [message.order.total for message in Message.objects.filter(kind="delivered")] == [150]
    assert {(t.way, t.count) for t in Tally.objects.filter(step="dear")} == {("yes", 1), ("no", 1)}


TELL = {"id": "tell", "kind": "webhook", "url": "https://other.example/hook"}


def test_a_cancelled_order_ends_it_and_takes_back_what_waits(shop, anna):
    shop.journey(steps=[SAY | {"message": "delayed"}, CALL, TELL, REST])
    order, other = shop.order(anna), shop.order(anna)
    shop.deliver(order)
    shop.deliver(other)
    shop.later(hours=9)  # at night: the message waits for the morning

    shop.cancel(order)

    assert shop.where() == ["order_cancelled", "rest"]
    mine, others = (Message.objects.get(order=one, kind="delayed") for one in (order, other))
    assert (mine.state, mine.reason, others.state) == ("dropped", "withdrawn", "deferred")
    assert [todo.withdrawn_at is None for todo in ToDo.objects.order_by("pk")] == [False, True]
    assert [call.body["order"] for call in WebhookCall.objects.all()] == [other.pk]


def test_a_journey_may_begin_with_a_cancelled_order_or_wait_for_one(shop, anna):
    wait = {"id": "lost", "kind": "wait_for", "events": ["OrderCancelled"], "at_most": "9 days",
            "next": {"happened": "call", "too_late": "end"}}  # fmt: skip
    shop.journey(trigger={"on": "OrderCancelled"}, steps=[CALL])
    shop.journey(steps=[wait, CALL], key="waits")
    shop.deliver(order := shop.order(anna))
    shop.later(hours=1)

    shop.cancel(order)
    shop.later(hours=1)

    assert shop.where() == ["finished", "finished"]
    assert ToDo.objects.filter(withdrawn_at=None).count() == 2


@pytest.mark.parametrize(("kind", "more"), [(OrderCancelled, {}), (OrderRefunded, {"amount": "5"})])
def test_what_the_team_was_asked_is_taken_back_after_the_journeys_end_too(shop, anna, kind, more):
    journey = shop.journey(steps=[CALL], exits=[{"on": "OrderRefunded"}])
    order, other = shop.order(anna), shop.order(anna)
    shop.deliver(order)
    shop.deliver(other)
    shop.later(hours=1)
    assert shop.where() == ["finished", "finished"]
    for hours in ("1", "2"):  # the version they went through is an old one by now
        shop.journey(steps=[CALL | {"due_in": f"{hours} hours"}])

    shop.later(hours=1)
    shop.tell(kind, order, **more)

    assert [todo.order for todo in ToDo.objects.open()] == [other]
    assert not Tally.objects.filter(journey=journey, way__startswith="!").exists()


def test_even_without_an_exit_nobody_walks_on_about_an_order_that_is_no_more(shop, anna):
    shop.journey()
    order = shop.order(anna)
    shop.deliver(order)
    Order.objects.filter(pk=order.pk).update(cancelled_at=shop.now + timedelta(minutes=1))

    shop.later(days=2)

    assert (shop.where(), shop.said()) == (["order_cancelled"], [])


def test_nobody_walks_on_who_asked_to_be_forgotten(shop, anna):
    shop.journey(steps=[CALL, REST, SAY])
    shop.deliver(shop.order(anna))
    shop.later(hours=1)
    Customer.objects.filter(pk=anna.pk).update(erased_at=shop.now)

    shop.later(days=2)

    assert (shop.where(), shop.said()) == (["erased"], [])
    assert ToDo.objects.get().withdrawn_at


def test_an_exit_that_is_a_condition_is_asked_at_every_step(shop, anna):
    shop.journey(exits=[{"if": {"field": "customer.orders", "is": "at_least", "value": 2}}])
    shop.deliver(shop.order(anna))
    shop.later(hours=1)
    shop.order(anna)

    shop.later(days=2)

    assert (shop.where(), shop.said()) == (["exit"], [])


def test_the_goal_is_reached_by_another_order_and_not_by_the_one_that_started_it(shop, anna):
    shop.journey(trigger={"on": "OrderPlaced"}, goal={"on": "OrderPlaced", "within": "60 days"})
    shop.place(shop.order(anna))
    shop.later(hours=1)
    assert Enrolment.objects.get().goal_at is None

    shop.later(days=1)
    shop.place(shop.order(anna))

    first = Enrolment.objects.order_by("pk")[0]
    assert (first.goal_at, first.ended_by) == (shop.now, "goal")


def test_the_goal_counts_after_the_journeys_end_and_not_after_its_time(shop, anna):
    shop.journey(goal={"on": "OrderPlaced", "within": "10 days"}, again="customer")
    bruno = person(shop.store, "Bruno")
    for one in (anna, bruno):
        shop.deliver(shop.order(one))
    shop.later(days=5)
    shop.place(shop.order(anna))
    shop.later(days=6)
    shop.place(shop.order(bruno))

    assert [one.goal_at is not None for one in Enrolment.objects.order_by("pk")] == [True, False]
    assert shop.where() == ["finished", "finished"]


def test_whoever_is_held_out_is_left_alone_and_still_counted(shop):
    shop.journey(goal={"on": "OrderPlaced"}, hold_out=50)
    people = [person(shop.store, f"N{n}") for n in range(40)]
    for one in people:
        shop.deliver(shop.order(one))
    shop.later(days=3)

    out = Enrolment.objects.filter(held_out_at__isnull=False)
    assert 8 <= out.count() <= 32
    assert Message.objects.filter(kind="delivered").count() == 40 - out.count()
    one = out.order_by("pk")[0]
    shop.place(shop.order(one.customer))
    assert Enrolment.objects.get(pk=one.pk).goal_at == shop.now


def test_waiting_for_something_ends_when_it_happens(shop, anna):
    wait = {"id": "news", "kind": "wait_for", "events": "ParcelDelayed", "at_most": "5 days",
            "next": {"happened": "say", "too_late": "end"}}  # fmt: skip
    shop.journey(trigger={"on": "OrderPlaced"}, steps=[wait, SAY])
    order, other = shop.order(anna), shop.order(anna)
    shop.place(order)
    shop.place(other)
    shop.later(days=1)

    shop.tell(ParcelDelayed, order, cause="carrier", new_last="")
    assert Enrolment.objects.get(order=order).due_at == shop.now
    shop.later(seconds=1)
    assert [m.order for m in Message.objects.filter(kind="delivered")] == [order]
    shop.later(days=6)

    assert Enrolment.objects.get(order=other).path[0][:2] == ["news", "too_late"]


def _waits_for_news(shop, anna, *, told_ahead):
    wait = {"id": "news", "kind": "wait_for", "events": "ParcelDelayed", "at_most": "5 days",
            "next": {"happened": "say", "too_late": "end"}}  # fmt: skip
    shop.journey(trigger={"on": "OrderPlaced"}, steps=[wait, SAY])
    order = shop.order(anna)
    shop.place(order)
    shop.later(days=1)
    ahead = ParcelDelayed(
        store_id=shop.store.pk, happened_at=shop.now + told_ahead, key="ahead", order_id=order.pk,
        customer_id=anna.pk, cause="carrier", new_last="",
    )  # fmt: skip
    emit([ahead], now=shop.now)
    return order


def test_news_of_a_carrier_whose_clock_is_ahead_end_the_waiting_when_they_have_come_true(shop, anna):
    _waits_for_news(shop, anna, told_ahead=timedelta(minutes=20))

    shop.later(seconds=1)
    assert shop.said() == []
    shop.later(minutes=20)

    assert shop.said() == ["delivered"]


def test_a_clock_years_ahead_makes_nobody_wait_longer_than_the_journey_says(shop, anna):
    order = _waits_for_news(shop, anna, told_ahead=timedelta(days=9999))

    shop.later(days=5)

    assert Enrolment.objects.get(order=order).path[0][:2] == ["news", "too_late"]


def test_a_to_do_whose_ground_is_gone_is_taken_back_and_its_journey_goes_on(shop, anna):
    home = CALL | {"words": "Is somebody at home?", "gone_with": ["ParcelDelayed"]}
    thanks = CALL | {"id": "thanks", "words": "Say thank you."}
    shop.journey(steps=[home, thanks, REST, SAY])
    late, other = shop.order(anna), shop.order(anna)
    for order in (late, other):
        shop.deliver(order)
    shop.later(hours=1)

    shop.tell(ParcelDelayed, late, cause="carrier", new_last="")

    assert {(todo.order_id, todo.told("en")) for todo in ToDo.objects.open()} == {
        (late.pk, "Say thank you."),
        (other.pk, "Is somebody at home?"),
        (other.pk, "Say thank you."),
    }
    shop.later(days=2)
    assert shop.said() == ["delivered", "delivered"]


def test_a_to_do_is_taken_back_after_its_journey_came_to_the_end_as_well(shop, anna):
    shop.journey(steps=[CALL | {"gone_with": ["ParcelDelayed"]}])
    order = shop.order(anna)
    shop.deliver(order)
    shop.later(hours=1)
    assert shop.where() == ["finished"]

    shop.tell(ParcelDelayed, order, cause="carrier", new_last="")

    assert not ToDo.objects.open().exists()


def test_what_is_of_no_use_any_more_is_asked_of_nobody(shop, anna):
    shop.journey(steps=[CALL | {"lasts": "1 day"}])
    shop.deliver(shop.order(anna))
    shop.later(hours=1)
    assert ToDo.objects.wanted(shop.now).exists()

    assert not ToDo.objects.wanted(shop.now + timedelta(days=1)).exists()


def test_tags_todos_and_webhooks_are_done_once(shop, anna):
    steps = [
        CALL | {"to": "nobody@bottegaluna.example"},
        {"id": "mark", "kind": "tag", "tag": "Called"},
        {"id": "tell", "kind": "webhook", "url": "https://other.example/hook", "data": {"a": "b"}},
    ]
    shop.journey(steps=steps)
    shop.deliver(shop.order(anna))

    shop.later(hours=1)

    assert ToDo.objects.get().told("it") == "Chiama"
    assert Tag.objects.get().tag == "Called"
    assert WebhookCall.objects.get().body["data"] == {"a": "b"}


def test_somebody_under_way_finishes_the_version_they_began(shop, anna):
    journey = shop.journey()
    shop.deliver(shop.order(anna))
    shop.later(hours=1)

    shop.journey(steps=[REST | {"for": "9 days"}, SAY])
    shop.deliver(shop.order(anna))
    shop.later(days=3)

    assert shop.where() == ["finished", "rest"]
    assert [v.retired_at is None for v in journey.versions.order_by("number")] == [True, True]


def _news(events, at_most, then):
    return {
        "id": "news",
        "kind": "wait_for",
        "events": events,
        "at_most": at_most,
        "next": {"happened": "mark", "too_late": then},
    }


@pytest.mark.parametrize(
    ("moves", "versions", "waits", "tags"),
    [(False, [1, 1, 1], "ParcelDelayed", {"Anna": "old", "Bruno": "old", "Carla": "old"}),
     (True, [2, 2, 1], "OrderRefunded", {"Anna": "new", "Bruno": "new", "Carla": "old"})],
)  # fmt: skip
def test_people_in_the_middle_finish_or_go_over_where_the_new_one_has_their_step(
    shop, moves, versions, waits, tags
):
    last, mark = {"id": "last", "kind": "wait", "for": "20 days"}, {"id": "mark", "kind": "tag", "tag": "old"}
    shop.journey(steps=[REST, _news("ParcelDelayed", "5 days", "last"), last, mark])
    people = [person(shop.store, name) for name in ("Carla", "Bruno", "Anna")]
    for one, days in zip(people, (6, 2, 1), strict=True):  # each comes to another step
        shop.deliver(shop.order(one))
        shop.walk(hours=24 * days)
    assert shop.where() == ["last", "news", "rest"]

    steps = [REST | {"for": "4 days"}, _news("OrderRefunded", "9 days", "mark"), mark | {"tag": "new"}]
    document = THANKS | {"steps": steps}
    actions.save(shop.store, key="thanks", document=document, by=None, now=shop.now, moves_people=moves)
    shop.later(seconds=1)

    rows = Enrolment.objects.order_by("-pk").select_related("version")
    assert [one.version.number for one in rows] == versions
    assert rows[1].waits_for == f",{waits},"
    shop.walk(hours=24 * 40)
    assert shop.where() == ["finished"] * 3
    assert {one.customer.first_name: one.tag for one in Tag.objects.all()} == tags


def test_a_document_that_is_wrong_changes_nothing(shop):
    journey = shop.journey()

    with pytest.raises(DocumentError):
        actions.save(shop.store, key="thanks", document=THANKS | {"steps": []}, by=None, now=shop.now)

    assert journey.versions.count() == 1


def test_stopping_ends_it_for_everybody(shop, anna):
    journey = shop.journey()
    shop.deliver(shop.order(anna))
    shop.later(hours=1)

    assert actions.stop_everybody(journey, now=shop.now) == 1
    shop.later(days=9)

    assert (shop.where(), shop.said()) == (["by_hand"], [])


@pytest.mark.parametrize("about", ["order", "customer"])
def test_two_records_that_are_one_person_walk_once(shop, anna, chiara, about):
    shop.journey(again=about, steps=[CALL, REST])
    double = person(shop.store, "Annarella")
    for n, one in enumerate((anna, double)):
        Identity.objects.create(store=shop.store, key=f"email:{n}", customer=one)
    for one in (anna, double):
        shop.deliver(shop.order(one))
    shop.later(hours=1)

    customers.merge(anna, other=double, by=chiara, now=shop.now)

    root = min(anna.pk, double.pk)
    assert {one.customer_id for one in (*Enrolment.objects.all(), *ToDo.objects.all())} == {root}
    assert ToDo.objects.open().count() == (2 if about == "order" else 1)
    assert shop.where() == (["rest", "rest"] if about == "order" else ["rest", "merged"])
    customers.part(Merge.objects.get(), by=chiara, now=shop.now)
    assert [one.customer_id for one in Enrolment.objects.order_by("pk")] == [anna.pk, double.pk]
    assert all(todo.customer_id == todo.enrolment.customer_id for todo in ToDo.objects.all())


def test_a_stumble_over_one_holds_up_nobody(shop, anna):
    shop.journey(steps=[REST, SAY])
    for _ in range(3):
        shop.deliver(shop.order(anna))
    bad = Enrolment.objects.order_by("pk")[1]
    Enrolment.objects.filter(pk=bad.pk).update(
        since_at=shop.now - timedelta(days=400), data=["not", "what", "it", "is"]
    )

    shop.later(days=3)

    assert shop.where()[0] == shop.where()[2] == "finished"


def test_the_stranger_hears_nothing_of_it(shop, anna, stranger):
    shop.journey()
    other = stranger.stores.get()
    customer = person(other, "Zoe")
    order = Order.objects.create(
        store=other, source="x", external_id="1", customer=customer, placed_at=shop.now
    )
    told = {"store_id": other.pk, "happened_at": shop.now, "customer_id": customer.pk, "order_id": order.pk}

    emit([OrderDelivered(key="d", **told), OrderPlaced(key="p", **told)], now=shop.now)

    assert not Enrolment.objects.exists()
