"""Whose an address is, and which orders somebody sees who has proved one."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Lower

from passaparola.account.models import AccountSession
from passaparola.customers.models import Contact, Customer, Identity
from passaparola.customers.rules import email_key, phone_key
from passaparola.messages.channel import CHANNELS
from passaparola.orders.models import Order, OrderQuerySet
from passaparola.stores.models import Store

MOST_WITH_ONE_ADDRESS = 50
"""People with the same address or number: a till's own number may stand in hundreds of orders."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who can be sent a code."""

    customer_id: int
    address: str
    channel: str


def whose(store: Store, kind: str, address: str) -> Reached | None:
    """Return whom to send a code that is wanted at this address or number; None for nobody we know."""
    return _by_email(store, address) if kind == "email" else _by_phone(store, address)


def _by_email(store: Store, email: str) -> Reached | None:
    named = Identity.objects.filter(store=store, key=email_key(email), customer__erased_at=None)
    home = named.values_list("customer_id", flat=True).first()
    if home is None:
        home = _seen(store, "email", email).values_list("customer_id", flat=True).first()
    return Reached(home, email, "email") if home else None


def _by_phone(store: Store, number: str) -> Reached | None:
    """A code goes to the e-mail of whoever used the number; to the number itself only where it is all we know.

    Whoever orders with somebody's address and a number of their own has their number stand with that person: it
    must open nothing.
    """
    seen = _seen(store, "phone", number).select_related("customer__merged_into")
    people = {(found.customer.merged_into or found.customer) for found in seen[:MOST_WITH_ONE_ADDRESS]}
    if len(people) != 1:  # of several people with one number nobody knows who asks
        return None
    person = people.pop()
    if person.email:
        return Reached(person.pk, person.email, "email")
    is_named = named_by_phone(store.pk, number).exists()
    return Reached(person.pk, number, "sms") if is_named and _can_text() else None


def named_by_phone(store: int, number: str) -> QuerySet[Identity]:
    """What this number names: somebody who left nothing else. Beside an address anybody types any number."""
    return Identity.objects.filter(store=store, key=phone_key(number), customer__erased_at=None)


def _can_text() -> bool:
    return "sms" in CHANNELS and CHANNELS["sms"].is_ready()


def _seen(store: Store, kind: str, value: str) -> QuerySet[Contact]:
    return Contact.objects.filter(
        kind=kind, value=value, customer__store=store, customer__erased_at=None
    ).order_by("customer_id")


def orders_of(session: AccountSession) -> OrderQuerySet:
    """Return the orders of the person signed in: their own, and those placed with the very address they proved.

    An order placed with their address by an account that also has others is theirs to see; that account is not.
    """
    customer = session.customer
    own = Q(customer=customer.merged_into_id or customer.pk)
    if session.kind == "email":
        rows = Customer.objects.filter(
            contacts__kind="email", contacts__value=session.address, store=session.store_id
        )
        own |= Q(customer__in=rows.values(root=Coalesce("merged_into", "pk")), lower_email=session.address)
    orders = Order.objects.real().filter(store=session.store_id)
    return orders.alias(lower_email=Lower("email")).filter(own)
