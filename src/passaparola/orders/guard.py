"""Pages at an order's signed link: whoever has the link sees this one order, in its shop's look and language."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from passaparola.customers.models import Customer
from passaparola.kernel.database.prepared import columns_of, instance_of, prepared_cursor, width_of
from passaparola.kernel.ui.languages import LANGUAGES, language_of
from passaparola.kernel.ui.shell import CustomerShell
from passaparola.orders.links import PURPOSE, read_link
from passaparola.orders.models import Order
from passaparola.stores.hosts import may_show
from passaparola.stores.look import nobodys_shell, shell_of_store
from passaparola.stores.models import Store

View = Callable[..., HttpResponse]
LONGEST_TOKEN = 100
"""None of ours is longer."""


class LinkRequest(HttpRequest):
    """A request of somebody with an order's link."""

    order: Order
    store: Store
    token: str
    shell: CustomerShell
    """The frame of the page: pass it on as `shell`."""


def by_order_link(view: View) -> View:
    """Open a view `(request, token, …)` to whoever has the order's link; all others get the same 404.

    The link is the key: pages are kept by nobody and stand in no index.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = find_order(token, now=datetime.now(UTC))
        if (
            found is None
            or (found.customer and found.customer.erased_at)
            or not may_show(request, found.store.slug)
        ):
            return _closed(gone(request))
        asked: Any = request  # our own attributes on Django's request; LinkRequest declares them
        asked.order, asked.store, asked.token = found, found.store, token
        language = _language(request, found)
        with translation.override(language), timezone.override(found.store.zone):
            asked.shell = shell_of_store(found.store, language)
            return _closed(view(request, token, *args, **kwargs))

    guarded.is_by_order_link = True  # type: ignore[attr-defined]  # the tests ask every address for it
    return guarded


def find_order(token: str, *, now: datetime, purpose: str = PURPOSE) -> Order | None:
    """Return the order that a link opens, with its store and customer; None where it opens nothing (any more)."""
    opened = read_link(token, now=now, purpose=purpose) if len(token) <= LONGEST_TOKEN else None
    if opened is None:
        return None
    with connection.wrap_database_errors, prepared_cursor() as cursor:
        row = cursor.execute(_ONE, [opened.order, opened.epoch]).fetchone()
    if row is None:
        return None
    found = instance_of(Order, row[:_STORE_AT])
    found.store = instance_of(Store, row[_STORE_AT:_CUSTOMER_AT])
    found.customer = instance_of(Customer, row[_CUSTOMER_AT:]) if found.customer_id else None
    return found


# Each page at a link begins with this: through the ORM it was a third of the first page of a return.
_ONE = f"""
SELECT {columns_of(Order, "o")}, {columns_of(Store, "s")}, {columns_of(Customer, "c")}
  FROM orders_order o JOIN stores_store s ON s.id = o.store_id LEFT JOIN customers_customer c ON c.id = o.customer_id
 WHERE o.id = %s AND o.link_epoch = %s AND o.placed_at IS NOT NULL AND o.deleted_at IS NULL"""
_STORE_AT = width_of(Order)
_CUSTOMER_AT = _STORE_AT + width_of(Store)


def _language(request: HttpRequest, order: Order) -> str:
    wish = request.GET.get("lang", "")
    theirs = order.customer.language if order.customer else ""
    return language_of(wish if wish in LANGUAGES else "", order.language, theirs, order.store.language)


def gone(request: HttpRequest) -> HttpResponse:
    """The one answer to every link that opens nothing: forged, ended, erased; nobody learns which."""
    return render(request, "stores/gone.html", {"shell": nobodys_shell()}, status=404)


def _closed(response: HttpResponse) -> HttpResponse:
    # `same-origin`, not `no-referrer`: with none at all browsers send forms with the origin `null`, which the
    # check against forged forms refuses.
    for name, value in (
        ("Cache-Control", "private, no-store"),
        ("Referrer-Policy", "same-origin"),
        ("X-Robots-Tag", "noindex"),
    ):
        response.headers.setdefault(name, value)
    return response
