"""The pages of promises and cases as people see and use them."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from passaparola.cases import actions as cases
from passaparola.cases.actions import Trouble
from passaparola.cases.models import Case
from passaparola.customers.facts import CustomerFacts
from passaparola.orders.models import Order
from passaparola.promises import actions as promises
from passaparola.promises.actions import Promised
from passaparola.promises.models import Promise
from passaparola.promises.tests.conftest import RefundingShop
from passaparola.tracking.carrier import ScanState

PAGES = {
    "today": "/office/",
    "cases": "/office/cases/",
    "case": "/office/cases/{case}/",
    "promises": "/office/promises/",
    "standards": "/office/promises/standards/",
    "order": "/office/orders/{order}/",
}


@dataclass
class World:
    case: Case


@pytest.fixture
def world(luna, sara):
    """A parcel that is lost, with all that was said about it, and some orders that came in time."""
    now = timezone.now()
    for days in range(3, 9):
        who = CustomerFacts(email=f"anna{days}@posta.example", first_name="Anna", last_name="Rinaldi")
        began = now - timedelta(days=days + 9)
        came = RefundingShop(luna, now)
        came.sells(
            external_id=str(days), number=f"BL-{days}", placed_at=began, updated_at=began, customer=who
        )
    shop = RefundingShop(luna, now)
    began = now - timedelta(days=12)
    shop.sells(external_id="1", number="BL-10240", placed_at=began, updated_at=began)
    shop.sends("RA123456789", parts=(), at=began + timedelta(days=1))
    shop.hears("RA123456789", (20, ScanState.PICKED_UP))
    order = Order.objects.get(number="BL-10240")
    promises.sweep(now=now)
    lost = Trouble(store_id=luna.pk, key="lost:1", kind="lost_parcel", order_id=order.pk)
    cases.report([lost], now=now - timedelta(hours=5))
    case = Case.objects.get(order=order)
    cases.note(case, words="Ho sentito il corriere. Domani la richiamo.", by=sara, now=now)
    cases.grant(case, remedy="apologise", by=sara, is_owner=False, now=now)
    said = Promised(
        store_id=luna.pk,
        key="call:1",
        kind="call_back",
        words="I’ll call you this afternoon.",
        due_at=now + timedelta(hours=2),
        order_id=order.pk,
        customer_id=order.customer_id,
        said_in="phone",
        owner_id=sara.pk,
    )
    promises.make([said], now=now)
    return World(case)


@pytest.fixture
def office(page, sign_in, world, chiara):
    sign_in(page, chiara)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_right_everywhere(office, world, look_over, name):
    office.goto(PAGES[name].format(case=world.case.pk, order=world.case.order_id))

    look_over(office, f"promises-{name}")


def test_a_number_key_opens_what_needs_somebody(office, world):
    office.goto("/office/")

    office.keyboard.press("1")

    expect(office).to_have_url(f"{office.url.split('/office/')[0]}/office/cases/{world.case.pk}/")


def test_what_was_written_down_is_kept_as_a_promise(office, world):
    office.goto(f"/office/cases/{world.case.pk}/")

    office.get_by_role("button", name="Keep as a promise").click()

    expect(office.get_by_text("It stays open until it is done.")).to_be_visible()
    assert Promise.objects.filter(key__startswith="note:").exists()
