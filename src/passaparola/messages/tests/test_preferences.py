"""The link at the foot of a mail: looking changes nothing, one click is enough."""

import pytest
from tests.cast import NOON

from passaparola.messages.links import preferences_link
from passaparola.messages.models import Consent, Message, Preference, Reach, Suppression
from passaparola.messages.tests.elsewhere import connect

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(place_order):
    order = place_order()
    message = Message.objects.of_order(order).get()
    return "/u/" + preferences_link(message.pk, now=NOON).split("/u/")[1]


def test_looking_changes_nothing(client, link):
    answer = client.get(link)

    assert answer.status_code == 200
    assert "Di cosa ti scriviamo" in answer.content.decode()
    assert "giulia@posta.example" not in answer.content.decode()
    assert not Suppression.objects.exists()


def test_one_click_of_the_mail_program_is_enough(client, link):
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Suppression.objects.get().address == "giulia@posta.example"
    assert {(c.purpose, c.is_given, c.source) for c in Consent.objects.all()} == {
        ("offer", False, "one_click"),
        ("news", False, "one_click"),
        ("ask", False, "one_click"),
    }


def test_one_click_works_without_the_token_against_forged_forms(link):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_who_changes_their_mind_agrees_to_stated_words(client, link):
    client.post(link, {"offers": "no"})

    answer = client.post(link, {"offers": "yes"})

    assert Suppression.objects.get().lifted_at is not None
    given = Consent.objects.filter(is_given=True).first()
    assert "Bottega Luna" in given.wording
    assert given.source == "page"
    assert "Fatto" in answer.content.decode()


def test_a_forged_link_says_nothing(client, link):
    assert client.get("/u/AAAAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    assert client.post(link[:-3] + "xx/", {"offers": "no"}).status_code == 404
    assert not Suppression.objects.exists()


def test_who_is_reached_in_one_way_only_has_nothing_to_choose(client, link):
    assert 'name="channel"' not in client.get(link).content.decode()


def test_the_channel_somebody_likes_best_is_kept_and_only_those_there_are_can_be_chosen(
    client, link, luna, giulia
):
    connect(luna, "telegram")
    Reach.objects.create(store=luna, customer=giulia, channel="telegram", address="4242", made_at=NOON)
    page = client.get(link).content.decode()
    assert 'value="telegram"' in page
    assert 'value="sms"' not in page

    client.post(link, {"channel": "telegram", "ask": "on"})
    refused = client.post(link, {"channel": "sms"}).content.decode()

    assert Preference.objects.get().channel == "telegram"
    assert "Fatto" not in refused
    assert not Consent.objects.exists()


def test_offers_and_news_elsewhere_are_agreed_to_in_a_sentence_that_names_the_channel(
    client, link, luna, giulia
):
    connect(luna, "telegram")
    Reach.objects.create(store=luna, customer=giulia, channel="telegram", address="4242", made_at=NOON)
    assert 'name="also_telegram"' in client.get(link).content.decode()

    client.post(link, {"also_telegram": "on", "also_sms": "on", "ask": "on"})
    page = client.post(
        link, {"also_telegram": "on", "ask": "on"}
    ).content.decode()  # unchanged: not said anew

    said = Consent.objects.all()
    assert {(one.channel, one.purpose, one.is_given) for one in said} == {
        ("telegram", "offer", True),
        ("telegram", "news", True),
    }
    assert len(said) == 2
    assert "Telegram" in said[0].wording
    assert page.count("checked") >= 2
    client.post(link, {"ask": "on"})
    assert Consent.objects.filter(channel="telegram", is_given=False).count() == 2


def test_what_is_agreed_to_on_a_chat_is_agreed_to_there_and_says_so(client, link, giulia):
    Message.objects.update(channel="telegram", to_address="4242")

    page = client.post(link, {"news": "on", "ask": "on"}).content.decode()

    said = Consent.objects.get(is_given=True)
    assert (said.channel, said.purpose) == ("telegram", "news")
    assert "Telegram" in said.wording
    assert "…42" in page
