"""Recording orders: what sources leave out, imply, or date badly."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from tests.cast import NOON

from passaparola.customers.facts import CustomerFacts
from passaparola.kernel.models import EventRecord
from passaparola.orders import actions
from passaparola.orders.actions import Sourced
from passaparola.orders.facts import Facts, FulfilmentFacts, OrderFacts, RefundFacts
from passaparola.orders.models import Fulfilment, Order, Refund
from passaparola.stores.models import Store


def order(**changes: Any) -> OrderFacts:
    usual = {"external_id": "1", "number": "BL-1", "placed_at": NOON, "updated_at": NOON, "currency": "EUR"}
    return OrderFacts(**(usual | {"total": Decimal(90)} | changes))


def refund(name: str, at: datetime = NOON, amount: int = 10) -> RefundFacts:
    return RefundFacts(order_id="1", external_id=name, at=at, amount=Decimal(amount))


def record(store: Store, *told: Facts) -> None:
    with transaction.atomic():
        actions.record([Sourced(store.pk, "shopify", facts) for facts in told], now=NOON)


def test_a_source_that_names_no_currency_means_the_stores(luna: Store) -> None:
    record(luna, Facts(orders=(order(currency=""),)))

    assert Order.objects.get().currency == "EUR"


def test_a_refund_that_comes_before_its_order_waits_for_it(luna: Store) -> None:
    record(luna, Facts(refunds=(refund("r1"),)))
    assert not EventRecord.objects.filter(kind="OrderRefunded").exists()

    record(luna, Facts(orders=(order(),)))

    assert EventRecord.objects.filter(kind="OrderRefunded").count() == 1
    assert Order.objects.real().get().customer is not None


def test_a_refund_keeps_the_earliest_time_that_was_told(luna: Store) -> None:
    record(luna, Facts(orders=(order(),), refunds=(refund("r1", NOON + timedelta(days=3)),)))

    record(luna, Facts(refunds=(refund("r1"),)))

    assert Refund.objects.get().made_at == NOON


def test_what_an_export_implied_gives_way_to_what_the_shop_tells(luna: Store) -> None:
    implied = FulfilmentFacts(order_id="1", external_id="1-export", at=NOON)
    told = FulfilmentFacts(order_id="1", external_id="f7", at=NOON, numbers=("A1",))
    record(luna, Facts(orders=(order(),), fulfilments=(implied,), refunds=(refund("1-export"),)))

    record(luna, Facts(fulfilments=(told,), refunds=(refund("r1"),)))
    record(luna, Facts(fulfilments=(implied,), refunds=(refund("1-export"),)))

    assert [f.external_id for f in Fulfilment.objects.all()] == ["f7"]
    assert [r.external_id for r in Refund.objects.all()] == ["r1"]


def test_texts_longer_than_our_columns_are_cut_not_refused(luna: Store) -> None:
    record(luna, Facts(orders=(order(number="N" * 500, cancel_reason="\x00x"),)))

    assert len(Order.objects.get().number) == 60


@pytest.mark.parametrize(
    ("written", "kept"),
    [("a\x00b", "ab"), ("a\\u0000b", "a\\u0000b"), ("\\\x00b", "\\b"), ("a\ud800b", "a?b")],
)
def test_signs_that_no_database_stores_are_left_out_and_nothing_else(
    luna: Store, written: str, kept: str
) -> None:
    record(luna, Facts(orders=(order(note=written),)))

    assert Order.objects.get().note == kept


def test_a_tracking_number_too_long_for_any_carrier_is_left_out(luna: Store) -> None:
    numbers = ("A" * 200 + "1", "A" * 200 + "2", "081544210")
    sent = FulfilmentFacts(order_id="1", external_id="f1", at=NOON, numbers=numbers)

    record(luna, Facts(orders=(order(),), fulfilments=(sent,)))

    assert Fulfilment.objects.get().numbers == ["081544210"]


def test_somebody_who_bought_more_than_can_be_counted_can_still_order(luna: Store) -> None:
    buyer = CustomerFacts(email="anna@posta.example")
    many = [order(external_id=str(n), customer=buyer, total=Decimal(99999999999)) for n in range(14)]

    record(luna, *(Facts(orders=(one,)) for one in many))

    assert Order.objects.count() == 14
