"""Finding orders: by what people remember of them, and by how they stand."""

from collections.abc import Callable, Mapping

from django.db.models import Prefetch, Q

from passaparola.customers.models import Contact
from passaparola.office.paging import Page, page_of
from passaparola.orders.models import Order, OrderQuerySet
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel
from passaparola.tracking.numbers import number_in

MOST_BY_KEY = 200
"""So many orders of one person or number at most; the words find the rest."""
LONGEST_SEARCH = 120

STANDINGS: dict[str, Callable[[OrderQuerySet], OrderQuerySet]] = {
    "": OrderQuerySet.real,
    "to-ship": OrderQuerySet.to_ship,
    "under-way": OrderQuerySet.under_way,
    "late": lambda orders: orders.real().filter(pk__in=Parcel.objects.late().values("order")),
    "problems": lambda orders: orders.real().filter(
        Q(pk__in=Parcel.objects.in_trouble().values("order"))
        | Q(pk__in=Parcel.objects.unsure().values("order"))
    ),
    "delivered": OrderQuerySet.delivered,
    "cancelled": OrderQuerySet.cancelled,
}
"""By the word in the address."""


def orders_page(store: Store, asked: Mapping[str, str]) -> Page[Order]:
    """One page of a shop's orders: `asked` has `standing`, `q` and a cursor."""
    standing = STANDINGS.get(asked.get("standing", ""), OrderQuerySet.real)
    orders = with_parcels(standing(Order.objects.filter(store=store)))
    text = asked.get("q", "").strip()[:LONGEST_SEARCH].replace("\x00", "")
    if not text:
        return page_of(orders, asked, by="placed_at")
    found = page_of(orders.filter(_named(store, text)), asked, by="placed_at")
    # Only what no word begins with (the 10240 of BL-10240) is worth reading the whole shop.
    return found if found.rows else page_of(_containing(orders, text), asked, by="placed_at")


def with_parcels(orders: OrderQuerySet) -> OrderQuerySet:
    """With what a list shows beside the order itself: two statements, however many orders."""
    parcels = Parcel.objects.select_related("tracker").order_by("pk")
    return orders.select_related("customer").prefetch_related(Prefetch("parcels", queryset=parcels))


def _named(store: Store, text: str) -> Q:
    """Words of the order itself, a tracking number, or any address its customer ever used.

    The latter two are asked for first, each by its own index: joined in one statement they would keep
    PostgreSQL from using any.
    """
    numbers = Parcel.objects.filter(store=store, tracker__key=number_in(text))
    contacts = Contact.objects.filter(customer__store=store, value=text.lower()).values_list(
        "customer_id", "customer__merged_into_id"
    )
    people = {pk for pair in contacts[:MOST_BY_KEY] for pk in pair if pk}
    return (
        Q(pk__in=Order.objects.filter(store=store).with_words(text).values("pk"))
        | Q(pk__in=list(numbers.values_list("order_id", flat=True)[:MOST_BY_KEY]))
        | Q(customer__in=people)
    )


def _containing(orders: OrderQuerySet, text: str) -> OrderQuerySet:
    for word in text.lower().split():
        orders = orders.filter(search__contains=word)
    return orders
