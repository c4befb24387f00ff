"""An order that was placed is confirmed: fittingly, once, or with a reason for silence."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOON

from passaparola.messages.models import Message, Suppression
from passaparola.messages.reactions.orders import confirm
from passaparola.messages.tests.conftest import placed
from passaparola.products.models import Product

pytestmark = pytest.mark.django_db


def test_an_order_is_confirmed_in_the_customers_language(place_order):
    order = place_order()

    message = Message.objects.of_order(order).get()

    assert (message.kind, message.state, message.language) == ("confirmation_warm_welcome", "asked", "it")
    assert message.to_address == "giulia@posta.example"


def test_the_same_event_twice_is_one_message(place_order):
    order = place_order()

    confirm([placed(order)], NOON)

    assert Message.objects.count() == 1


def test_imported_history_asks_for_nothing(place_order):
    place_order(is_history=True)

    assert not Message.objects.exists()


def test_an_order_without_address_says_why_nothing_goes_out(place_order, giulia):
    giulia.email = ""
    giulia.save()

    order = place_order(email="")

    message = Message.objects.of_order(order).get()
    assert message.state == "dropped"
    assert message.why("it") == "Non c'è un indirizzo a cui scrivere."


def test_the_coupon_goes_to_who_agreed_and_says_what_it_falls_back_to(place_order, luna, giulia):
    luna.welcome_coupon = "LUNA10"
    luna.save()
    giulia.accepts_marketing = True
    giulia.orders_count = 3
    giulia.save()

    message = Message.objects.of_order(place_order()).get()

    assert (message.kind, message.purpose) == ("confirmation_enticing", "offer")
    assert message.fallback == "confirmation_simple"


def test_who_unsubscribed_gets_the_plain_one(place_order, luna, giulia):
    luna.welcome_coupon = "LUNA10"
    luna.save()
    giulia.accepts_marketing = True
    giulia.orders_count = 3
    giulia.save()
    Suppression.objects.create(store=luna, address="giulia@posta.example", reason="unsubscribed")

    message = Message.objects.of_order(place_order()).get()

    assert (message.kind, message.purpose) == ("confirmation_simple", "transactional")


def test_similar_items_only_where_there_are_some(place_order, luna, giulia):
    giulia.accepts_marketing = True
    giulia.orders_count = 3
    giulia.save()
    before = place_order()
    for product in ("p1", "p9"):
        Product.objects.create(
            store=luna,
            source="shopify",
            external_id=product,
            title=product,
            page_url="https://luna.example/p",
            category="plates",
            version="1",
        )

    after = place_order()

    assert Message.objects.of_order(before).get().kind == "confirmation_simple"
    assert Message.objects.of_order(after).get().kind == "confirmation_similar_items"


def test_a_batch_costs_the_same_few_statements_as_one(place_order):
    orders = [place_order(tell=False) for _ in range(5)]

    with CaptureQueriesContext(connection) as one:
        confirm([placed(orders[0])], NOON)
    with CaptureQueriesContext(connection) as many:
        confirm([placed(order) for order in orders[1:]], NOON)

    assert len(many) == len(one) <= 9
    assert Message.objects.count() == 5


def test_a_cancelled_order_is_not_confirmed_but_told_as_cancelled(place_order):
    order = place_order(cancelled_at=NOON, cancelled_first_at=NOON)

    assert Message.objects.of_order(order).get().reason == "order_cancelled"


def test_the_stranger_finds_nothing(place_order, stranger):
    place_order()
    other = stranger.stores.get()

    assert not Message.objects.filter(store=other).exists()


def test_the_office_finds_by_address_and_number(place_order):
    order = place_order(search="bl-10240 giulia moretti")
    place_order(email="ugo@posta.example")

    assert [m.order_id for m in Message.objects.search("giulia@posta moretti")] == [order.pk]
    assert Message.objects.in_state("asked").count() == 2
    assert Message.objects.in_state("sent").count() == 0
