"""`receipt`: what taking in one signed webhook costs, against a handler without any framework."""

import sys

import psycopg

from bench.load import Fired, fire, post
from bench.orders import signed
from bench.rig import Rig, await_port, cpu_seconds, free_port, rig
from bench.table import Row, rounds

GOAL = 2.0


def run(*, quick: bool) -> list[Row]:
    """Take turns, ours and bare, on the same PostgreSQL; each turn with requests of its own."""
    count, turns = (1_500, 3) if quick else (6_000, 5)
    with rig(PASSAPAROLA_WEB_PROCESSES="1", PASSAPAROLA_WEB_THREADS="4") as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        opened = shop.ask("connect", "bench", "shopify")
        path = "/" + opened["address"].split("/", 3)[3]
        ours, bare = free_port(), free_port()
        web = shop.start("web", "--port", str(ours))
        other = shop.start_program(_bare(bare), BENCH_SECRET=opened["secret"], BENCH_CONNECTION=_id(shop))
        await_port(ours)
        await_port(bare)
        costs: dict[int, list[float]] = {ours: [], bare: []}
        rates: dict[int, list[float]] = {ours: [], bare: []}
        number = 1
        for turn in range(turns + 1):
            for port, process in ((ours, web), (bare, other)):
                requests = [post(port, path, *signed(number + i, opened["secret"])) for i in range(count)]
                number += count
                before = cpu_seconds(process.pid)
                fired = fire(port, requests)
                _all_taken(fired, shop)
                if turn:  # the first turn warms up
                    costs[port].append((cpu_seconds(process.pid) - before) / count * 1e6)
                    rates[port].append(count / fired.seconds)
    cost, measure = rounds(costs[ours]), rounds(costs[bare])
    return [
        Row(
            name="receipt",
            value=cost,
            unit="us CPU/webhook",
            against=measure,
            ratio=cost / measure,
            goal=f"<= {GOAL}x bare",
            met=cost / measure <= GOAL,
        ),
        Row(name="receipt rate", value=rounds(rates[ours]), unit="webhooks/s", against=rounds(rates[bare])),
    ]


def _bare(port: int) -> list[str]:
    options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *options, "--port", str(port), "bench.bare:application"]


def _id(shop: Rig) -> str:
    with psycopg.connect(shop.env["DATABASE_URL"]) as line:
        row = line.execute("SELECT id FROM inbound_connection").fetchone()
    return str(row[0]) if row else ""


def _all_taken(fired: Fired, shop: Rig) -> None:
    if set(fired.statuses) != {200}:
        raise RuntimeError(f"Not all were taken: {fired.statuses}\n{shop.log()[-2000:]}")
