"""The team's pages of promises."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.pages import Asked, StaffPages

from passaparola.promises import actions, urls
from passaparola.promises.actions import Promised
from passaparola.promises.forms import read_periods
from passaparola.promises.models import OpeningHours, Promise, Standard
from passaparola.promises.rules.outcome import Outcome
from passaparola.promises.tests.conftest import RefundingShop as Shop
from passaparola.stores.models import Member
from passaparola.tracking.carrier import ScanState


@pytest.fixture
def world(shop: Shop) -> Promise:
    shop.sells(number="BL-1").sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP))
    order, now = Promise.objects.first().order, timezone.now()
    said = Promised(
        store_id=shop.store.pk,
        key="call:1",
        kind="call_back",
        words="I’ll call you about BL-1.",
        due_at=now - timedelta(hours=2),
        order_id=order.pk,
        customer_id=order.customer_id,
        said_in="phone",
    )
    actions.make([said], now=now - timedelta(days=1))
    actions.sweep(now=now)
    return Promise.objects.get(key="call:1")


def _one(world: Promise) -> dict[str, int]:
    return {"promise_id": world.pk}


STATED = {"refund": "3", "reply_email": "6", "reply_chat": "1", "reply_message": "4"}
STATED |= {"review_reply": "2", "call_back": "8", "return_decision": "2"}
WEEK = {f"day{n}": "9-13, 14:30-18:30" for n in range(5)} | {
    "day5": "10-12",
    "day6": "",
    "closed": "2026-08-14",
}


class TestPromisesPages(StaffPages):
    urls = urls
    own = ("Moretti", "giulia", "BL-1")
    addresses = {
        "board": Asked(found=("I’ll call you about BL-1.", "Broken")),
        "keep": Asked(_one, gets=False, posts=lambda world: {}, is_of_one=True),
        "forgive": Asked(_one, gets=False, posts=lambda world: {"why": "settled"}, is_of_one=True),
        "standards": Asked(is_for_owners=True, found=("Our standards", "Answer by e-mail")),
        "state": Asked(gets=False, posts=lambda world: STATED, is_for_owners=True),
        "hours": Asked(gets=False, posts=lambda world: WEEK, is_for_owners=True),
    }


def test_what_was_said_is_kept_by_one_click(client: Client, world: Promise, sara: Member) -> None:
    client.force_login(sara)

    client.post(f"/office/promises/{world.pk}/keep/", {"next": "/office/promises/"})

    world.refresh_from_db()
    assert world.outcome is Outcome.LATE


def test_what_a_parcel_promises_only_the_parcel_keeps(client: Client, world: Promise, sara: Member) -> None:
    client.force_login(sara)
    delivery = Promise.objects.get(kind="delivery")

    client.post(f"/office/promises/{delivery.pk}/keep/")
    delivery.refresh_from_db()
    assert delivery.kept_at is None
    client.post(f"/office/promises/{delivery.pk}/let-go/", {"why": "picked up in the shop"})

    delivery.refresh_from_db()
    assert (delivery.forgiven_by, delivery.forgiven_why) == (sara, "picked up in the shop")


def test_the_shop_states_its_standards_within_the_law(client: Client, world: Promise, chiara: Member) -> None:
    client.force_login(chiara)

    wrong = client.post("/office/promises/standards/state/", STATED | {"refund": "30"})
    right = client.post("/office/promises/standards/state/", STATED)

    assert (wrong.status_code, right.status_code) == (400, 302)
    assert Standard.objects.get(kind="refund").amount == 3


def test_hours_are_typed_as_people_write_them(client: Client, world: Promise, chiara: Member) -> None:
    client.force_login(chiara)

    wrong = client.post("/office/promises/standards/hours/", WEEK | {"day0": "9 to 5"})
    right = client.post("/office/promises/standards/hours/", WEEK)

    assert (wrong.status_code, right.status_code) == (400, 302)
    hours = OpeningHours.objects.get()
    assert hours.week[5] == [["10:00", "12:00"]]
    assert hours.closed == ["2026-08-14"]


@pytest.mark.parametrize("text", ["13-9", "9-13, 12-18", "9", "25-26", "9-13 14-18"])
def test_periods_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of its sentences will do
        read_periods(text)


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/office/", "/o/somebody/"])
def test_nobody_is_sent_elsewhere(client: Client, world: Promise, sara: Member, there: str) -> None:
    client.force_login(sara)

    answer = client.post(f"/office/promises/{world.pk}/keep/", {"next": there})

    assert answer.headers["Location"] == "/office/promises/"
