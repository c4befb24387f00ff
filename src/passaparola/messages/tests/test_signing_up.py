"""Signing up: a letter asks back, and only a yes from the address itself counts."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.customers import actions as customers
from passaparola.customers.actions import Told
from passaparola.customers.facts import ConsentFacts, CustomerFacts
from passaparola.customers.models import Customer
from passaparola.messages import actions
from passaparola.messages.channel import CHANNELS
from passaparola.messages.models import Consent, Message, SignUp, Suppression

pytestmark = pytest.mark.django_db
FORM = "/s/bottega-luna/subscribe/"


def link():
    return "/u/confirm/" + Message.objects.get().data["url"].split("/u/confirm/")[1]


def test_until_the_answer_nothing_is_known_but_that_it_was_typed(client, luna):
    answer = client.post(
        FORM, {"email": "Ada@Posta.example"}, headers={"referer": "https://luna.example/news?x=1"}
    )

    message = Message.objects.get()
    assert (message.to_address, message.kind, message.state) == (
        "ada@posta.example",
        "confirm_signup",
        "asked",
    )
    assert "Guarda" in answer.content.decode()
    assert not Customer.objects.exists()
    assert not Consent.objects.exists()


def test_looking_agrees_to_nothing_and_the_button_does_once(client, luna):
    client.post(FORM, {"email": "ada@posta.example"}, headers={"referer": "https://luna.example/news"})

    client.get(link())
    looked = Consent.objects.count()
    client.post(link())
    client.post(link())

    said = list(Consent.objects.order_by("purpose"))
    assert looked == 0
    assert [(one.purpose, one.is_given) for one in said] == [("news", True), ("offer", True)]
    assert "Bottega Luna" in said[0].wording
    assert said[0].source == "signup https://luna.example/news"
    assert Customer.objects.get(pk=said[0].customer_id).email == "ada@posta.example"
    assert SignUp.objects.get().confirmed_at


def test_who_is_a_customer_already_stays_one_person(client, luna, giulia):
    client.post(FORM, {"email": "giulia@posta.example"})
    client.post(link())

    assert {one.customer_id for one in Consent.objects.all()} == {giulia.pk}


def test_a_new_yes_takes_an_earlier_no_back(client, luna):
    Suppression.objects.create(store=luna, address="ada@posta.example", reason="unsubscribed")
    client.post(FORM, {"email": "ada@posta.example"})
    client.post(link())

    assert Suppression.objects.get().lifted_at


def test_the_letter_can_be_written(client, luna):
    client.post(FORM, {"email": "ada@posta.example", "language": "en"})
    Message.objects.update(channel="dummy", due_at=NOON)
    dummy = CHANNELS["dummy"]
    dummy.reset()

    actions.send_due(Message.objects.get().asked_at)

    assert b"/u/confirm/" in dummy.sent[0].payload
    dummy.reset()


def test_programs_and_the_impatient_send_nothing(client, luna):
    client.post(FORM, {"email": "ada@posta.example", "website": "https://spam.example"})
    nothing = Message.objects.count()
    for _ in range(5):
        client.post(FORM, {"email": "ada@posta.example"})

    assert nothing == 0
    assert Message.objects.count() == 3


def test_what_is_no_address_is_said_and_a_forged_link_opens_nothing(client, luna):
    assert client.post(FORM, {"email": "ada@"}).status_code == 400
    assert client.get("/u/confirm/AAAAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    assert client.get("/s/nobody/subscribe/").status_code == 404
    assert len(client.get(FORM).content) < 15_000


def test_what_the_shop_system_tells_of_text_messages_is_kept_once_with_its_own_time(luna):
    said = ConsentFacts(
        channel="sms", is_given=True, said_at=NOON - timedelta(days=3), wording="single_opt_in"
    )
    facts = CustomerFacts(external_id="7", phone="+393331234567", elsewhere=(said,), updated_at=NOON)
    told = Told(store_id=luna.pk, source="shopify", facts=facts)

    for _ in range(2):
        customers.record([told, told], now=NOON)

    kept = Consent.objects.order_by("purpose").values_list(
        "channel", "purpose", "is_given", "said_at", "source"
    )
    assert list(kept) == [("sms", one, True, said.said_at, "shop: shopify") for one in ("news", "offer")]
