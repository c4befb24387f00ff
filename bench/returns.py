"""`returns`: what showing the first page of a return costs, against a psycopg + Jinja2 handler that judges nothing.

Nothing is kept on either side: a return is begun once. Counted is the CPU of the web process.
"""

import json
import subprocess
import sys

import psycopg

from bench.page import Sides
from bench.rig import rig
from bench.table import Row

_ARRIVED = (
    "UPDATE tracking_parcel SET delivered_at = now() - interval '2 days', state = 'delivered'",
    "UPDATE orders_order SET delivered_at = now() - interval '2 days', paid_at = placed_at, payment_state = 'paid'",
    "ANALYZE",
)


def run(*, quick: bool) -> list[Row]:
    count, turns = (200, 3) if quick else (600, 5)
    key = "bench-" + "x" * 40
    with rig(PASSAPAROLA_WEB_PROCESSES="1", PASSAPAROLA_WEB_THREADS="4", PASSAPAROLA_SECRET_KEY=key) as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        seed = [sys.executable, "-m", "bench._page_orders"]
        done = subprocess.run(seed, env=shop.env, capture_output=True, text=True, check=True)
        with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True) as line:
            for statement in _ARRIVED:
                line.execute(statement)
        pairs = zip(*json.loads(done.stdout), strict=True)
        ours, bare = ([f"{path}return/" for path in list(paths)[:count]] for paths in pairs)
        sides = Sides(shop, ours, bare, application="bench._returns_bare:application")
        return [sides.compare("returns, first page", list, turns, news=False)]
