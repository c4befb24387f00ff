"""One customer with fifty orders among two thousand others; run as a program, it measures and prints."""

import json
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

PAGES, WARM, TURNS, HOMES = 150, 20, 9, 60

# A full drawer: orders of the same shop as plain as can be, written by the database itself.
_MORE = """
INSERT INTO orders_order (store_id, source, external_id, version, number, placed_at, currency, total, subtotal,
       shipping, tax, discount, payment_state, payment_method, cancel_reason, is_test, is_history, language, email,
       phone, note, discount_codes, shipping_method, shipping_address, billing_address, search, page_version)
SELECT %s, 'more', 'm' || n, '', 'M-' || n, now() - n * interval '1 minute', 'EUR', 10, 10, 0, 0, 0, 'paid', '', '',
       false, true, 'it', 'm' || n || '@posta.example', '', '', '[]', '', '{}', '{}', 'm-' || n, 0
  FROM generate_series(1, %s) AS n"""


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    from bench._page_orders import _write
    from passaparola.orders.models import Order
    from passaparola.stores.models import Store

    store, now = Store.objects.get(), datetime.now(UTC)
    _write(store, now.replace(microsecond=0))
    token = _somebody(store, now)
    found: dict[str, Any] = _home(store, token)
    ids = list(Order.objects.order_by("pk").values_list("pk", flat=True)[:2000])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    full = str(connection.settings_dict["NAME"])
    _use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE few TEMPLATE "{full}"')
    _use(full)
    with connection.cursor() as cursor:
        cursor.execute(_MORE, [store.pk, int(sys.argv[1])])
        cursor.execute("VACUUM ANALYZE orders_order")
        cursor.execute("CHECKPOINT")  # now, not in the middle of a turn
    found["page"], found["page_full"] = _pages(("few", full), ids, now)
    print(json.dumps(found))


def _somebody(store: Any, now: datetime) -> str:
    """Give fifty of the orders to one customer, and a session to them."""
    from passaparola.account.actions import open_session
    from passaparola.customers.models import Contact, Identity
    from passaparola.orders.models import Order

    orders = list(Order.objects.order_by("pk")[:50])
    customer = orders[0].customer
    assert customer is not None
    identity = Identity.objects.create(store=store, key=f"email:{customer.email}", customer=customer)
    Contact.objects.create(customer=customer, kind="email", value=customer.email)
    Order.objects.filter(pk__in=[one.pk for one in orders]).update(customer=customer, identity=identity)
    old = [one.pk for one in orders[5:]]
    Order.objects.filter(pk__in=old).update(
        placed_at=now - timedelta(days=200), delivered_at=now - timedelta(days=195)
    )
    return open_session(
        store.pk, customer=customer.pk, kind="email", address=customer.email, browser="", now=now
    )


def _home(store: Any, token: str) -> dict[str, float]:
    import psycopg
    from django.test import Client

    client, path = Client(headers={"host": "127.0.0.1"}), f"/s/{store.slug}/account/"
    client.cookies["account"] = token
    asked: list[str] = []
    execute = psycopg.Cursor.execute

    def counted(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(str(query))
        return execute(self, query, *args, **kwargs)

    for _ in range(5):
        answer = client.get(path)
    psycopg.Cursor.execute = counted  # type: ignore[method-assign, assignment]  # counted where they leave
    asked.clear()
    answer = client.get(path)
    psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    assert answer.status_code == 200, answer.status_code
    costs = []
    for _ in range(HOMES):
        before = time.process_time()
        client.get(path)
        costs.append((time.process_time() - before) * 1000)
    return {"queries": len(asked), "home": median(costs), "bytes": len(answer.content)}


def _use(database: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = database


def _pages(databases: tuple[str, str], ids: list[int], now: datetime) -> list[float]:
    """Return the median over turns of what making one page takes in each, the database's work included.

    They take turns, so that whatever else the machine does meets both.
    """
    costs: tuple[list[float], list[float]] = ([], [])
    for turn in range(TURNS + 1):
        for database, cost in zip(databases, costs, strict=True):
            _use(database)
            cost.append(_turn(random.Random(turn).sample(ids, PAGES + WARM), now))
    return [median(cost[1:]) for cost in costs]


def _turn(chosen: list[int], now: datetime) -> float:
    from passaparola.account import pages

    for pk in chosen[:WARM]:  # a new connection prepares its statements
        pages.make(pk, "en", now=now)
    before = time.perf_counter()
    for pk in chosen[WARM:]:
        pages.make(pk, "en", now=now)
    return (time.perf_counter() - before) / PAGES * 1000


if __name__ == "__main__":
    main()
