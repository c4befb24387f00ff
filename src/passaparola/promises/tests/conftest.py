"""A shop that has sold something, and gives money back."""

from decimal import Decimal

import pytest

from passaparola.orders.facts import Facts, RefundFacts
from passaparola.stores.models import Store
from passaparola.tracking.tests.shop import Shop, after


class RefundingShop(Shop):
    def refunds(self, amount: int, *, hours: float) -> None:
        refund = RefundFacts(order_id="1", external_id=f"r{hours}", at=after(hours), amount=Decimal(amount))
        self._record(Facts(refunds=(refund,)))


@pytest.fixture
def shop(luna: Store) -> RefundingShop:
    luna.language = "en"
    luna.save()
    return RefundingShop(luna)
