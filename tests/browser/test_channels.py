"""Channels in a real browser: the team's page, and where a customer wants to be written to."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from passaparola.account.tests import orders
from passaparola.messages.models import Message, Price
from passaparola.messages.tests.elsewhere import connect
from passaparola.orders.links import order_path


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def order(luna, giulia, now):
    for kind in ("telegram", "whatsapp", "sms", "web_push"):
        connect(luna, kind)
    return orders.order(luna, giulia, at=now)


@pytest.fixture
def sent(luna, order, now):
    Price.objects.create(store=luna, channel="sms", country="IT", amount=Decimal("0.0716"))
    Price.objects.create(
        store=luna, channel="whatsapp", country="IT", category="utility", amount=Decimal("0.0248")
    )
    given = {"store": luna, "order": order, "kind": "shipped", "language": "it", "purpose": "transactional"}
    times = dict.fromkeys(("asked_at", "not_before", "expires_at", "due_at", "sent_at", "delivered_at"), now)
    for number, channel in enumerate(("sms", "sms", "whatsapp", "telegram")):
        Message.objects.create(
            key=str(number),
            channel=channel,
            units=1,
            cost=Decimal("0.0716") if number != 3 else None,
            **given,
            **times,
        )


def test_the_page_of_channels(page, sign_in, chiara, sent, look_over):
    sign_in(page, chiara)
    page.goto("/office/channels/")

    look_over(page, "channels")


def test_where_a_customer_wants_to_be_written_to(page, order, now, look_at):
    page.goto(f"{order_path(order.pk, now=now)}stay-in-touch/")

    look_at("stay-in-touch")

    expect(page.get_by_role("button", name="Show me notices")).to_be_visible()
    expect(page.get_by_text("its scripts are switched off")).to_be_hidden()


def test_without_scripts_it_says_that_mails_come_anyway(bare, order, now):
    bare.goto(f"{order_path(order.pk, now=now)}stay-in-touch/?lang=en")

    expect(bare.get_by_role("link", name="Open Telegram")).to_be_visible()
    expect(bare.get_by_role("button", name="Show me notices")).to_be_hidden()
    expect(bare.get_by_text("its scripts are switched off")).to_be_visible()
