"""Whom a template is shown for: a real customer with their newest order, or a made-up one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passaparola.customers.models import Customer
from passaparola.messages.kind import MessageKind
from passaparola.messages.letters import Letters
from passaparola.messages.people import People
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.example import example
from passaparola.messages.rules.language import language_of
from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel

FOUND_AT_ONCE = 8
_DIGITS = 18
"""Of the largest number a row can have."""


@dataclass(frozen=True)
class _Trial:
    """A message that is never sent."""

    store_id: int
    customer_id: int
    order_id: int | None
    parcel_id: int | None
    language: str
    data: dict[str, Any]
    to_address: str = ""
    pk: int = 0
    template_id: int | None = None


def data_for(
    store: Store, kind: MessageKind, language: str, customer: Customer | None, now: datetime
) -> dict[str, Any]:
    """Return the data to show a template with. Without an order to speak of, the made-up customer serves."""
    order = _newest_order(store, customer) if customer else None
    if customer is None or (kind.needs_order and order is None):
        return content(example(store, kind, language, now))
    parcel = (
        Parcel.objects.filter(order=order).order_by("-pk").first() if order and kind.is_about_parcel else None
    )
    trial = _Trial(
        store_id=store.pk,
        customer_id=customer.pk,
        order_id=order.pk if order and kind.needs_order else None,
        parcel_id=parcel.pk if parcel else None,
        language=language,
        data=dict(kind.example),
    )
    return Letters.of([(trial, kind)], {store.pk: store}, now).letter(trial, kind).data


def language_for(store: Store, customer: Customer) -> str:
    """Return the language in which this customer is written to: chosen as it is when a letter goes out."""
    person, order = People.of([customer.pk]).get(customer.pk), _newest_order(store, customer)
    return language_of(person.spoken if person else "", order.language if order else "", store.language)


def _newest_order(store: Store, customer: Customer) -> Order | None:
    ours = Order.objects.filter(store=store, customer__in=customer.all_ids(), deleted_at=None)
    return ours.order_by("-placed_at").first()


def find(store: Store, words: str) -> list[Customer]:
    """Return customers whose name or address begins as typed."""
    people = Customer.objects.filter(store=store, erased_at=None).people()
    found = people.with_words(words) if words.strip() else people
    return list(found.order_by("-last_order_at")[:FOUND_AT_ONCE])


def chosen(store: Store, number: str) -> Customer | None:
    """Return the customer that a form names; None for a made-up one, or one that is not this shop's."""
    ours = Customer.objects.filter(store=store, erased_at=None)
    return ours.filter(pk=int(number)).first() if number.isdecimal() and len(number) <= _DIGITS else None
