"""`import`: an export of 100,000 orders becomes history, against Django's ORM row by row on a part of it."""

import csv
import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread

from bench.rig import Rig, rig, tree
from bench.table import Row

GOAL, MOST_MEGABYTES = 5_000, 300
HEADER = (
    "Order,Placed at,Paid at,Status,Currency,Total,Shipping,Email,First name,Last name,Language,Phone,"
    "Shipping name,Shipping address,Shipping city,Shipping postcode,Shipping country,Payment method,"
    "Product,SKU,Quantity,Price"
).split(",")
_ONCE = 18
"""Columns about the order as a whole: only its first row has them, as in shop systems' exports."""


def run(*, quick: bool) -> list[Row]:
    """Import into a durable database of its own, with nothing else running."""
    orders = 20_000 if quick else 100_000
    with rig() as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        path = shop.data / "orders.csv"
        rows = write(path, orders)
        sample = shop.data / "sample.csv"
        sampled = write(sample, 600)
        against = sampled / _by_orm(shop, sample)
        seconds, megabytes, summary = _import(shop, path)
    if summary["new"] != orders or summary["bad"]:
        raise RuntimeError(f"Not everything was imported: {summary}")
    rate = rows / seconds
    return [
        Row(
            name="import",
            value=rate,
            unit=f"rows/s ({orders:,} orders, {rows:,} rows)",
            against=against,
            ratio=rate / against,
            goal=f">= {GOAL}/s",
            met=rate >= GOAL,
        ),
        Row(name="import orders", value=orders / seconds, unit="orders/s"),
        Row(
            name="import memory",
            value=megabytes,
            unit="MB at most, all processes",
            goal=f"< {MOST_MEGABYTES} MB",
            met=megabytes < MOST_MEGABYTES,
        ),
    ]


def write(path: Path, orders: int) -> int:
    """Write an export with one to three lines an order and return its rows."""
    rng = Random(7)
    at, rows = datetime(2021, 1, 1, tzinfo=UTC), 0
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for number in range(orders):
            at += timedelta(minutes=rng.randint(1, 30))
            lines = [_line(rng) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
            head = _head(number, at, sum(q * p for _, _, q, p in lines), rng.randint(0, orders // 3))
            for place, (title, sku, quantity, price) in enumerate(lines):
                first = head[1:] if place == 0 else [""] * (_ONCE - 1)
                out.writerow([head[0], *first, title, sku, quantity, f"{price / 100:.2f}"])
            rows += len(lines)
    return rows


def _line(rng: Random) -> tuple[str, str, int, int]:
    product = rng.randint(1, 300)
    return f"Piatto {product}", f"SKU-{product}", rng.randint(1, 4), rng.randint(500, 9000)


def _head(number: int, at: datetime, cents: int, who: int) -> list[str]:
    first, last = f"Nome{who % 500}", f"Cognome{who % 900}"
    when = f"{at:%Y-%m-%d %H:%M:%S} +0100"
    return [
        *(f"A{100_000 + number}", when, when, "paid", "EUR", f"{(cents + 690) / 100:.2f}", "6.90"),
        *(f"kunde{who}@mail.example", first, last, "it", f"+39 333 {who:07d}", f"{first} {last}"),
        *(f"via Roma {who % 200}", "Milano", "20121", "IT", "PayPal"),
    ]


def _import(shop: Rig, path: Path) -> tuple[float, float, dict[str, int]]:
    """Return seconds from start to end of the command, the most memory it took, and what it says."""
    command = [*shop.command("import", "orders", str(path)), "--store", "bench", "--kind", "csv", "--json"]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=shop.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    done, most = Event(), [0.0]
    watch = Thread(target=_watch, args=(process.pid, done, most))
    watch.start()
    said, _ = process.communicate()
    done.set()
    watch.join()
    if process.returncode:
        raise RuntimeError("The import did not end well.")
    return time.perf_counter() - started, most[0], json.loads(said)


def _watch(pid: int, done: Event, most: list[float]) -> None:
    """Sum what the processes use, memory that they share counted once."""
    while not done.wait(0.5):
        total = 0
        for one in tree(pid):
            try:
                lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        most[0] = max(most[0], total / 1024)


_ORM = """
import csv, django, sys, time
django.setup()
from datetime import datetime
from decimal import Decimal
from django.db import transaction
from passaparola.customers.models import Customer
from passaparola.orders.models import Line, Order
from passaparola.stores.models import Store
store = Store.objects.get(slug="bench")
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
started = time.perf_counter()
order, place = None, 0
with transaction.atomic():
    for row in rows:
        if row["Email"]:
            customer, _ = Customer.objects.get_or_create(store=store, email=row["Email"], defaults={
                "first_name": row["First name"], "last_name": row["Last name"], "language": row["Language"]})
            order, _ = Order.objects.update_or_create(store=store, source="orm", external_id=row["Order"], defaults={
                "number": row["Order"], "customer": customer, "currency": row["Currency"], "is_history": True,
                "placed_at": datetime.strptime(row["Placed at"], "%Y-%m-%d %H:%M:%S %z"),
                "total": Decimal(row["Total"]), "email": row["Email"], "payment_state": row["Status"]})
            place = 0
        Line.objects.update_or_create(order=order, external_id=str(place), defaults={
            "title": row["Product"], "sku": row["SKU"], "quantity": int(row["Quantity"]), "position": place,
            "unit_price": Decimal(row["Price"])})
        place += 1
print(time.perf_counter() - started)
"""
"""As one would write it at first: less than our import keeps (no events, no identities), and one commit."""


def _by_orm(shop: Rig, path: Path) -> float:
    """Return the seconds that the ORM takes row by row."""
    command = [sys.executable, "-c", _ORM, str(path)]
    done = subprocess.run(command, env=shop.env, capture_output=True, text=True, check=True)
    return float(done.stdout)
