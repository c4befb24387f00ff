"""Fixtures of returns."""

import pytest

from passaparola.customers.models import Customer
from passaparola.orders.models import Order
from passaparola.stores.models import Store

from . import some


@pytest.fixture
def bought(luna: Store, giulia: Customer) -> Order:
    """Giulia's order, arrived three days ago."""
    return some.order(luna, giulia)
