from decimal import Decimal

import pytest

from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.shopify import example
from passaparola.orders.connectors.shopify.tests.deliveries import AT, order, read


def test_a_fulfilment_says_carrier_numbers_and_contents():
    facts = read("fulfillments/create", example.fulfilment(AT.isoformat())).fulfilments[0]

    assert (facts.order_id, facts.external_id, facts.at) == ("5512340001", "6001", AT)
    assert (facts.carrier, facts.service, facts.numbers) == ("BRT", "", ("166012345678901",))
    assert [(part.line_id, part.quantity) for part in facts.parts] == [("901", 2)]


def test_one_number_is_enough_where_the_list_is_missing():
    fulfilment = example.fulfilment(AT.isoformat()) | {"tracking_numbers": None, "tracking_urls": []}

    facts = read("fulfillments/update", fulfilment).fulfilments[0]

    assert facts.numbers == ("166012345678901",)
    assert facts.urls[0].startswith("https://vas.brt.it/")


def test_a_link_that_is_none_is_left_out():
    fulfilment = example.fulfilment(AT.isoformat()) | {
        "tracking_urls": ["javascript:alert(1)", "https://a.example/1"]
    }

    assert read("fulfillments/update", fulfilment).fulfilments[0].urls == ("https://a.example/1",)


@pytest.mark.parametrize("status", ["cancelled", "failure", "error"])
def test_what_never_left_is_cancelled(status: str):
    fulfilment = example.fulfilment(AT.isoformat()) | {"status": status}

    assert read("fulfillments/update", fulfilment).fulfilments[0].is_cancelled


def test_a_fulfilment_without_its_order_is_refused():
    with pytest.raises(UnreadableError, match="id of its order"):
        read("fulfillments/create", {"id": 1})


def test_news_of_a_shipment_keep_the_words():
    payload = {
        "id": 8,
        "order_id": 5512340001,
        "fulfillment_id": 6001,
        "status": "out_for_delivery",
        "message": "In consegna",
        "city": "Bologna",
        "country": "IT",
        "happened_at": AT.isoformat(),
        "estimated_delivery_at": None,
    }

    news = read("fulfillment_events/create", payload).fulfilment_news[0]

    assert (news.fulfilment_id, news.status, news.place) == ("6001", "out_for_delivery", "Bologna, IT")
    assert (news.at, news.message, news.estimated_at) == (AT, "In consegna", None)


def test_a_refund_is_the_money_that_really_went_back():
    facts = read("refunds/create", example.refund(AT.isoformat())).refunds[0]

    assert (facts.amount, facts.reason, facts.order_id) == (Decimal("21.60"), "Arrivata rotta", "5512340001")
    assert [(part.line_id, part.quantity, part.amount) for part in facts.parts] == [
        ("901", 1, Decimal("21.60"))
    ]


def test_the_same_refund_inside_the_order_says_the_same():
    refund = example.refund(AT.isoformat())

    inside = read("orders/updated", order(refunds=[refund])).refunds
    alone = read("refunds/create", refund).refunds

    assert inside == alone


def test_a_product_says_where_its_page_is():
    payload = {
        "id": 1001,
        "title": "Tazza Luna",
        "handle": "tazza-luna",
        "product_type": "Tazze",
        "tags": "blu, notte",
        "status": "active",
        "published_at": AT.isoformat(),
        "image": {"src": "https://cdn.example/tazza.jpg"},
        "updated_at": AT.isoformat(),
    }

    facts = read("products/update", payload).products[0]

    assert (facts.title, facts.category, facts.tags) == ("Tazza Luna", "Tazze", ("blu", "notte"))
    assert facts.page_url == "https://bottega-luna.myshopify.com/products/tazza-luna"
    assert (facts.image_url, facts.is_published) == ("https://cdn.example/tazza.jpg", True)


def test_a_product_says_what_one_can_choose_among():
    counted = {"inventory_management": "shopify", "inventory_quantity": 0}
    variants = [
        {"title": "blu / M"},
        {"title": "blu / L", **counted, "inventory_policy": "deny"},
        {"title": "verde / M", **counted, "inventory_policy": "continue"},
        {"title": "blu / M"},
    ]

    told = read("products/update", {"id": 1, "title": "Maglia", "variants": variants}).products[0]
    alone = read("products/update", {"id": 2, "variants": [{"title": "Default Title"}]}).products[0]

    assert told.variants == ("blu / M", "verde / M")
    assert alone.variants == ()


def test_a_draft_and_a_deleted_product_are_not_for_sale():
    draft = read("products/create", {"id": 1, "title": "Prova", "status": "draft"}).products[0]
    deleted = read("products/delete", {"id": 1}).products[0]

    assert not draft.is_published
    assert (deleted.deleted_at, deleted.is_published) == (AT, False)


def test_what_we_have_no_use_for_is_noted():
    for topic in ("carts/update", "draft_orders/create", "returns/request", "something/new", ""):
        facts = read(topic, {"id": 1})
        assert facts.note
        assert not facts.orders
