"""The time machine as owners see it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from passaparola.customers.models import Customer
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message


@pytest.fixture
def past(luna, giulia):
    """Some people who agreed to news, some tips that went out, and orders that arrived."""
    now = timezone.now()
    for n in range(24):
        person = (
            giulia if n == 0 else Customer.objects.create(store=luna, first_name="Ada", last_name=f"Neri {n}")
        )
        Customer.objects.filter(pk=person.pk).update(accepts_marketing=True, email=f"n{n}@posta.example")
        for day in (25 - n % 5, 12 - n % 7):
            at = now - timedelta(days=day)
            Message.objects.create(
                store=luna, customer=person, key=f"m{n}:{day}", kind="tips", purpose="news", language="it",
                to_address=f"n{n}@posta.example", asked_at=at, not_before=at, due_at=at, sent_at=at,
                expires_at=at + timedelta(days=5), asked_by="campaign:1",
            )  # fmt: skip
        EventRecord.objects.create(
            store_id=luna.pk, kind="OrderDelivered", happened_at=now - timedelta(days=20), key=f"d{n}",
            customer_id=person.pk,
        )  # fmt: skip


@pytest.mark.usefixtures("past")
def test_the_past_looks_right_everywhere(page, sign_in, chiara, look_over):
    sign_in(page, chiara)
    page.goto("/office/time-machine/")
    page.get_by_label("How far back").select_option("30")
    page.get_by_label("Journey").select_option("ready:tips_and_stories")

    page.get_by_role("button", name="Go back and look").click()

    assert page.locator("#trip").is_visible()
    look_over(page, "time-machine")
