"""The customer's own page: purposes, how often, in which language, and a month of peace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from passaparola.messages import actions
from passaparola.messages.actions import Wanted
from passaparola.messages.links import preferences_link
from passaparola.messages.models import Consent, Message, Preference, Suppression

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def link(place_order, giulia):
    giulia.accepts_marketing, giulia.consent_at = True, timezone.now() - 9 * DAY
    giulia.save()
    message = Message.objects.of_order(place_order()).get()
    return "/u/" + preferences_link(message.pk, now=timezone.now()).split("/u/")[1]


def chosen(**changes):
    return {"offer": "on", "news": "on", "ask": "on", "language": "it", "frequency": ""} | changes


def want(person, kind):
    wanted = Wanted(
        store_id=person.store_id,
        key=kind,
        kind=kind,
        customer_id=person.pk,
        expires_at=timezone.now() + 90 * DAY,
    )
    actions.ask([wanted], now=timezone.now())
    return Message.objects.get(key=kind)


def test_the_page_shows_what_holds_and_weighs_little(client, link):
    page = client.get(link).content.decode()

    assert page.count("checked") == 4  # offers, news, questions, and “as the shop thinks best”
    assert len(page) < 15_000


def test_only_what_was_changed_is_said_anew_with_its_words(client, link, giulia):
    answer = client.post(link, {name: value for name, value in chosen().items() if name != "news"})

    said = Consent.objects.get()
    assert (said.purpose, said.is_given, said.source) == ("news", False, "page")
    assert "Fatto" in answer.content.decode()
    assert (want(giulia, "newsletter").reason, want(giulia, "offer").reason) != ("no_consent", "no_consent")
    assert Message.objects.get(key="newsletter").reason == "no_consent"


def test_a_yes_is_kept_with_the_sentence_it_was_given_to(client, link):
    client.post(link, {name: value for name, value in chosen().items() if name != "news"})
    client.post(link, chosen())

    said = Consent.objects.get(is_given=True)
    assert "Bottega Luna" in said.wording
    assert "Novità" in said.wording


def test_a_no_to_questions_ends_questions_alone(client, link, giulia):
    client.post(link, {name: value for name, value in chosen().items() if name != "ask"})

    assert want(giulia, "question").reason == "declined"
    assert want(giulia, "offer").state != "dropped"


def test_how_often_and_a_month_of_peace_hold_for_what_waits(client, link, giulia):
    waiting = want(giulia, "offer")
    client.post(link, chosen(frequency="monthly", pause="on"))

    preference = Preference.objects.get(customer=giulia)
    assert preference.frequency == "monthly"
    assert timedelta(days=29) < preference.paused_until - timezone.now() <= timedelta(days=30)
    assert want(giulia, "newsletter").reason == "paused"
    waiting.refresh_from_db()
    assert waiting.due_at <= timezone.now()  # asked again at once, and told to wait

    client.post(link, chosen(frequency="monthly"))
    assert Preference.objects.get().paused_until is None


def test_the_language_that_was_chosen_is_the_one_we_write_in(client, link, giulia):
    client.post(link, chosen(language="en"))

    assert want(giulia, "letter").language == "en"


def test_after_no_to_everything_a_yes_opens_the_door_again(client, link):
    client.post(link, {"offers": "no"})
    silent = Suppression.objects.get().lifted_at is None
    client.post(link, chosen())

    assert silent
    assert Suppression.objects.get().lifted_at is not None


def test_unsubscribing_reaches_what_is_queued_at_once(client, link, giulia):
    waiting = want(giulia, "newsletter")
    Message.objects.filter(pk=waiting.pk).update(due_at=timezone.now() + 5 * DAY, channel="dummy")

    client.post(link, {"List-Unsubscribe": "One-Click"})

    waiting.refresh_from_db()
    assert waiting.due_at <= timezone.now()
    actions.send_due(timezone.now())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("dropped", "unsubscribed")
