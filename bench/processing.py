"""`processing`: orders per second from receipt to facts, events and the confirmation asked for."""

import time

import psycopg

from bench.load import fire, post
from bench.orders import signed
from bench.rig import Rig, await_port, cpu_seconds, free_port, rig
from bench.table import Row, rounds

GOAL = 700


def run(*, quick: bool) -> list[Row]:
    """Post orders over HTTP and stop the clock when the last confirmation has been asked for."""
    count, turns = (2_000, 2) if quick else (8_000, 3)
    rates, costs = [], []
    with rig(PASSAPAROLA_WEB_PROCESSES="1", PASSAPAROLA_WEB_THREADS="4") as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        opened = shop.ask("connect", "bench", "shopify")
        path = "/" + opened["address"].split("/", 3)[3]
        port = free_port()
        processes = [shop.start("web", "--port", str(port)), shop.start("worker"), shop.start("worker")]
        await_port(port)
        for turn in range(turns):
            first = turn * count + 1
            requests = [post(port, path, *signed(first + i, opened["secret"])) for i in range(count)]
            before = sum(cpu_seconds(p.pid) for p in processes)
            started = time.perf_counter()
            fire(port, requests)
            _await_all(shop, first + count - 1)
            rates.append(count / (time.perf_counter() - started))
            costs.append((sum(cpu_seconds(p.pid) for p in processes) - before) / count * 1e3)
    rate = rounds(rates)
    return [
        Row(name="processing", value=rate, unit="orders/s", goal=f">= {GOAL}/s", met=rate >= GOAL),
        Row(name="processing cost", value=rounds(costs), unit="ms CPU/order (web and workers)"),
    ]


def _await_all(shop: Rig, count: int, seconds: float = 300) -> None:
    """Wait until so many orders have their confirmation asked for, decided or not."""
    until = time.monotonic() + seconds
    with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True) as line:
        while time.monotonic() < until:
            row = line.execute(
                "SELECT count(DISTINCT order_id) FROM outgoing_message WHERE kind LIKE '%confirm%'"
            ).fetchone()
            if row and row[0] >= count:
                return
            time.sleep(0.05)
        failed = line.execute(
            "SELECT outcome, reason, count(*) FROM inbound_delivery GROUP BY 1, 2"
        ).fetchall()
    raise TimeoutError(f"{row} of {count} orders were processed; deliveries: {failed}\n{shop.log()[-2000:]}")
