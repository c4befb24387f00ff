"""`ledger`: the sweep of due promises beside a million open ones, against the ORM row by row, and with much history.

Each due promise is of an order of its own, so that each tells its breach and opens its case: the sweep is
measured with everything that follows from it.
"""

import json
import subprocess
import sys

from bench.rig import rig
from bench.table import Row, rounds

DUE = 1_000
"""So many come due at once: a bad morning of a large shop."""
GOAL = 1.0


def run(*, quick: bool) -> list[Row]:
    """Measure in one process of its own on a durable database, as a worker does it."""
    open_, history, turns = (100_000, 300_000, 3) if quick else (1_000_000, 3_000_000, 5)
    with rig() as shop:
        seed = [sys.executable, "-m", "bench._today_shop", "20000", "20000"]
        subprocess.run(seed, env=shop.env, capture_output=True, text=True, check=True)
        measure = [sys.executable, "-m", "bench._ledger_sweeps", *map(str, (open_, history, DUE, turns))]
        done = subprocess.run(measure, env=shop.env, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    ours, orm, cpu, old = (rounds(found[name]) for name in ("sweep", "orm", "cpu", "old_cpu"))
    return [
        Row(
            name="ledger, sweep",
            value=ours,
            unit=f"s for {DUE:,} due beside {open_:,} open, with events and cases",
            against=orm,
            ratio=orm / ours,
            goal=f"< {GOAL:.0f} s",
            met=ours < GOAL,
        ),
        Row(
            name="ledger, flat",
            value=old,
            unit=f"s of CPU with {history:,} closed ones behind them, against none",
            against=cpu,
            ratio=old / cpu,
            goal="< 1.3 x",
            met=old < 1.3 * cpu,
        ),
        Row(name="ledger, ranking", value=rounds(found["rank"]), unit="s to rank 500 open cases anew"),
    ]
