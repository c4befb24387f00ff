"""The customer's pages in a real browser, in every look."""

from datetime import time

import pytest
from playwright.sync_api import expect

from passaparola.account.tests import orders
from passaparola.orders.links import order_path
from tests.cast import NOON


@pytest.fixture
def now():
    return NOON


@pytest.fixture
def order(luna, giulia, now):
    orders.care_note(luna)
    luna.phone = "+39 0546 123456"
    luna.save()
    return orders.order(luna, giulia, at=now)


def open_(page, order, now):
    page.goto(order_path(order.pk, now=now))


def test_an_order_on_the_van(page, order, now, look_at):
    orders.on_the_van(order, at=now, arrival_until=time(23, 59))

    open_(page, order, now)

    expect(page.get_by_role("heading", level=1)).to_have_text("Arriving today, between 10:00 and 23:59")
    look_at("order-on-the-van")


def test_an_order_in_two_parcels_one_of_them_late(page, order, now, look_at):
    orders.parcel(
        order,
        "BRT1",
        at=now,
        state="delivered",
        delivered_at=now,
        picked_up_at=now,
        parts=[{"line": "line-0", "quantity": 2}],
    )
    late = orders.parcel(
        order,
        "BRT2",
        at=now,
        state="delayed",
        picked_up_at=now - orders.DAY,
        late_since=now,
        promised_first=now.date(),
        promised_last=now.date(),
        arrival_first=(now + 2 * orders.DAY).date(),
        arrival_last=(now + 2 * orders.DAY).date(),
        parts=[{"line": "line-1", "quantity": 3}],
    )
    orders.scan(late, "picked_up", now - orders.DAY, "Faenza", "RITIRATA")
    orders.scan(late, "delayed", now - orders.HOUR, "Bologna", "RITARDO PER MALTEMPO")

    open_(page, order, now)

    expect(page.get_by_text("Still to come")).to_be_visible()
    look_at("order-in-two-parcels")


def test_an_order_that_has_just_come_in(page, order, now, look_at):
    open_(page, order, now)

    look_at("order-being-packed")


def test_the_page_needs_no_script(bare, order, now):
    orders.on_the_van(order, at=now)

    open_(bare, order, now)
    bare.get_by_text("Every step, in the words of BRT").click()
    seen = bare.get_by_text("PARTITA DALLA FILIALE").is_visible()
    bare.get_by_role("link", name="Italiano").click()
    heading = bare.get_by_role("heading", level=1).inner_text()

    assert seen
    assert heading.startswith("Arriva oggi")


def test_finding_an_order_by_its_number(page, order, now, look_over, look_at):
    orders.on_the_van(order, at=now)
    page.goto("/s/bottega-luna/")
    look_over(page, "lookup")

    page.context.clear_cookies()
    page.goto("/s/bottega-luna/")
    page.get_by_label("Order number").fill("# bl-10240")
    page.get_by_label("E-mail").fill("giulia@posta.example")
    page.get_by_role("button", name="Find it").click()

    expect(page.get_by_text("g••••@p••••.example")).to_be_visible()
    look_at("lookup-progress")


def test_finding_nothing(page, order, axe, fits):
    page.goto("/s/bottega-luna/")
    page.get_by_label("Order number").fill("1")
    page.get_by_label("E-mail").fill("giulia@posta.example")
    page.get_by_role("button", name="Find it").click()

    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    fits(page)


def test_a_link_that_opens_nothing(page, luna, complaints, axe, fits):
    page.goto("/o/forged/")

    axe(page)
    fits(page)
    complaints.clear()  # the browser reports the 404 itself
