"""Money goes back through the shop system once, whatever happens on the way; and only where its owner wants it."""

import json
from datetime import timedelta
from decimal import Decimal
from ipaddress import IPv4Network

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOON

from passaparola.inbound import actions as inbound
from passaparola.kernel.http.client import Client
from passaparola.orders.models import Order, Refund
from passaparola.returns import actions
from passaparola.returns.actions import CannotError, Found
from passaparola.returns.models import GivingBack, Return
from passaparola.returns.rules.states import State

from . import some
from .shop_api import shop_api

pytestmark = pytest.mark.django_db
HERE = Client(also=(IPv4Network("127.0.0.1/32"),))
LATER = NOON + timedelta(minutes=6)
GIVEN = {"refund_key": "ck_1", "refund_secret": "cs_1", "refund_token": "shpat_1"}


@pytest.fixture
def api():
    with shop_api() as found:
        yield found


@pytest.fixture(params=["woocommerce", "shopify"])
def system(request):
    return request.param


@pytest.fixture
def looked(luna, giulia, sara, system):
    """A return of two cups for 39.00, inspected, of an order of this shop system."""
    made = some.order(luna, giulia, source=system, external_id="4711")
    filed = some.filed(made, {some.CUP: 2})
    actions.receive(filed, by=sara, now=NOON)
    return actions.inspect(filed, by=sara, found={filed.items.get().pk: Found(accepted=2)}, now=NOON)


@pytest.fixture
def on(luna, system, api):
    """The owner has given what it takes."""
    given = json.dumps(GIVEN | {"shop_address": f"{api.address}/"})
    return inbound.connect(luna, role="connector", kind=system, secret="s" * 20, settings=given)


def tell(now=NOON):
    return actions.give_back_due(now=now, client=HERE)


def test_the_money_goes_back_and_the_return_is_over(looked, on, api, sara, system):
    actions.ask_shop(looked, by=sara, now=NOON)
    tell()

    looked.refresh_from_db()
    assert (looked.state, looked.giving_back.external_id) == (State.CLOSED, "1")
    assert looked.steps.get(state="refunded").by == sara
    headers = {name.lower(): value for name, value in api.asked[-1][2].items()}
    assert headers.get("x-shopify-access-token") == ("shpat_1" if system == "shopify" else None)
    assert headers.get("authorization") == ("Basic Y2tfMTpjc18x" if system == "woocommerce" else None)
    if system == "shopify":
        parts = [(one["amount"], one["parentId"][-1]) for one in api.refunds[0]["wanted"]["transactions"]]
        assert parts == [("10.00", "1"), ("29.00", "2")]
    else:
        assert api.refunds[0]["amount"] == "39.00"


@pytest.mark.parametrize("accident", ["lost", "late"])
def test_an_answer_that_is_lost_is_asked_for_again_and_the_money_goes_once(looked, on, api, sara, accident):
    api.goes_wrong = [accident]
    actions.ask_shop(looked, by=sara, now=NOON)

    tell()
    looked.refresh_from_db()
    assert looked.state is State.INSPECTED
    assert looked.giving_back.problem
    with pytest.raises(CannotError):
        actions.refund(looked, by=sara, now=NOON)
    assert tell(NOON + timedelta(minutes=1)) == 0
    tell(LATER)

    looked.refresh_from_db()
    assert looked.state is State.CLOSED
    assert len(api.refunds) == 1


def test_a_worker_that_dies_leaves_it_to_the_next(looked, on, api, sara, monkeypatch):
    actions.ask_shop(looked, by=sara, now=NOON)
    monkeypatch.setattr(actions.give_back, "_given", _dies)
    with pytest.raises(KeyboardInterrupt):
        tell()
    monkeypatch.undo()

    assert tell(NOON + timedelta(minutes=1)) == 0
    assert tell(LATER) == 1

    looked.refresh_from_db()
    assert looked.state is State.CLOSED
    assert len(api.refunds) == 1


def _dies(*_args):
    raise KeyboardInterrupt


def test_a_no_is_told_and_can_be_asked_again(looked, on, api, sara, client):
    api.goes_wrong = ["no"]
    client.force_login(sara)
    client.post(reverse("returns:settle", args=[looked.pk]), {"how": "shop"})
    tell(timezone.now())

    shown = client.get(reverse("returns:one", args=[looked.pk])).content.decode()
    assert "Invalid refund amount." in shown
    assert "(B)" in shown
    client.post(reverse("returns:settle", args=[looked.pk]), {"how": "shop"})
    tell(timezone.now())

    looked.refresh_from_db()
    assert looked.state is State.CLOSED


def test_the_shops_webhook_about_it_is_counted_once(looked, on, api, sara):
    actions.ask_shop(looked, by=sara, now=NOON)
    tell()

    told = Refund.objects.create(order=looked.order, external_id="1", made_at=NOON, amount=Decimal("39.00"))
    actions.match_refunds([told.pk], now=NOON)

    looked.refresh_from_db()
    assert looked.refund == told
    assert looked.steps.filter(state="refunded").count() == 1


def test_it_is_off_until_the_owner_gives_what_it_takes(looked, luna, system, sara, client):
    inbound.connect(luna, role="connector", kind=system, secret="s" * 20)
    client.force_login(sara)

    assert "(B)" not in client.get(reverse("returns:one", args=[looked.pk])).content.decode()
    with pytest.raises(CannotError):
        actions.ask_shop(looked, by=sara, now=NOON)


@pytest.mark.usefixtures("on")
def test_only_what_was_looked_at_is_paid_and_never_credit(luna, giulia, sara, system):
    made = some.order(luna, giulia, source=system, external_id="4712", number="BL-2")
    waiting, credit = some.filed(made, {some.CUP: 1}), some.filed(made, {some.CUP: 1}, resolution="credit")
    actions.receive(credit, by=sara, now=NOON)
    actions.inspect(credit, by=sara, found={credit.items.get().pk: Found(accepted=1)}, now=NOON)

    for filed in (waiting, credit):
        with pytest.raises(CannotError):
            actions.ask_shop(Return.objects.get(pk=filed.pk), by=sara, now=NOON)
    assert Order.objects.filter(pk=made.pk).exists()


def test_what_the_shop_gave_back_by_hand_meanwhile_is_not_given_again(looked, on, api, sara):
    api.goes_wrong = ["away"]
    actions.ask_shop(looked, by=sara, now=NOON)
    tell()

    told = Refund.objects.create(order=looked.order, external_id="9", made_at=NOON, amount=Decimal("39.00"))
    actions.match_refunds([told.pk], now=NOON)
    tell(LATER)

    looked.refresh_from_db()
    assert (looked.state, looked.refund, api.refunds) == (State.CLOSED, told, [])
    assert tell(NOON + timedelta(days=1)) == 0


@pytest.fixture
def twins(luna, giulia, sara, system):
    """Two returns of one cup each, of the same order: the same money."""
    made = some.order(luna, giulia, source=system, external_id="4711")
    both = [some.filed(made, {some.CUP: 1}) for _ in range(2)]
    for filed in both:
        actions.receive(filed, by=sara, now=NOON)
        actions.inspect(filed, by=sara, found={filed.items.get().pk: Found(accepted=1)}, now=NOON)
    return both


def test_behind_a_slow_shop_system_nothing_is_told_by_two(twins, on, api, sara):
    """The lease is that of one wish: the next one is not claimed before it is told."""
    for filed in twins:
        actions.ask_shop(filed, by=sara, now=NOON)

    assert tell() == 1
    assert len(api.refunds) == 1
    assert GivingBack.objects.get(given_at=None).due_at == NOON


def test_a_webhook_answers_the_return_that_the_shop_was_asked_for(twins, on, api, sara):
    """Its answer is lost, its webhook arrives: the other return with the same money still waits for its own."""
    older, asked = twins
    api.goes_wrong = ["lost"]
    actions.ask_shop(asked, by=sara, now=NOON)
    tell()

    told = Refund.objects.create(order=asked.order, external_id="1", made_at=NOON, amount=asked.amount)
    actions.match_refunds([told.pk], now=NOON)

    older.refresh_from_db()
    asked.refresh_from_db()
    assert (older.state, asked.state) == (State.INSPECTED, State.CLOSED)


def test_a_shop_system_disconnected_before_it_was_asked_is_not_asked(looked, on, api, sara):
    actions.ask_shop(looked, by=sara, now=NOON)
    inbound.close(on, now=NOON)

    tell()

    looked.giving_back.refresh_from_db()
    assert (api.asked, looked.giving_back.due_at) == ([], None)
    assert looked.giving_back.problem


@pytest.mark.parametrize("tidied", ["{note}", "A &amp; B-1 {key}"])
def test_a_refund_of_ours_is_known_by_its_last_word(looked, on, api, sara, tidied):
    """However the shop system tidied the rest of the note."""
    asked = actions.ask_shop(looked, by=sara, now=NOON)
    key = str(asked.key)[:8]
    note = tidied.format(note=f"{looked.number} {key}", key=key)
    api.refunds.append({"id": "7", "note": note, "reason": note, "key": ""})

    tell()

    looked.giving_back.refresh_from_db()
    assert (looked.giving_back.external_id, len(api.refunds)) == ("7", 1)


def test_an_address_that_is_none_is_told_at_once(looked, on, api, sara):
    inbound.configure(on, settings=json.dumps(GIVEN | {"shop_address": "luna.example"}))
    actions.ask_shop(looked, by=sara, now=NOON)

    tell()

    looked.giving_back.refresh_from_db()
    assert (api.asked, looked.giving_back.due_at) == ([], None)
    assert "https://" in looked.giving_back.problem


@pytest.mark.parametrize("other", [{"number": "BL-77"}, {"currency": "USD"}])
def test_another_order_with_the_same_id_gets_no_money(looked, on, api, sara, other):
    """Read from a file without ids, 4711 was its number; in the shop system it is somebody else's id."""
    for name, value in other.items():
        setattr(api, name, value)
    actions.ask_shop(looked, by=sara, now=NOON)

    tell()

    looked.giving_back.refresh_from_db()
    assert (api.refunds, looked.giving_back.due_at) == ([], None)
    assert "BL-10240 (EUR)" in looked.giving_back.problem
