"""Ways out and the goal in the form: what it saves is what the file says, and back."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from passaparola.journeys import source
from passaparola.journeys.known import known
from passaparola.journeys.models import Journey
from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.editing import end
from passaparola.journeys.shelf import shelf
from passaparola.journeys.tests.conftest import THANKS, Shop
from passaparola.journeys.tests.forms_of import Sent

DEAR = {"field": "order.total", "is": "at_least", "value": 20}
MANY = {"field": "customer.orders", "is": "at_least", "value": 9}
DEEP = {"any": [{"all": [{"any": [DEAR, MANY]}, DEAR]}, MANY]}
COMMA = {"field": "order.shipping_method", "is": "one_of", "value": ["Bread, sweet", "Oil"]}
ODD: dict[str, Any] = THANKS | {
    "goal": {"on": ["OrderPlaced", "CustomerSignedIn"], "within": "36 hours", "ends": False, "if": COMMA},
    "exits": [
        "OrderCancelled",
        {"on": ["OrderPlaced", "OrderRefunded"], "about": "customer"},
        {
            "on": "ParcelDelayed",
            "if": {"all": [{"field": "event.cause", "is": "is", "value": "customs"}, DEAR]},
        },
        {"if": MANY},
        {"on": "OrderPlaced"},
        {"on": "OrderRefunded", "if": DEEP},
    ],
}


@pytest.fixture
def desk(client, shop: Shop, chiara):
    shop.now = timezone.now()
    client.force_login(chiara)
    return client


def opened(desk, journey):
    return Sent(desk.get(f"/office/journeys/{journey.pk}/start/").content.decode()).fields


def sent(desk, journey, fields):
    answer = desk.post(f"/office/journeys/{journey.pk}/start/", fields | {"do": "save"})
    assert answer.status_code == 302, answer.content.decode()
    return Journey.objects.get(pk=journey.pk).live


@pytest.mark.parametrize(
    "document", [*(ready.document for ready in shelf("en")), ODD], ids=lambda one: one["name"]
)
def test_a_form_sent_as_it_was_opened_leaves_goal_and_ways_out_as_they_were_written(desk, shop, document):
    journey = shop.journey(document, key="any")

    live = sent(desk, journey, opened(desk, journey))

    assert live.document.get("exits") == document.get("exits")
    assert live.document.get("goal") == document.get("goal")


QUESTIONS = st.sampled_from([
    DEAR,
    MANY,
    COMMA,
    {"field": "customer.last_order", "is": "longer_ago_than", "value": "90 days"},
    {"field": "customer.country", "is": "one_of", "value": ["AT", "DE"]},
    {"field": "history.messages", "of": "delayed", "is": "is", "value": 0, "within": "5 days", "about": "order"},
    {"field": "order.placed", "is": "after", "value": "2026-11-01"},
    {"field": "order.total", "is": "more_than", "value": "19.90"},
    {"field": "parcel.is_late", "is": "is", "value": True},
    {"field": "order.delivered", "is": "unknown"},
    {"field": "event.where", "is": "is", "value": "road"},
])  # fmt: skip
JOIN = st.sampled_from(["all", "any", "none", "some_order", "no_order"])
CONDITIONS = st.recursive(
    QUESTIONS,
    lambda inner: st.builds(lambda join, parts: {join: parts}, JOIN, st.lists(inner, max_size=3)),
    max_leaves=6,
)
EVENTS = st.lists(
    st.sampled_from(["OrderCancelled", "OrderRefunded", "ParcelDelayed", "Unsubscribed"]),
    min_size=1,
    max_size=3,
)
LENGTHS = st.sampled_from(["60 days", "36 hours", "2 weeks", "1 year", "90 minutes"])
MORE = {"if": CONDITIONS, "about": st.sampled_from(["order", "customer"])}
EXITS = st.lists(st.fixed_dictionaries({"on": EVENTS}, optional=MORE), max_size=3)
GOALS = st.fixed_dictionaries({"on": EVENTS}, optional=MORE | {"within": LENGTHS, "ends": st.booleans()})


LEAN = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Explaining a failure traces every line: pages are long, and it takes minutes.
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)


@settings(LEAN)
@given(exits=EXITS, goal=st.none() | GOALS)
def test_whatever_file_there_is_comes_through_the_form_and_the_export_unchanged(desk, shop, exits, goal):
    document = THANKS | {"exits": exits} | ({"goal": goal} if goal else {})
    journey = shop.journey(document, key="any")

    live = sent(desk, journey, opened(desk, journey))

    export = desk.get(f"/office/journeys/{journey.pk}/export/").content.decode()
    assert define(source.read(export), known=known()) == live.definition == define(document)


@settings(LEAN)
@given(exits=EXITS, goal=GOALS)
def test_what_the_form_saves_anew_is_what_the_export_gives(desk, shop, exits, goal):
    """Typed into a journey that had neither: nothing can be kept from before."""
    other = shop.journey(THANKS | {"exits": exits, "goal": goal}, key="other")
    journey = shop.journey(THANKS, key="any")

    live = sent(desk, journey, opened(desk, other) | {"version": []})

    export = desk.get(f"/office/journeys/{journey.pk}/export/").content.decode()
    assert define(source.read(export), known=known()) == live.definition
    same = end(other.live.document, live.document.get("exits", []), live.document["goal"])
    assert {key: same.get(key) for key in ("exits", "goal")} == {
        key: other.live.document.get(key) or None for key in ("exits", "goal")
    }


def typed(desk, journey, **changes):
    fields = {key.replace("__", "-"): value for key, value in changes.items()}
    return desk.post(f"/office/journeys/{journey.pk}/start/", opened(desk, journey) | fields)


def test_a_way_out_and_a_goal_are_built_without_a_script(desk, shop):
    journey = shop.journey(THANKS)
    page = typed(desk, journey, do="exits:add").content.decode()
    fields = Sent(page).fields | {"exit-0-on": ["OrderRefunded"], "do": "exit-0-if:add"}
    page = desk.post(f"/office/journeys/{journey.pk}/start/", fields).content.decode()
    assert "event.amount" in page  # what the ticked event tells can be asked
    fields = Sent(page).fields | {
        "exit-0-if-0-field": "event.amount", "exit-0-if-0-is": "at_least", "exit-0-if-0-value": "20",
        "goal-on": ["OrderPlaced"], "goal-within-amount": "30", "goal-about": "customer", "goal-ends": "yes",
    }  # fmt: skip

    document = sent(desk, journey, fields).document

    question = {"field": "event.amount", "is": "at_least", "value": 20}
    assert document["exits"] == [{"on": ["OrderRefunded"], "if": question}]
    assert document["goal"] == {"on": ["OrderPlaced"], "within": "30 days"}


def test_a_way_out_is_taken_away_and_the_others_stay(desk, shop):
    journey = shop.journey(THANKS | {"exits": ODD["exits"]})
    page = typed(desk, journey, do="exits:remove-exit-1-").content.decode()

    live = sent(desk, journey, Sent(page).fields)

    assert live.document["exits"] == [one for n, one in enumerate(ODD["exits"]) if n != 1]


def test_no_goal_is_ticked_any_more_and_no_goal_is_left(desk, shop):
    journey = shop.journey(THANKS | {"goal": {"on": "OrderPlaced"}})

    assert "goal" not in sent(desk, journey, opened(desk, journey) | {"goal-on": []}).document


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"exit__0__about": "order"}, "Everybody would leave at once: tick an event"),
        ({"exit__0__about": "some"}, "“about” is order or customer."),
        ({"exit__0__about": "order", "exit__0__on": ["Nothing"]}, "There is no event “Nothing”."),
        ({"exit__0__about": "order", "exit__0__on": ["OrderPlaced"]}, "A new order is never the order"),
        ({"goal__about": "order", "goal__on": ["OrderPlaced"]}, "A new order is never the order"),
        ({"goal__on": ["OrderPlaced"], "goal__within__amount": "x"}, "“Counts within” is a length of time"),
        ({"goal__if__join": "all", "goal__if__0__field": "order.paid", "goal__if__0__is": "known"},
         "Tick at least one event that reaches the goal"),
        ({"goal__on": ["OrderPlaced"], "goal__if__0__field": "order.total"}, "“total of the order” is compared"),
        ({"exit__0__about": "order", "exit__0__if__kept": "[[["}, "A condition has a field"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(desk, shop, changes, said):
    journey = shop.journey(THANKS)

    page = typed(desk, journey, do="save", **changes)

    assert page.status_code == 200
    assert page.content.decode().count(said) == 2  # above, and beside what is wrong
    assert journey.versions.count() == 1


def test_what_the_builder_cannot_show_is_told_and_stays_when_the_rest_changes(desk, shop):
    journey = shop.journey(THANKS | {"exits": [{"on": "OrderRefunded", "if": DEEP}], "goal": ODD["goal"]})
    page = desk.get(f"/office/journeys/{journey.pk}/start/").content.decode()
    assert page.count("This form can't show its condition.") == 2
    assert "total of the order at least 20" in page

    changes = {"exit-0-on": ["OrderCancelled"], "goal-within-amount": "5", "goal-within-unit": "days"}
    document = sent(desk, journey, Sent(page).fields | changes).document

    assert document["exits"] == [{"on": ["OrderCancelled"], "if": DEEP}]
    assert document["goal"]["if"] == COMMA
    assert document["goal"]["within"] == "5 days"


def test_an_agent_and_a_stranger_change_no_ending(client, shop, sara, stranger):
    journey = shop.journey(THANKS)
    for who, code in ((sara, 403), (stranger, 404)):
        client.force_login(who)
        where = f"/office/journeys/{journey.pk}/start/"
        assert client.get(where).status_code == code
        assert client.post(where, {"do": "exits:add"}).status_code == code
    assert journey.versions.count() == 1
