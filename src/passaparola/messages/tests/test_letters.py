"""Letters to a person, with and without an order."""

import pytest
from tests.cast import NOON

from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.messages.rendering.texts import TemplateError

pytestmark = pytest.mark.django_db


def message_to(customer, kind, **given):
    return Message(
        pk=7,
        store=customer.store,
        customer=customer,
        kind=kind,
        to_address=customer.email,
        language=customer.language,
        data=given,
    )


def letter_to(customer, kind, **given):
    message = message_to(customer, kind, **given)
    stores = {customer.store_id: customer.store}
    return Letters.of([(message, KINDS[kind])], stores, NOON).letter(message, KINDS[kind])


def test_a_card_needs_a_customer_and_no_order(giulia):
    letter = letter_to(giulia, "card")

    mail = letter.template.render(letter.data)
    assert "Un pensiero per te, Giulia" in mail.text
    assert "perché hai scelto di ricevere notizie" in mail.text
    assert letter.thread == ""
    assert "None" not in mail.html


def test_a_letter_about_an_order_says_that_it_has_none(giulia):
    with pytest.raises(TemplateError, match="speaks of an order"):
        letter_to(giulia, "delayed")


def test_what_nobody_told_stays_empty(giulia):
    letter = letter_to(giulia, "letter", coupon="LUNA10")

    assert letter.data["coupon"] == "LUNA10"
    assert letter.data["data"] == {"coupon": "LUNA10"}
    assert letter.data["order"]["number"] is None
    assert letter.data["items"] == []


def test_the_customer_of_the_order_is_the_one_greeted(place_order, giulia):
    order = place_order(tell=False)
    message = message_to(giulia, "confirmation_simple")
    message.order = order

    letter = Letters.of(
        [(message, KINDS["confirmation_simple"])], {order.store_id: order.store}, NOON
    ).letter(message, KINDS["confirmation_simple"])

    assert letter.data["customer"]["first_name"] == "Giulia"
    assert letter.thread == f"order-{order.pk}"
