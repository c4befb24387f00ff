"""What goes wrong becomes one story, and ends when nobody waits any more."""

from datetime import timedelta

import pytest
from tests.cast import NOON

from passaparola.cases import actions
from passaparola.cases.actions import NotSettledError, Trouble
from passaparola.cases.models import Case
from passaparola.customers.models import Customer
from passaparola.kernel.models import EventRecord
from passaparola.orders.models import Order
from passaparola.promises import actions as promises
from passaparola.promises.actions import Promised
from passaparola.promises.tests.conftest import RefundingShop as Shop
from passaparola.stores.models import Member, Store
from passaparola.tracking.carrier import ScanState

pytestmark = pytest.mark.django_db
LONG_AFTER = NOON + timedelta(days=40)


def told() -> list[str]:
    return list(
        EventRecord.objects.filter(kind__startswith="Case").order_by("pk").values_list("kind", flat=True)
    )


def trouble(
    order: Order | None = None, *, key: str = "complaint:1", kind: str = "complaint", **more
) -> Trouble:
    store = order.store_id if order else more.pop("store_id")
    return Trouble(store_id=store, key=key, kind=kind, order_id=order.pk if order else None, **more)


def test_troubles_of_one_order_are_one_case(shop: Shop) -> None:
    order = _order(shop)

    new = actions.report([trouble(order), trouble(order, key="review:1", kind="bad_review")], now=NOON)
    again = actions.report([trouble(order), trouble(order, key="late:1", kind="late_parcel")], now=NOON)

    assert (new, again) == (2, 1)
    case = Case.objects.get()
    assert case.troubles.count() == 3
    assert (case.cause, case.severity) == ("bad_review", 5)
    assert sorted(told()) == ["CaseJoined", "CaseJoined", "CaseOpened"]


def test_a_persons_trouble_joins_their_only_open_case(shop: Shop) -> None:
    order = _order(shop)
    actions.report([trouble(order)], now=NOON)

    actions.report(
        [trouble(key="score:1", kind="low_score", store_id=order.store_id, customer_id=order.customer_id)],
        now=NOON,
    )

    assert Case.objects.get().troubles.count() == 2


def test_a_person_without_a_case_gets_one_of_their_own(luna: Store, giulia: Customer) -> None:
    actions.report([trouble(store_id=luna.pk, customer_id=giulia.pk)], now=NOON)
    actions.report([trouble(key="complaint:2", store_id=luna.pk, customer_id=giulia.pk)], now=NOON)

    assert Case.objects.get().customer == giulia


def test_a_case_nobody_took_on_closes_when_its_last_trouble_is_over(shop: Shop) -> None:
    order = _order(shop)
    actions.report([trouble(order), trouble(order, key="late:1", kind="late_parcel")], now=NOON)

    actions.settle([(order.store_id, "late:1")], now=NOON)
    assert Case.objects.get().closed_at is None
    actions.settle([(order.store_id, "complaint:1")], now=NOON)

    assert Case.objects.get().closed_at == NOON
    assert "CaseClosed" in told()


def test_whoever_took_it_on_has_the_last_word(shop: Shop, sara: Member) -> None:
    order = _order(shop)
    actions.report([trouble(order)], now=NOON)
    Case.objects.update(owner=sara)

    actions.settle([(order.store_id, "complaint:1")], now=NOON)
    assert Case.objects.get().closed_at is None
    actions.close(Case.objects.get(), by=sara, now=NOON)

    assert Case.objects.get().closed_by == sara


def test_a_case_stays_open_while_a_promise_of_it_stands(shop: Shop, sara: Member) -> None:
    order = _order(shop)
    actions.report([trouble(order)], now=NOON)
    said = Promised(
        store_id=order.store_id,
        key="call:1",
        kind="call_back",
        words="La richiamo domani",
        due_at=NOON + timedelta(days=1),
        order_id=order.pk,
        said_in="reply",
    )
    promises.make([said], now=NOON)

    with pytest.raises(NotSettledError):
        actions.close(Case.objects.get(), by=sara, now=NOON)
    promises.keep([(order.store_id, "call:1")], at=NOON, now=NOON)
    actions.close(Case.objects.get(), by=sara, now=NOON)

    assert Case.objects.get().closed_at == NOON


def test_after_closing_a_new_trouble_is_a_new_case(shop: Shop, sara: Member) -> None:
    order = _order(shop)
    actions.report([trouble(order)], now=NOON)
    actions.close(Case.objects.get(), by=sara, now=NOON)

    actions.report([trouble(order, key="complaint:2")], now=NOON)

    assert Case.objects.filter(closed_at=None).count() == 1
    assert Case.objects.count() == 2


def test_a_broken_promise_opens_a_case_and_coming_after_all_closes_it(shop: Shop) -> None:
    order = _order(shop)
    promises.sweep(now=LONG_AFTER)
    case = Case.objects.get()
    assert case.order == order

    shop.now = LONG_AFTER
    shop.sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP), (900, ScanState.DELIVERED))

    case.refresh_from_db()
    assert case.closed_at == LONG_AFTER
    assert told().count("CaseOpened") == 1


def test_a_breach_heard_of_when_it_was_over_is_a_case_that_opens_and_closes(shop: Shop) -> None:
    shop.sells().sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP), (700, ScanState.DELIVERED))

    promises.sweep(now=LONG_AFTER)

    assert Case.objects.get().closed_at == LONG_AFTER
    assert sorted(told()) == ["CaseClosed", "CaseOpened"]


def test_a_trouble_of_nobody_is_no_case(luna: Store) -> None:
    assert actions.report([trouble(store_id=luna.pk)], now=NOON) == 1

    assert not Case.objects.exists()


def _order(shop: Shop) -> Order:
    shop.sells()
    return Order.objects.get()
