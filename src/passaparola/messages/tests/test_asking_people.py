"""A message may be about no order at all: then its customer says whom it is for."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.models import Consent, Message
from passaparola.messages.situations import Situations

pytestmark = pytest.mark.django_db


def ask(store, **changes):
    given = {"store_id": store.pk, "key": "hello", "kind": "delayed"}
    actions.ask([Wanted(**(given | changes))], now=NOON)
    return Message.objects.filter(store=store).latest("pk")


def test_a_customer_without_an_order_is_written_to_at_their_own_address_and_in_their_language(luna, giulia):
    message = ask(luna, customer_id=giulia.pk, asked_by="journey:12")

    assert (message.customer, message.order) == (giulia, None)
    assert (message.to_address, message.language) == ("giulia@posta.example", "it")
    assert (message.state, message.asked_by) == ("asked", "journey:12")


def test_a_row_that_was_merged_leads_to_the_person_and_what_they_ever_agreed_to(luna, giulia):
    guest = Customer.objects.create(store=luna, merged_into=giulia, email="old@posta.example")
    Consent.objects.create(
        customer=guest, channel="email", purpose="news", is_given=True, source="page", said_at=NOON
    )

    about = Wanted(store_id=luna.pk, key="a", kind="newsletter", customer_id=guest.pk)
    found = Situations.of([about], NOON)

    assert found.address(about) == "giulia@posta.example"
    assert {purpose.value for purpose in found.consents(about)} == {"news"}


def test_erasing_the_person_silences_every_row_of_theirs(luna, giulia):
    Customer.objects.create(
        store=luna, merged_into=giulia, email="old@posta.example", erased_at=NOON - timedelta(days=1)
    )

    assert ask(luna, customer_id=giulia.pk).reason == "erased"


def test_a_message_for_nobody_is_refused_in_a_sentence(luna):
    with pytest.raises(ValueError, match="for nobody"):
        Wanted(store_id=luna.pk, key="hello", kind="delayed")


def test_somebody_elses_customer_is_nobody_here(luna, giulia, stranger):
    other = stranger.stores.get()

    with pytest.raises(ValueError, match="this shop does not know"):
        actions.ask([Wanted(store_id=other.pk, key="x", kind="delayed", customer_id=giulia.pk)], now=NOON)

    assert not Message.objects.exists()


def test_somebody_elses_order_is_none_here(luna, giulia, stranger, place_order):
    other = stranger.stores.get()

    with pytest.raises(ValueError, match="this shop does not know"):
        actions.ask(
            [Wanted(store_id=other.pk, key="x", kind="delayed", order_id=place_order(tell=False).pk)],
            now=NOON,
        )
