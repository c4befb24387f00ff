"""`mail`: confirmations per second, each rendered for one person, handed to a mail server and recorded.

Orders are recorded first, with no worker running; then two workers start on the waiting mails. The server is
postfix's `smtp-sink` where it is installed, else a small one in Python, which costs more of the processors.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg

from bench.rig import Rig, await_port, cpu_seconds, free_port, rig
from bench.sink import Sink
from bench.table import Row, rounds

GOAL = 2_000
WORKERS = 2
SMTP_SINK = shutil.which("smtp-sink", path="/usr/sbin:/usr/lib/postfix/sbin:/usr/bin:/usr/local/sbin")


def run(*, quick: bool) -> list[Row]:
    """Time the outbox from the first hundred mails to the last one recorded as sent."""
    count, turns = (6_000, 1) if quick else (20_000, 3)
    rates, costs = [], []
    with _sink() as url, rig(MAIL_URL=url) as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        for turn in range(turns):
            _ask(shop, first=turn * count + 1, count=count)
            rate, cost = _send_all(shop, turn * count, count)
            rates.append(rate)
            costs.append(cost)
    rate = rounds(rates)
    return [
        Row(name="mail", value=rate, unit="mails/s", goal=f">= {GOAL:,}/s", met=rate >= GOAL),
        Row(name="mail cost", value=rounds(costs), unit=f"ms CPU/mail ({WORKERS} workers)"),
    ]


@contextmanager
def _sink() -> Iterator[str]:
    if SMTP_SINK is None:
        with Sink() as sink:
            yield sink.url
        return
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [SMTP_SINK, *user, f"127.0.0.1:{port}", "1000"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        await_port(port)
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _ask(shop: Rig, *, first: int, count: int) -> None:
    """Record orders in a process of its own; their confirmations are asked for and wait."""
    command = [sys.executable, "-c", f"from bench.mail import seed; seed({first}, {count})"]
    done = subprocess.run(command, env=shop.env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)


def seed(first: int, count: int) -> None:
    """Record orders set-based, as the inbound loop does."""
    import django

    django.setup()
    from django.db import transaction

    from bench.orders import order
    from passaparola.orders import actions
    from passaparola.orders.actions.record import Sourced
    from passaparola.orders.connectors.shopify.order import order_changed
    from passaparola.stores.models import Store

    store, now = Store.objects.get(slug="bench"), datetime.now(UTC)
    at = now - timedelta(seconds=5)
    for start in range(first, first + count, 500):
        numbers = range(start, min(start + 500, first + count))
        payloads = [order(number, at, customers=1_000_000) for number in numbers]
        batch = [Sourced(store.pk, "shopify", order_changed(p, now)) for p in payloads]
        with transaction.atomic():
            actions.record(batch, now=now)


def _send_all(shop: Rig, before: int, count: int) -> tuple[float, float]:
    """Start the workers, and return mails per second and CPU per mail."""
    processes = [shop.start("worker") for _ in range(WORKERS)]
    with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True) as line:
        began = _await(line, before + min(500, count // 10))
        cpu, started = sum(cpu_seconds(p.pid) for p in processes), time.perf_counter()
        ended = _await(line, before + count)
        seconds = time.perf_counter() - started
        cost = (sum(cpu_seconds(p.pid) for p in processes) - cpu) / (ended - began) * 1e3
    for process in processes:
        shop.end(process)
    return (ended - began) / seconds, cost


def _await(line: psycopg.Connection, wanted: int, seconds: float = 300) -> int:
    """Wait until so many mails are recorded as sent; return how many are."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        row = line.execute("SELECT count(*) FROM outgoing_message WHERE sent_at IS NOT NULL").fetchone()
        if row and row[0] >= wanted:
            return int(row[0])
        time.sleep(0.05)
    states = line.execute("SELECT reason, count(*) FROM outgoing_message GROUP BY 1").fetchall()
    raise TimeoutError(f"{row} of {wanted} mails went out; reasons: {states}")
