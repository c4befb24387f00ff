"""Fixtures for the customer's pages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.cast import NOON

from passaparola.account import actions, guard
from passaparola.account.kept import SHELF
from passaparola.customers.models import Contact, Customer, Identity
from passaparola.orders.links import order_path
from passaparola.orders.models import Order
from passaparola.stores.models import Store

from . import orders


@pytest.fixture(autouse=True)
def _empty_shelf() -> Iterator[None]:
    """No test sees the pages that another one has kept."""
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture
def giulias(luna: Store, giulia: Customer) -> Order:
    """Giulia's order, on the van since this morning, as recording it would have kept it."""
    Contact.objects.create(customer=giulia, kind="email", value=giulia.email)
    made = orders.order(luna, giulia, identity=Identity.objects.get(customer=giulia))
    orders.on_the_van(made)
    return made


@pytest.fixture
def look(client: Client) -> Callable[..., str]:
    """Open an order's page as its customer does, and return what it says."""

    def opened(order: Order, query: str = "") -> str:
        response = client.get(order_path(order.pk, now=NOON) + query)
        assert response.status_code == 200
        return response.content.decode()

    return opened


@pytest.fixture
def signed_in(giulias: Order, giulia: Customer) -> Client:
    """Giulia's browser."""
    client = Client()
    token = actions.open_session(
        giulia.store_id,
        customer=giulia.pk,
        kind="email",
        address=giulia.email,
        browser="Firefox, Android",
        now=datetime.now(UTC),
    )
    client.cookies[guard.COOKIE] = token
    return client
