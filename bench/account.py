"""`account`: what the account's home asks the database with 50 orders, and what a full shop costs an order page.

The home is opened by its session's cookie, whole request through Django, statements counted where they leave for
the database. Order pages are made anew (nothing kept) in a shop of two thousand orders and again when many more
have been added: what is found by an index costs the same in a full drawer.
"""

import json
import subprocess
import sys

from bench.rig import rig
from bench.table import Row

MOST_QUERIES = 6
MOST_GROWTH = 1.2


def run(*, quick: bool) -> list[Row]:
    more = 50_000 if quick else 1_000_000
    with rig(PASSAPAROLA_SECRET_KEY="bench-" + "x" * 40) as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        command = [sys.executable, "-m", "bench._account_shop", str(more)]
        done = subprocess.run(command, env=shop.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        found = json.loads(done.stdout.splitlines()[-1])
    growth = found["page_full"] / found["page"]
    return [
        Row(
            name="account home, 50 orders",
            value=found["queries"],
            unit="statements",
            goal=f"<= {MOST_QUERIES}",
            met=found["queries"] <= MOST_QUERIES,
        ),
        Row(name="account home, 50 orders", value=found["home"], unit="ms CPU"),
        Row(
            name="account home, 50 orders",
            value=found["bytes"],
            unit="bytes",
            goal="< 15000",
            met=found["bytes"] < 15_000,
        ),
        Row(
            name=f"order page among {more:,} more orders",
            value=found["page_full"],
            unit="ms/page",
            against=found["page"],
            ratio=growth,
            goal=f"<= {MOST_GROWTH}x",
            met=growth <= MOST_GROWTH,
        ),
    ]
