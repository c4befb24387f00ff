"""Which way to somebody is the best, and how the choice is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.inbound import actions as inbound
from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.models import Consent, Message, Preference, Reach, Suppression
from passaparola.messages.reaching import reachable
from passaparola.messages.rules.stop import wants_silence, wants_words
from passaparola.messages.rules.way import best_way
from passaparola.messages.tests.elsewhere import GIULIA, connect

ALL = ("telegram", "web_push", "whatsapp", "sms")


@pytest.fixture
def giulia(giulia):
    giulia.phone = GIULIA
    giulia.save()
    return giulia


def chat(customer, channel="telegram", address="4242"):
    return Reach.objects.create(
        store_id=customer.store_id, customer=customer, channel=channel, address=address, made_at=NOON
    )


@pytest.mark.django_db
def test_a_person_is_reached_only_on_what_the_shop_has_connected(luna, giulia, stranger):
    chat(giulia)
    connect(stranger.stores.get(), "telegram")
    assert reachable(giulia, now=NOON) == {}

    connect(luna, "telegram")
    connect(luna, "sms")

    assert reachable(giulia, now=NOON) == {"telegram": "4242", "sms": GIULIA}


@pytest.mark.django_db
def test_a_closed_connection_reaches_nobody(luna, giulia):
    connection = connect(luna, "sms")

    inbound.close(connection, now=NOON)

    assert reachable(giulia, now=NOON) == {}


@pytest.mark.django_db
def test_the_chat_of_a_merged_row_is_the_persons(luna, giulia):
    connect(luna, "telegram")
    guest = Customer.objects.create(store=luna, first_name="Giulia", merged_into=giulia)
    chat(guest)

    assert reachable(giulia, now=NOON) == {"telegram": "4242"}
    assert reachable(guest, now=NOON) == {"telegram": "4242"}


@pytest.mark.django_db
def test_a_silenced_address_is_no_way(luna, giulia):
    connect(luna, "sms")
    Suppression.objects.create(store=luna, channel="sms", address=GIULIA, reason="hard_bounce")

    assert reachable(giulia, now=NOON) == {}


def asked(order, channel="best"):
    wanted = Wanted(store_id=order.store_id, key="1", kind="order_link", order_id=order.pk, channel=channel)
    actions.ask([wanted], now=NOON)
    message = Message.objects.get()
    return message.channel, message.to_address


@pytest.mark.django_db
def test_the_best_way_is_the_chat_that_the_customer_began(luna, giulia, place_order):
    order = place_order(tell=False)
    connect(luna, "telegram")
    connect(luna, "sms")
    chat(giulia)

    assert asked(order) == ("telegram", "4242")


@pytest.mark.django_db
def test_without_a_chat_it_is_e_mail_and_no_text_message_that_costs(luna, giulia, place_order):
    order = place_order(tell=False)
    connect(luna, "sms")

    assert asked(order) == ("email", "giulia@posta.example")


@pytest.mark.django_db
def test_what_somebody_chose_goes_first(luna, giulia, place_order):
    order = place_order(tell=False)
    connect(luna, "telegram")
    connect(luna, "sms")
    chat(giulia)
    Preference.objects.create(customer=giulia, channel="sms", changed_at=NOON)

    assert asked(order) == ("sms", GIULIA)


@pytest.mark.django_db
def test_after_a_stop_on_the_chat_it_is_e_mail_again(luna, giulia, place_order):
    order = place_order(tell=False)
    connect(luna, "telegram")
    chat(giulia)
    Suppression.objects.create(store=luna, channel="telegram", address="4242", reason="stopped")

    assert asked(order) == ("email", "giulia@posta.example")


def agreed(person, channel, *, is_given=True):
    Consent.objects.create(
        customer=person, channel=channel, purpose="news", is_given=is_given, source="page", said_at=NOON
    )


def news_for(person):
    wanted = Wanted(
        store_id=person.store_id, key="2", kind="newsletter", customer_id=person.pk, channel="best"
    )
    actions.ask([wanted], now=NOON)
    message = Message.objects.get()
    return message.channel, message.reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("there", "how"),
    [
        ([], ("telegram", "no_consent")),
        (["telegram"], ("telegram", "")),
        (["email"], ("email", "")),
        (["telegram", "email"], ("telegram", "")),
        (["sms"], ("sms", "")),
    ],
)
def test_news_come_where_they_were_agreed_to_the_liked_channel_first(luna, giulia, there, how):
    for kind in ("telegram", "sms"):
        connect(luna, kind)
    chat(giulia)
    Preference.objects.create(customer=giulia, channel="telegram", changed_at=NOON)
    for channel in there:
        agreed(giulia, channel)

    assert news_for(giulia) == how


@pytest.mark.django_db
def test_an_address_that_bounced_is_no_way_either(luna, giulia, place_order):
    order = place_order(tell=False)
    connect(luna, "sms")
    Suppression.objects.create(store=luna, address="giulia@posta.example", reason="hard_bounce")

    assert asked(order) == ("sms", GIULIA)


@given(
    st.sets(st.sampled_from(ALL)),
    st.sampled_from(("", "email", *ALL)),
    st.booleans(),
    st.sets(st.sampled_from(("email", *ALL))),
)
def test_the_best_way_is_one_that_there_is_and_that_was_agreed_to(ways, wished, has_mail, allowed):
    best = best_way(ways, wished=wished, has_mail=has_mail, is_allowed=allowed.__contains__)
    there = {*ways, *(["email"] if has_mail else [])}

    assert best in there or (best == "email" and not there)
    assert best in allowed or not there & allowed
    assert best == wished or wished not in there & allowed


@pytest.mark.parametrize(
    "words", ["STOP", " stop. ", "Stop all", "BASTA!", "«disiscrivimi»", "Non scrivetemi più"]
)
def test_these_words_mean_silence(words):
    assert wants_silence(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Non riesco a fare lo stop al pacco",
        "cancel",
        "annulla",
        "Basta che arrivi",
        "stop it at the door",
    ],
)
def test_these_don_t(words):
    assert not wants_silence(words)
    assert not wants_words(words)
