"""The kept page: the same answer as Django's, never stale, never for somebody else's link."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import brotli
import pytest
from django.db import OperationalError, transaction
from django.test import Client
from tests.cast import NOON

from passaparola.account import fast, pages, queries
from passaparola.account.kept import SHELF, Made, Shelf
from passaparola.account.tests import orders
from passaparola.customers.models import Customer
from passaparola.orders import actions
from passaparola.orders.links import order_path, order_token
from passaparola.orders.models import Order
from passaparola.products.models import Product
from passaparola.stores.models import Store

Change = Callable[[Order], Any]


def request(path: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {"PATH_INFO": path, "REQUEST_METHOD": method, "QUERY_STRING": query, **headers}


def path_of(order: Order) -> str:
    return order_path(order.pk, now=datetime.now(UTC))


@pytest.fixture
def kept(client: Client, giulias: Order) -> Order:
    """An order whose page has been looked at once."""
    assert client.get(path_of(giulias)).status_code == 200
    return giulias


def body(path: str) -> bytes | None:
    """What the fast way answers."""
    response = fast.serve(request(path))
    return b"".join(response[2]) if response else None


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("encoding", ["", "gzip", "gzip, br"])
def test_the_fast_answer_is_djangos_answer(client: Client, kept: Order, method: str, encoding: str) -> None:
    slow = client.generic(method, path_of(kept), headers={"accept-encoding": encoding})
    quick = fast.serve(request(path_of(kept), method, HTTP_ACCEPT_ENCODING=encoding))

    assert quick
    assert quick[0] == "200 OK"
    assert b"".join(quick[2]) == slow.content
    assert dict(quick[1]) == dict(slow.headers)


def test_what_is_squeezed_unfolds_to_the_page(kept: Order) -> None:
    plain = fast.serve(request(path_of(kept)))
    squeezed = fast.serve(request(path_of(kept), HTTP_ACCEPT_ENCODING="gzip, deflate, br"))

    assert plain
    assert squeezed
    assert brotli.decompress(b"".join(squeezed[2])) == b"".join(plain[2])


def test_who_has_the_page_gets_nothing_twice(client: Client, kept: Order) -> None:
    first = fast.serve(request(path_of(kept)))
    assert first
    etag = dict(first[1])["ETag"]

    again = fast.serve(request(path_of(kept), HTTP_IF_NONE_MATCH=f'"x", W/{etag}'))

    assert again
    assert (again[0], b"".join(again[2])) == ("304 Not Modified", b"")
    slow = client.get(path_of(kept), headers={"if-none-match": etag})
    assert slow.status_code == 304
    assert {**slow.headers} == {**dict(again[1]), "Content-Length": "0", "Content-Type": slow["Content-Type"]}


CHANGES: dict[str, Change] = {
    "news of the parcel": lambda order: actions.touch([order.pk]),
    "an edit": lambda order: Order.objects.filter(pk=order.pk).update(payment_method="PayPal"),
    "a new look": lambda order: Store.objects.filter(pk=order.store_id).update(brand_colour="#224466"),
    "another name": lambda order: Customer.objects.filter(pk=order.customer_id).update(first_name="Anna"),
    "a care note": lambda order: Product.objects.update(care_en="Keep it dry."),
    "a product heard of": lambda order: Product.objects.create(
        store=order.store, source="shopify", external_id="product-1", title="Tazza", version="1"
    ),
    "the order deleted": lambda order: Order.objects.filter(pk=order.pk).update(deleted_at=NOON),
    "the person erased": lambda order: Customer.objects.filter(pk=order.customer_id).update(erased_at=NOON),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_kept_page_is_never_stale(client: Client, luna: Store, giulias: Order, change: Change) -> None:
    orders.care_note(luna)
    before = body(path_of(giulias))

    with transaction.atomic():  # as outside tests: a change has a transaction of its own
        change(giulias)

    made = pages.make(giulias.pk, "", now=datetime.now(UTC))
    assert before
    assert body(path_of(giulias)) == (made.html if made else None)


def test_today_ends_at_midnight_in_the_shop(giulias: Order) -> None:
    made = Made(b"x", "e", "en", "bottega-luna", queries.stamp(giulias.pk, 0) or (), NOON)
    SHELF.keep(giulias.pk, "", made)
    path = order_path(giulias.pk, now=NOON)

    before = fast.serve(request(path), now=NOON - timedelta(seconds=1))
    after = fast.serve(request(path), now=NOON)

    assert before
    assert after
    assert before[2] == [b"x"]
    assert after[2] != [b"x"]


def test_a_kept_page_is_for_its_own_link_only(kept: Order, luna: Store) -> None:
    orders.order(luna, number="BL-2", external_id="2")
    now = datetime.now(UTC)
    good = order_token(kept.pk, now=now)

    for token in (
        good[:-1],
        good + "A",
        "",
        "../" + good,
        order_token(0, now=now),
    ):
        assert fast.serve(request(f"/o/{token}/")) is None
    assert fast.serve(request(f"/o/{good}/"), now=now + timedelta(days=700)) is None


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "GET"), ("/o/", "GET"), ("/office/", "GET"), ("/o/x", "GET"), (f"/o/{300 * 'x'}/", "GET")],
)
def test_all_else_is_left_to_django(path: str, method: str) -> None:
    assert fast.serve(request(path, method)) is None


def test_nothing_is_posted_to_a_kept_page(kept: Order) -> None:
    assert fast.serve(request(path_of(kept), "POST")) is None


def test_each_language_is_kept_by_itself(client: Client, kept: Order) -> None:
    italian, own = (
        fast.serve(request(path_of(kept) + "?lang=it")),
        fast.serve(request(path_of(kept) + "?lang=xx")),
    )
    assert italian
    assert own
    assert (dict(italian[1])["Content-Language"], dict(own[1])["Content-Language"]) == ("it", "en")


def test_a_database_that_was_away_is_djangos_business(kept: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: int) -> None:
        raise OperationalError

    monkeypatch.setattr(queries, "stamp", away)
    monkeypatch.setattr(queries, "rows", away)
    monkeypatch.setattr(fast.connection, "close", lambda: None)

    assert fast.serve(request(path_of(kept))) is None


def test_the_shelf_stays_within_its_bounds() -> None:
    shelf = Shelf(most_bytes=100_000)
    made = Made(b"x" * 1000, "e", "en", "bottega-luna", (), NOON + timedelta(days=1))

    for order in range(1000):
        shelf.keep(order, "", made)
        shelf.find(0, "", now=NOON)

    assert shelf.weight <= 100_000
    assert shelf.find(0, "", now=NOON)
    assert shelf.find(1, "", now=NOON) is None
    assert shelf.find(999, "", now=NOON)


def test_a_page_that_cannot_be_made_is_left_to_django(
    giulias: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise KeyError("rows")

    monkeypatch.setattr(queries, "rows", broken)

    assert fast.serve(request(path_of(giulias))) is None
