"""Two taps, two tabs, two people at once, over connections of their own: the money of an order is counted once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.returns import actions
from passaparola.returns.actions import CannotError
from passaparola.returns.models import Return
from passaparola.stores.models import Member, Store

from . import some

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(deed: Callable[[], Any]) -> list[Any]:
    """Do it on several connections at the same moment; return what came of each, refusals as None."""
    barrier = Barrier(AT_ONCE)

    def one(_n: int) -> Any:
        try:
            barrier.wait(10)
            return deed()
        except CannotError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_everything_sent_back_at_once_is_sent_back_once(luna: Store, giulia: Customer) -> None:
    order = some.order(luna, giulia)

    at_once(lambda: some.filed(order, {some.PLATE: 2, some.CUP: 4, some.VASE: 1}, now=NOON))

    told = Return.objects.filter(order=order).standing().aggregate(sum=Sum("amount"))["sum"]
    assert Decimal(0) < told <= order.total
    assert Return.objects.filter(order=order).standing().count() == 1


def test_a_refund_noted_by_several_hands_is_noted_once(luna: Store, giulia: Customer, sara: Member) -> None:
    order = some.order(luna, giulia)
    filed = some.filed(order, {some.VASE: 1}, now=NOON)
    filed.refresh_from_db()
    if filed.approved_at is None:
        actions.approve(filed, by=sara, now=NOON)
    Return.objects.filter(pk=filed.pk).update(received_at=NOON, inspected_at=NOON)

    done = at_once(lambda: actions.refund(filed, by=sara, now=NOON))

    assert sum(1 for one in done if one is not None) == 1
    assert Return.objects.get(pk=filed.pk).steps.filter(state="refunded").count() == 1
