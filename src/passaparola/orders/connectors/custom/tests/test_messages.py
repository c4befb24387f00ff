from decimal import Decimal
from typing import Any

import pytest

from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.custom import kind
from passaparola.orders.connectors.custom.tests.deliveries import AT, order, posted, read
from passaparola.orders.facts import PaymentState, PrivacyKind


def test_an_order_is_read_whole():
    facts = read("order.updated", orders=[order()])

    (bought,) = facts.orders
    assert (bought.number, bought.total, bought.subtotal) == ("BL-10240", Decimal("54.90"), Decimal("48.00"))
    assert (bought.payment_state, bought.customer.email) == (PaymentState.PAID, "giulia@example.com")
    assert facts.fulfilments[0].numbers == ("1660001",)


def test_several_orders_fit_in_one_message():
    facts = read("order.updated", orders=[order(id="1"), order(id="2")])

    assert [bought.external_id for bought in facts.orders] == ["1", "2"]
    assert [sent.order_id for sent in facts.fulfilments] == ["1", "2"]


def test_a_line_says_either_price_or_total():
    by_price = {"title": "Tazza", "quantity": 2, "unit_price": "24.00", "discount": "4.80"}
    by_total = {"title": "Tazza", "quantity": 2, "total": "43.20", "discount": "4.80"}

    first, second = read("order.updated", orders=[order(lines=[by_price, by_total])]).orders[0].lines

    assert (first.total, second.unit_price) == (Decimal("43.20"), Decimal(24))


def test_without_a_time_of_change_the_time_of_sending_counts():
    silent = order()
    del silent["updated_at"]

    told = kind.read(
        posted({"type": "order.updated", "timestamp": "2026-03-05T10:00:00Z", "data": {"orders": [silent]}})
    )
    untold = read("order.updated", orders=[silent])

    assert told.orders[0].updated_at.day == 5
    assert untold.orders[0].updated_at == AT


def test_every_other_event_is_read():
    at = AT.isoformat()
    sent = {"id": "f", "order_id": "1", "at": at}
    news = {"order_id": "1", "fulfilment_id": "f", "status": "out_for_delivery", "at": at}
    refund = {"id": "r", "order_id": "1", "at": at, "amount": 5, "parts": [{"line_id": "1", "quantity": 1}]}

    assert read("order.deleted", orders=[{"id": 1}]).deleted_orders[0].at == AT
    assert read("fulfilment.updated", fulfilments=[sent]).fulfilments[0].order_id == "1"
    assert read("fulfillment.updated", fulfilments=[sent]).fulfilments
    assert read("tracking.updated", tracking=[news]).fulfilment_news[0].status == "out_for_delivery"
    assert read("refund.created", refunds=[refund]).refunds[0].amount == Decimal(5)
    assert read("customer.updated", customers=[{"email": "a@example.com"}]).customers[0].updated_at == AT
    assert read("product.updated", products=[{"id": 1, "title": "Tazza"}]).products[0].is_published


def test_privacy_requests_are_read():
    request = read("privacy.redact_customer", id="p-1", customer_id=7, order_ids=[1, "2"]).privacy[0]

    assert (request.kind, request.external_id) == (PrivacyKind.REDACT_CUSTOMER, "p-1")
    assert (request.customer_id, request.order_ids) == ("7", ("1", "2"))


def test_an_event_of_others_is_welcome_and_noted():
    assert "none of our events" in read("invoice.paid", invoices=[]).note
    assert read("order.updated", orders=[]).note == "The list is empty."


def test_the_type_is_found_without_reading_the_whole_body():
    assert kind.topic(posted({"type": "order.updated", "data": {}})) == "order.updated"
    assert kind.topic(posted([1])) == ""


A_TIME = "must be a time with its offset, like “2026-03-01T10:00:00+01:00”."
A_COUNTRY = "must be a country code of two letters like “IT”."
A_LINK = "must be a web address beginning with https://."
STATES = "pending, authorized, partially_paid, paid, partially_refunded, refunded, voided"
LINE = "orders[0].lines[0]"
BAD_LINK = {"id": "f", "at": AT.isoformat(), "urls": ["ftp://a"]}
BAD_LINE = {"title": "Tazza", "quantity": "2"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": None}, "orders[0].id is missing."),
        ({"id": {}}, "orders[0].id must be an id: a text of at most 120 characters."),
        ({"placed_at": ""}, "orders[0].placed_at is missing."),
        ({"placed_at": "yesterday"}, f"orders[0].placed_at {A_TIME}"),
        ({"placed_at": "2026-03-01T10:00:00"}, f"orders[0].placed_at {A_TIME}"),
        ({"total": "12,50"}, "orders[0].total must be an amount like “12.50”."),
        ({"total": True}, "orders[0].total must be an amount like “12.50”."),
        ({"currency": "euro"}, "orders[0].currency must be an ISO 4217 code like “EUR”."),
        ({"payment_state": "settled"}, f"orders[0].payment_state must be one of: {STATES}."),
        ({"is_test": "no"}, "orders[0].is_test must be true or false."),
        ({"lines": {}}, "orders[0].lines must be a list, […]."),
        ({"lines": [1]}, "orders[0].lines[0] must be an object, {…}."),
        ({"lines": [BAD_LINE | {"quantity": 1}, BAD_LINE]}, "orders[0].lines[1].quantity must be a whole number."),
        ({"lines": [BAD_LINE | {"quantity": -1}]}, f"{LINE}.quantity must be a whole number from 0 to 2147483647."),
        ({"customer": {"email": "giulia"}}, "orders[0].customer.email must be an e-mail address."),
        ({"customer": {"tags": [1]}}, "orders[0].customer.tags[0] must be a text."),
        ({"shipping_address": {"country": "Italia"}}, f"orders[0].shipping_address.country {A_COUNTRY}"),
        ({"fulfilments": [BAD_LINK]}, f"orders[0].fulfilments[0].urls[0] {A_LINK}"),
        ({"refunds": [{"id": "r", "at": AT.isoformat()}]}, "orders[0].refunds[0].amount is missing."),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_its_place(changes: dict[str, Any], sentence: str):
    with pytest.raises(UnreadableError) as error:
        read("order.updated", orders=[order(**changes)])

    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({}, "type is missing."),
        ({"type": "order.updated"}, "orders is missing."),
        ({"type": "order.updated", "data": []}, "data must be an object, {…}."),
        ({"type": 1}, "type must be a text."),
        ([], "The JSON is no object: it should begin with “{”."),
    ],
)
def test_mistakes_of_the_message_itself_are_named_too(message: Any, sentence: str):
    with pytest.raises(UnreadableError) as error:
        kind.read(posted(message))

    assert str(error.value) == sentence
