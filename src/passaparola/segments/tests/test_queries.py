from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.guides.models import Guide
from passaparola.messages.models import Consent
from passaparola.orders.models import Line, Order
from passaparola.products.models import Product
from passaparola.segments import queries
from passaparola.segments.queries import Asked
from passaparola.segments.rules.condition import parse
from passaparola.segments.rules.fields import FIELDS
from passaparola.segments.tests.people import bought, happened, person
from passaparola.segments.tests.test_condition import conditions
from passaparola.stores.models import Store


def who(store, tree):
    """The names of those it is true of; asked about everybody, one by one, and as of now: all the same."""
    condition = queries.read(tree)
    ids = queries.customers_of(store, condition, NOON)
    people = list(Customer.objects.filter(store=store, erased_at=None).people())
    asked = [Asked(key=c.pk, customer_id=c.pk, at=NOON, data={}) for c in people]
    assert queries.matching(store, condition, asked) == set(ids)
    assert queries.matching(store, condition, asked, as_of=True) == set(ids)
    assert queries.count(store, condition, NOON) == len(ids)
    number, some = queries.meant(store, condition, NOON, limit=50)
    assert (number, {one.pk for one in some}) == (len(ids), set(ids))
    return set(Customer.objects.filter(pk__in=ids).values_list("first_name", flat=True))


NO_ORDER = {"field": "customer.orders", "is": "is", "value": 0}
OVER_100 = {"field": "order.total", "is": "more_than", "value": 100}


@pytest.fixture
def people(luna):
    anna = person(luna, "Anna")
    bought(anna, 120, days_ago=10)
    bought(anna, 20, days_ago=200, product="Vaso Alba")
    bruno = person(luna, "Bruno", country="DE", tags=["Grossista"], accepts_marketing=True)
    bought(bruno, 300, days_ago=400)
    carla = person(luna, "Carla", email="")
    Order.objects.filter(customer=anna, total=120).update(source="shopify")
    for source, names in {"shopify": ["1"], "custom": ["1", "2"]}.items():
        for name in names:
            Product.objects.create(
                store=luna,
                source=source,
                external_id=name,
                title=name,
                category=source,
                is_published=True,
                page_url="https://bottegaluna.example/p",
            )
    Line.objects.update(product_external_id="1")
    Guide.objects.create(
        store=luna, kind="care", category="shopify", title_it="Cura", published_at=NOON, changed_at=NOON
    )
    return {"anna": anna, "bruno": bruno, "carla": carla}


@pytest.mark.parametrize(
    ("tree", "names"),
    [
        ({}, {"Anna", "Bruno", "Carla"}),
        ({"field": "customer.orders", "is": "at_least", "value": 2}, {"Anna"}),
        ({"field": "customer.spent", "is": "more_than", "value": "139.99"}, {"Anna", "Bruno"}),
        ({"field": "customer.last_order", "is": "longer_ago_than", "value": "90 days"}, {"Bruno"}),
        ({"field": "customer.last_order", "is": "in_last", "value": "90 days"}, {"Anna"}),
        ({"field": "customer.last_order", "is": "unknown"}, {"Carla"}),
        ({"none": [{"field": "customer.last_order", "is": "in_last", "value": "90 days"}]}, {"Bruno", "Carla"}),
        ({"field": "customer.country", "is": "none_of", "value": ["IT"]}, {"Bruno"}),
        ({"field": "customer.tags", "is": "has", "value": "grossista"}, {"Bruno"}),
        ({"field": "customer.has_email", "is": "is", "value": "no"}, {"Carla"}),
        ({"field": "customer.takes_offers", "is": "is", "value": True}, {"Bruno"}),
        ({"field": "order.products", "is": "has", "value": "alba"}, set()),
        ({"field": "order.has_care_guide", "is": "is", "value": True}, {"Anna"}),
        ({"field": "order.has_similar", "is": "is", "value": True}, {"Bruno"}),
        ({"some_order": [{"field": "order.products", "is": "has", "value": "alba"}]}, {"Anna"}),
        ({"some_order": [OVER_100, {"field": "order.placed", "is": "in_last", "value": "1 year"}]}, {"Anna"}),
        ({"no_order": [{"field": "order.total", "is": "less_than", "value": 100}]}, {"Bruno", "Carla"}),
        ({"any": [{"field": "customer.country", "value": "de"}, NO_ORDER]}, {"Bruno", "Carla"}),
    ],
)  # fmt: skip
def test_conditions_find_whom_they_mean(luna, people, tree, names):
    assert who(luna, tree) == names


def test_events_are_counted_in_their_time(luna, people):
    for days in (5, 50):
        happened(people["anna"], "ParcelDelayed", at=NOON - timedelta(days=days))
    happened(people["bruno"], "ParcelDelayed", at=NOON - timedelta(days=50))
    asked = {"field": "history.events", "of": "ParcelDelayed"}

    assert who(luna, asked) == {"Anna", "Bruno"}
    assert who(luna, asked | {"within": "30 days"}) == {"Anna"}
    assert who(luna, asked | {"is": "is", "value": 0, "within": "30 days"}) == {"Bruno", "Carla"}
    assert who(luna, asked | {"is": "less_than", "value": 2}) == {"Bruno", "Carla"}


def test_a_person_of_several_records_counts_once_with_all_that_happened(luna, people):
    double = person(luna, "Annarella", merged_into=people["anna"])
    happened(double, "ParcelDelayed", at=NOON - timedelta(days=3))
    happened(people["anna"], "ParcelDelayed", at=NOON - timedelta(days=3))

    assert who(luna, {"field": "history.events", "of": "ParcelDelayed", "is": "is", "value": 2}) == {"Anna"}


def test_of_consents_the_newest_counts(luna, people):
    Consent.objects.create(
        customer=people["bruno"],
        channel="email",
        purpose="offer",
        is_given=False,
        source="page",
        said_at=NOON,
    )

    assert who(luna, {"field": "customer.takes_offers", "is": "is", "value": "yes"}) == set()


def test_nobody_of_another_shop_is_meant(luna, people):
    other = Store.objects.create(slug="altrove", name="Altrove", url="https://altrove.example")

    anna = people["anna"]
    asked = [
        Asked(key=1, customer_id=anna.pk, at=NOON, data={}),
        Asked(key=2, customer_id=anna.pk, order_id=anna.orders.first().pk, at=NOON, data={}),
    ]
    for tree in ({}, OVER_100, {"none": [OVER_100]}, {"none": [NO_ORDER]}, {"no_order": [OVER_100]}):
        assert queries.count(other, queries.read(tree), NOON) == 0
        assert queries.matching(other, queries.read(tree), asked) == set()


def test_the_erased_are_left_out(luna, people):
    Customer.objects.filter(pk=people["anna"].pk).update(erased_at=NOON)

    assert who(luna, {}) == {"Bruno", "Carla"}


def test_the_past_is_asked_as_it_was(luna, people):
    then = NOON - timedelta(days=100)
    asked = [Asked(key=c.pk, customer_id=c.pk, at=then, data={}) for c in people.values()]
    two = queries.read({"field": "customer.orders", "is": "at_least", "value": 2})
    last = queries.read({"field": "order.products", "is": "has", "value": "alba"})

    assert queries.matching(luna, two, asked, as_of=True) == set()
    assert queries.matching(luna, last, asked, as_of=True) == {people["anna"].pk}


def test_a_journeys_own_order_is_the_one_in_question(luna, people):
    old = people["anna"].orders.get(total=20)
    condition = queries.read({"field": "order.total", "is": "less_than", "value": 100})
    asked = [
        Asked(key=1, customer_id=people["anna"].pk, order_id=old.pk, at=NOON, data={}),
        Asked(key=2, customer_id=people["anna"].pk, at=NOON, data={}),
    ]

    assert queries.matching(luna, condition, asked) == {1}


def test_what_the_event_told_can_be_asked(luna, people):
    asked = [
        Asked(key=n, customer_id=people["anna"].pk, at=NOON, data=data)
        for n, data in enumerate([{"cause": "carrier", "score": 3}, {"cause": "shop", "score": "x"}, {}])
    ]

    def keys(**question):
        return queries.matching(luna, parse(question), asked)

    assert keys(field="event.cause", **{"is": "is", "value": "Carrier"}) == {0}
    assert keys(field="event.score", **{"is": "at_least", "value": 3}) == {0}
    assert keys(field="event.cause", **{"is": "none_of", "value": "shop"}) == {0, 2}


@pytest.mark.django_db
@given(condition=conditions)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_condition_is_good_sql_and_means_the_same_for_all_and_for_few(luna, people, condition):
    ids = set(queries.customers_of(luna, condition, NOON))
    asked = [Asked(key=c.pk, customer_id=c.pk, at=NOON, data={}) for c in people.values()]

    assert queries.matching(luna, condition, asked) == ids
    assert queries.matching(luna, condition, asked, as_of=True) == ids
    assert all(field.sql or field.type == "count" for field in FIELDS.values())


def test_words_this_installation_does_not_know_are_refused():
    assert parse({"field": "parcel.state", "value": "flying"})
    with pytest.raises(ValueError, match="none of"):
        queries.read({"field": "parcel.state", "value": "flying"})
