"""Outbox, silenced addresses, policy, and the customer's own page, as people see and use them."""

import pytest
from django.utils import timezone

from passaparola.messages.links import preferences_link
from passaparola.messages.models import Message, Reach
from passaparola.messages.tests.elsewhere import connect
from passaparola.messages.tests.test_pages import world

__all__ = ["world"]


@pytest.fixture
def office(page, sign_in, world, chiara):
    sign_in(page, chiara)
    return page


def test_the_outbox_looks_right_everywhere(office, look_over):
    office.goto("/office/outbox/")

    look_over(office, "speaking-outbox")


def test_the_silenced_addresses_look_right_everywhere(office, look_over):
    office.goto("/office/outbox/suppressed/")

    look_over(office, "speaking-suppressed")


def test_the_policy_looks_right_everywhere(office, look_over):
    office.goto("/office/policy/")

    look_over(office, "speaking-policy")


def test_the_effect_of_a_policy_is_seen_before_it_is_kept(office):
    office.goto("/office/policy/")
    office.get_by_role("button", name="See what it would have changed").click()

    assert office.get_by_text("Sent at once").is_visible()
    office.get_by_role("button", name="Keep this policy").click()
    assert office.get_by_text("From now on we speak like this").is_visible()


def test_the_customers_own_page_looks_right_everywhere(page, world, look_at):
    message = Message.objects.order_by("pk").first()
    connect(message.store, "telegram")
    Reach.objects.create(
        store=message.store,
        customer=message.customer,
        channel="telegram",
        address="4242",
        made_at=timezone.now(),
    )
    page.goto("/u/" + preferences_link(message.pk, now=timezone.now()).split("/u/")[1])

    def load(language):
        Message.objects.filter(pk=message.pk).update(language=language)
        page.reload()

    look_at("speaking-preferences", load)


def test_the_form_for_signing_up_looks_right_everywhere(page, world, look_at):
    page.goto("/s/bottega-luna/subscribe/")

    assert (
        page.locator("#website").bounding_box()["width"] <= 1
        or page.locator(".hidden").bounding_box()["width"] <= 1
    )
    look_at("speaking-signup", lambda language: page.goto(f"/s/bottega-luna/subscribe/?language={language}"))
