"""The team's page about arrival times in a real browser, in every look."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from passaparola.orders.models import Order
from passaparola.tracking.models import Parcel
from passaparola.tracking.tests.test_arrival_page import disruption, record


@pytest.fixture
def filled(luna):
    """A year of records, two of them on lanes abroad, and late parcels of several causes."""
    today = timezone.now().date()
    index = today.year * 12 + today.month - 1
    for back in range(12):
        month = date((index - back) // 12, (index - back) % 12 + 1, 1)
        for moment in ("ordered", "handover"):
            for carrier, country, inside in (("brt", "IT", 182), ("gls_it", "DE", 176), ("dhl", "US", 185)):
                changes = {"month": month, "moment": moment, "carrier": carrier, "country": country}
                record(luna, **changes, inside_90=inside - back % 4 * 4)
                record(luna, **changes, teller="rule", inside_50=110, inside_80=110, inside_90=112, days=1280)
            if moment == "handover":
                told = {"inside_50": 80, "inside_80": 80, "inside_90": 80, "in_time": 141, "days": 200}
                record(luna, month=month, moment=moment, teller="carrier", **told)
    disruption(luna, carrier="brt", country="IT", postcodes=["07", "08", "09"])
    now = timezone.now()
    for at, cause in enumerate(["carrier"] * 9 + ["shop"] * 4 + ["customs", "closure", "attempt"]):
        order = Order.objects.create(store=luna, source="shopify", external_id=str(at), placed_at=now)
        late = {"late_since": now - timedelta(days=3), "delay_cause": cause, "announced_at": now}
        Parcel.objects.create(store=luna, order=order, name=str(at), **late)


@pytest.fixture
def page(page, sign_in, sara):
    """Sara, signed in."""
    sign_in(page, sara)
    return page


def test_arrival_times(page, filled, look_over):
    page.goto("/office/arrival/")
    look_over(page, "arrival")
    page.goto("/office/arrival/?when=handover")
    look_over(page, "arrival-handover")


def test_nothing_learned_yet(page, look_over):
    page.goto("/office/arrival/")
    look_over(page, "arrival-empty")


def test_entering_a_strike(page, look_over, complaints):
    page.goto("/office/arrival/disruption/")
    look_over(page, "disruption")

    page.get_by_label("Primo giorno").fill("2026-11-20")
    page.get_by_label("Ultimo giorno").fill("2026-11-18")
    page.get_by_role("button", name="Salva").click()

    expect(page.get_by_text("L’ultimo giorno viene prima del primo.")).to_be_visible()
    complaints.clear()  # the browser reports the 400 itself
