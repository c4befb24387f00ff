"""`today`: the office's first page of a shop with 100,000 customers and 120,000 orders, menu and all.

Against the same figures asked of the tables as they are, without the indexes that hold what is counted.
"""

import json
import subprocess
import sys

from bench.rig import rig
from bench.table import Row, rounds

GOAL = 0.150


def run(*, quick: bool) -> list[Row]:
    """Measure the whole answer in one process, as the web server's thread makes it."""
    customers, orders, turns = (20_000, 25_000, 7) if quick else (100_000, 120_000, 15)
    with rig() as shop:
        seed = [sys.executable, "-m", "bench._today_shop", str(customers), str(orders)]
        subprocess.run(seed, env=shop.env, capture_output=True, text=True, check=True)
        measure = [sys.executable, "-m", "bench._today_looks", str(turns)]
        done = subprocess.run(measure, env=shop.env, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    ours, bare = rounds(found["today"]), rounds(found["without"])
    arrivals, joined = rounds(found["arrivals"]), rounds(found["joined"])
    return [
        Row(
            name="today",
            value=ours,
            unit=f"s a page ({customers:,} customers, {orders:,} orders; {found['statements']} statements)",
            against=bare,
            ratio=bare / ours,
            goal=f"< {GOAL} s",
            met=ours < GOAL,
        ),
        Row(
            name="arrivals",
            value=arrivals,
            unit="s for what arrived in 60 days, by carrier; against asking the trackers",
            against=joined,
            ratio=joined / arrivals,
        ),
        Row(name="cases", value=rounds(found["cases"]), unit="s for the list of cases"),
        Row(name="promises", value=rounds(found["promises"]), unit="s for the promises board"),
        Row(name="standards", value=rounds(found["standards"]), unit="s for a year of standards"),
    ]
