"""What an order promises by itself, and what becomes of it."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.kernel.models import EventRecord
from passaparola.orders.facts import PaymentState
from passaparola.orders.models import Order
from passaparola.promises import actions
from passaparola.promises.models import Promise
from passaparola.promises.rules.outcome import Outcome
from passaparola.promises.tests.conftest import RefundingShop as Shop
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.tests.shop import PLACED

pytestmark = pytest.mark.django_db
LONG_AFTER = NOON + timedelta(days=40)


def told() -> list[str]:
    found = EventRecord.objects.filter(kind__startswith="Promise").order_by("happened_at", "pk")
    return [event.kind for event in found]


def test_an_order_promises_its_day_and_its_handing_over(shop: Shop) -> None:
    shop.sells()

    kinds = dict(Promise.objects.values_list("kind", "due_at"))

    assert set(kinds) == {"delivery", "shipping"}
    assert PLACED < kinds["shipping"] < kinds["delivery"]
    assert told() == []


def test_what_comes_in_time_is_kept_and_nobody_is_told(shop: Shop) -> None:
    shop.sells().sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP), (46, ScanState.DELIVERED))

    actions.sweep(now=LONG_AFTER)

    assert {p.outcome for p in Promise.objects.all()} == {Outcome.KEPT}
    assert told() == []


def test_a_day_that_passes_breaks_the_promise_once(shop: Shop) -> None:
    shop.sells()

    done = [actions.sweep(now=LONG_AFTER), actions.sweep(now=LONG_AFTER)]

    assert done == [2, 0]
    assert told() == ["PromiseBroken", "PromiseBroken"]
    assert {p.outcome for p in Promise.objects.all()} == {Outcome.BROKEN}


def test_kept_in_time_but_told_late_it_was_never_broken(shop: Shop) -> None:
    shop.sells()
    actions.sweep(now=LONG_AFTER)

    shop.sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP), (46, ScanState.DELIVERED))

    assert {p.outcome for p in Promise.objects.all()} == {Outcome.KEPT}
    assert not Promise.objects.exclude(broken_at=None).exists()
    assert told().count("PromiseKept") == 2


def test_what_came_too_late_is_told_as_broken_even_when_all_of_it_is_heard_at_once(shop: Shop) -> None:
    shop.sells().sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP), (700, ScanState.DELIVERED))

    actions.sweep(now=LONG_AFTER)

    delivery = Promise.objects.get(kind="delivery")
    assert delivery.outcome is Outcome.LATE
    assert delivery.broken_at == delivery.due_at
    assert told() == ["PromiseBroken"]


def test_a_cancelled_order_owes_no_parcel_but_its_money(shop: Shop) -> None:
    shop.sells(payment_state=PaymentState.PAID)

    shop.sells(payment_state=PaymentState.PAID, updated_at=NOON, cancelled_at=PLACED + timedelta(hours=3))

    outcomes = {p.kind: p.outcome for p in Promise.objects.all()}
    assert outcomes == {
        "delivery": Outcome.LET_GO,
        "shipping": Outcome.LET_GO,
        "refund": Outcome.OPEN,
        "refund_law": Outcome.OPEN,
    }


def test_money_that_comes_back_keeps_the_promise_of_it(shop: Shop) -> None:
    cancelled = PLACED + timedelta(hours=3)
    shop.sells(payment_state=PaymentState.PAID, updated_at=NOON, cancelled_at=cancelled)
    shop.refunds(30, hours=10)
    assert Promise.objects.get(kind="refund").outcome is Outcome.OPEN  # a part is not what was promised

    shop.refunds(50, hours=20)

    assert Promise.objects.get(kind="refund").kept_at == PLACED + timedelta(hours=20)


def test_who_has_all_their_money_back_waits_for_nothing_any_more(shop: Shop) -> None:
    shop.sells(payment_state=PaymentState.PAID).sends("A1", parts=())
    shop.hears("A1", (20, ScanState.PICKED_UP), (60, ScanState.LOST))
    shop.refunds(30, hours=70)
    assert Promise.objects.open().filter(kind="delivery").exists()

    shop.refunds(50, hours=90)

    assert not Promise.objects.open().filter(kind="delivery").exists()
    assert Promise.objects.get(kind="delivery").withdrawn_at == PLACED + timedelta(hours=90)


def test_the_first_promise_stays_when_the_shop_changes_its_days(shop: Shop) -> None:
    shop.sells()
    before = dict(Promise.objects.values_list("kind", "due_at"))
    shop.store.preparation_days = 9
    shop.store.save()

    shop.sells(updated_at=NOON, note="con biglietto")

    assert dict(Promise.objects.values_list("kind", "due_at")) == before


def test_waiting_at_the_pick_up_point_counts_as_having_come(shop: Shop) -> None:
    shop.sells().sends("A1", parts=())

    shop.hears("A1", (20, ScanState.PICKED_UP), (46, ScanState.READY_FOR_PICKUP))

    assert Promise.objects.get(kind="delivery").kept_at == PLACED + timedelta(hours=46)


def test_a_late_parcel_endangers_the_promise_and_the_new_day_is_another_one(shop: Shop) -> None:
    shop.sells().sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP))
    order = Order.objects.get()

    shop.hears("A1", (40, ScanState.DELAYED), estimated_date=NOON.date() + timedelta(days=9))

    delivery = Promise.objects.get(order=order, kind="delivery")
    new = Promise.objects.get(order=order, kind="new_date")
    assert delivery.risk == 0.9
    assert new.due_at > delivery.due_at
    assert "PromiseEndangered" in told()
