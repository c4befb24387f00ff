"""Finding people, and everything that happened with one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from passaparola.customers.models import Contact, Customer, CustomerQuerySet, Merge
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.office import sentences, standing
from passaparola.office.paging import Page, page_of
from passaparola.office.queries import messages
from passaparola.office.queries.messages import MessageShown
from passaparola.office.queries.orders import LONGEST_SEARCH, MOST_BY_KEY, standing_of, with_parcels
from passaparola.office.queries.permissions import Permissions, permissions_of
from passaparola.office.sentences import Happening
from passaparola.orders.models import Order
from passaparola.stores.models import Store

MOST_EVENTS, EVENTS_AT_FIRST = 80, 15
MOST_ORDERS = 12
MOST_MESSAGES = 20

CIRCLES: dict[str, Callable[[CustomerQuerySet], CustomerQuerySet]] = {
    "": lambda people: people.filter(last_order_at__isnull=False),
    "returning": lambda people: people.filter(last_order_at__isnull=False, orders_count__gte=2),
    "newsletter": lambda people: people.filter(last_order_at__isnull=False, accepts_marketing=True),
    "without-orders": lambda people: people.filter(last_order_at=None),
}
"""By the word in the address."""


def customers_page(store: Store, asked: Mapping[str, str]) -> Page[Customer]:
    """One page of a shop's people: `asked` has `circle`, `q` and a cursor. A search looks through everybody."""
    people = Customer.objects.filter(store=store, erased_at=None).people()
    text = asked.get("q", "").strip()[:LONGEST_SEARCH].replace("\x00", "")
    if text:
        return page_of(named(store, people, text), asked)
    circle = asked.get("circle", "")
    found = CIRCLES.get(circle, CIRCLES[""])(people)
    return page_of(found, asked, by="" if circle == "without-orders" else "last_order_at")


def named(store: Store, people: CustomerQuerySet, text: str) -> CustomerQuerySet:
    """People by name, address or number: also by one that only a merged record of theirs has."""
    contacts = Contact.objects.filter(customer__store=store, value=text.lower()).values_list(
        "customer_id", "customer__merged_into_id"
    )
    reached = {pk for pair in contacts[:MOST_BY_KEY] for pk in pair if pk}
    words = Customer.objects.filter(store=store).with_words(text)
    return people.filter(
        Q(pk__in=words.values("pk"))
        | Q(pk__in=words.filter(merged_into__isnull=False).values("merged_into"))
        | Q(pk__in=reached)
    )


@dataclass(frozen=True)
class CustomerShown:
    customer: Customer
    orders: Sequence[tuple[Order, standing.Standing]]
    timeline: Sequence[Happening]
    older: Sequence[Happening]
    messages: Sequence[MessageShown]
    contacts: Sequence[Contact]
    merges: Sequence[Merge]
    permissions: Permissions


def show(store: Store, customer_id: int, *, language: str, now: datetime) -> CustomerShown:
    """Raises Customer.DoesNotExist for somebody who is not this shop's."""
    customer = Customer.objects.select_related("merged_into").get(store=store, pk=customer_id)
    ids = customer.all_ids()
    orders = with_parcels(Order.objects.filter(customer__in=ids).real()).order_by("-placed_at", "-pk")
    events = EventRecord.objects.filter(customer_id__in=ids, store_id=store.pk).order_by("-happened_at")
    contacts = Contact.objects.filter(customer__in=ids).order_by("kind", "value")
    written = Message.objects.of_customer(customer).select_related("order")
    merges = Merge.objects.filter(Q(one__in=ids) | Q(other__in=ids), store=store, undone_at=None)
    numbers = dict(Order.objects.filter(customer__in=ids).values_list("pk", "number"))
    lines = sentences.timeline(events[:MOST_EVENTS], store.currency, orders=numbers)
    reached = list({(contact.kind, contact.value): contact for contact in contacts}.values())
    return CustomerShown(
        customer=customer,
        orders=standing_of(orders[:MOST_ORDERS], store, now=now),
        timeline=lines[:EVENTS_AT_FIRST],
        older=lines[EVENTS_AT_FIRST:],
        messages=[messages.shown(message, language) for message in written[:MOST_MESSAGES]],
        contacts=reached,
        permissions=permissions_of(customer, ids, reached),
        merges=list(merges.select_related("one", "other", "made_by").order_by("-made_at")),
    )


def candidates(store: Store, customer: Customer, text: str) -> list[Customer]:
    """Who could be the same person: by what was typed, else by the same family name, phone or country."""
    others = Customer.objects.filter(store=store, erased_at=None).people().exclude(pk=customer.pk)
    text = text.strip()[:LONGEST_SEARCH].replace("\x00", "")
    if not text:
        text = customer.last_name or customer.phone
    return list(named(store, others, text).order_by("-pk")[:10]) if text else []
