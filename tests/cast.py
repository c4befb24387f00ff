"""The people of every test: the shop Bottega Luna, its team, a customer, and a stranger from another shop."""

from datetime import UTC, datetime

import pytest

from passaparola.customers.models import Customer, Identity
from passaparola.stores.models import Member, Membership, Role, Store

NOON = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
"""A Wednesday, noon in Faenza."""
PASSWORD = "correct horse battery"


def member(store: Store, name: str, email: str, role: Role, language: str = "en") -> Member:
    person = Member.objects.create_user(email, PASSWORD, name=name, language=language)
    Membership.objects.create(store=store, member=person, role=role)
    return person


@pytest.fixture
def luna(db: None) -> Store:
    return Store.objects.create(
        slug="bottega-luna",
        name="Bottega Luna",
        tagline="Handmade ceramics",
        url="https://bottegaluna.example",
        email="ciao@bottegaluna.example",
        postal_address="via Manfredi 4, 48018 Faenza",
        city="Faenza",
        signature="Sara",
    )


@pytest.fixture
def chiara(luna: Store) -> Member:
    """The owner."""
    return member(luna, "Chiara Luna", "chiara@bottegaluna.example", Role.OWNER)


@pytest.fixture
def sara(luna: Store) -> Member:
    """Customer care."""
    return member(luna, "Sara Bianchi", "sara@bottegaluna.example", Role.AGENT, "it")


@pytest.fixture
def giulia(luna: Store) -> Customer:
    """A customer."""
    customer = Customer.objects.create(
        store=luna,
        first_name="Giulia",
        last_name="Moretti",
        email="giulia@posta.example",
        language="it",
        country="IT",
    )
    Identity.objects.create(store=luna, key="email:giulia@posta.example", customer=customer)
    return customer


@pytest.fixture
def stranger(db: None) -> Member:
    """The owner of another shop: whatever they try here, they see nothing."""
    other = Store.objects.create(slug="altrove", name="Altrove", url="https://altrove.example")
    return member(other, "Ugo Altrove", "ugo@altrove.example", Role.OWNER)
