"""Campaigns and the calendar as people see and use them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from passaparola.campaigns import actions
from passaparola.campaigns.models import Campaign, Recipient
from passaparola.customers.models import Customer
from passaparola.messages.actions import templates
from passaparola.messages.models import Consent, Message, Price
from passaparola.messages.tests.elsewhere import connect
from passaparola.office.tests.conftest import world
from passaparola.orders.models import Order

__all__ = ["world"]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def letter(world, now):
    made = templates.write(world.store, name="Primavera", kind="newsletter", by=world.owner, now=now)
    templates.publish(made.versions.get(), now=now)
    return made


@pytest.fixture
def people(world, now):
    return Customer.objects.bulk_create(
        Customer(
            store=world.store, first_name=f"N{n}", email=f"n{n}@posta.example", accepts_marketing=n % 9 > 0,
            consent_at=now, language="it", country="IT",
        )
        for n in range(120)
    )  # fmt: skip


def plan(world, letter, name, starts_at, now, **more):
    made = Campaign.objects.create(
        store=world.store, name=name, template=letter, starts_at=starts_at, made_at=now, **more
    )
    actions.schedule(made, now=now)
    return made


@pytest.fixture
def sent(world, letter, people, now):
    """One that went out, with people held out and two subjects."""
    begun = now - timedelta(days=3)
    made = plan(
        world, letter, "Primavera in bottega", begun, begun, hold_out=20, trial=50,
        other_subject={"en": "Spring?", "it": "È primavera?"},
    )  # fmt: skip
    for moment in (begun, begun + timedelta(hours=5)):
        while actions.advance(moment):
            pass
    Message.objects.filter(asked_by=made.asked_by, dropped_at=None).update(sent_at=begun, subject="x")
    for number, one in enumerate(Recipient.objects.filter(arm="b")[:9]):
        Order.objects.create(
            store=world.store, source="x", external_id=f"c{number}", customer_id=one.customer_id,
            placed_at=begun + timedelta(hours=2), is_history=True,
        )  # fmt: skip
    return made


@pytest.fixture
def office(page, sign_in, world):
    sign_in(page, world.owner)
    return page


def test_the_list_looks_right_everywhere(office, sent, look_over):
    office.goto("/office/campaigns/")

    look_over(office, "campaigns")


def test_one_campaign_looks_right_everywhere(office, sent, look_over):
    office.goto(f"/office/campaigns/{sent.pk}/")

    look_over(office, "campaign")


def test_one_by_every_channel_looks_right_everywhere(office, world, letter, people, look_over):
    now = timezone.now()
    connect(world.store, "telegram")
    connect(world.store, "sms")
    Price.objects.create(store=world.store, channel="sms", country="IT", amount="0.0716")
    Customer.objects.filter(pk__in=[one.pk for one in people[:40]]).update(email="", phone="+393331234567")
    Consent.objects.bulk_create(
        Consent(customer=one, channel="sms", purpose="news", is_given=True, source="page", said_at=now)
        for one in people[:30]
    )
    made = plan(world, letter, "Natale", now + timedelta(days=2), now, channel="best")
    office.goto(f"/office/campaigns/{made.pk}/")

    look_over(office, "campaign-by-every-channel")


def test_the_form_looks_right_everywhere(office, world, letter, look_over):
    connect(world.store, "telegram")
    office.goto("/office/campaigns/new/")

    look_over(office, "campaign-form")


@pytest.mark.usefixtures("sent")
def test_the_calendar_looks_right_everywhere(office, world, letter, now, look_over):
    friday = now + timedelta(days=2)
    plan(world, letter, "Natale in bottega", friday, now)
    plan(world, letter, "Ultime spedizioni", friday + timedelta(minutes=5), now)
    office.goto(f"/office/calendar/?month={friday:%Y-%m}")

    look_over(office, "calendar")


def test_months_are_left_by_keyboard(office, letter, now):
    office.goto("/office/calendar/?month=2026-11")

    office.keyboard.press("ArrowRight")
    expect(office.get_by_role("heading", level=1)).to_have_text("December 2026")
    office.keyboard.press("ArrowLeft")
    expect(office.get_by_role("heading", level=1)).to_have_text("November 2026")


def test_a_campaign_is_planned_from_a_day_of_the_calendar(office, letter):
    office.goto("/office/calendar/?month=2028-03")
    office.get_by_role("link", name="New campaign: Wednesday 15 March").click()
    office.get_by_label("Its name, for you alone").fill("Festa")

    office.get_by_role("button", name="Keep as a draft").click()
    office.get_by_role("button", name="Plan it like this").click()

    expect(office.get_by_text("planned", exact=True)).to_be_visible()
    assert Campaign.objects.get().starts_at.day == 15
