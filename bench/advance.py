"""`advance`: enrolments a second through a wait and a branch, with a million in the journey.

Two workers, durable commits, the due ones spread evenly over everybody, a checkpoint just before: the worst there is.
What a step writes, and why its time stands in a table of its own, is told in ADR 41.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bench._enrolled import enrol, make_due, open_shop
from bench.rig import Rig, rig
from bench.table import Row, rounds

GOAL = 15_000
WORKERS = 2


def run(*, quick: bool) -> list[Row]:
    """Two workers on what is due, several times; the ORM by row in the same database, on fewer."""
    everybody, due, few, turns = (50_000, 20_000, 1_000, 3) if quick else (1_000_000, 150_000, 3_000, 5)
    rates, against = [], []
    with rig() as shop, open_shop(shop) as line:
        enrol(line, 1, everybody)
        for _ in range(turns):
            make_due(line, due)
            rates.append(advanced(shop, "set").rate)
            make_due(line, few)
            against.append(advanced(shop, "row").rate)
    rate, by_row = rounds(rates), rounds(against)
    return [
        Row(
            name="advance",
            value=rate,
            unit=f"due/s, {everybody:,} enrolled",
            against=by_row,
            ratio=rate / by_row,
            goal=f">= {GOAL:,}/s",
            met=rate >= GOAL,
        )
    ]


class Advanced(NamedTuple):
    """What a round came to."""

    rate: float
    """Due ones a second, all workers together."""
    cpu: float
    """Seconds of workers and PostgreSQL for one due one."""


def advanced(shop: Rig, how: str) -> Advanced:
    """Let the workers advance all that is due."""
    command = [sys.executable, str(Path(__file__).with_name("_advance_worker.py")), how]
    root = str(Path(__file__).parents[1])
    env = shop.env | {"PYTHONPATH": f"{root}:{shop.env.get('PYTHONPATH', '')}"}
    pipe = subprocess.PIPE
    workers = [
        subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True, cwd=root)
        for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout
        if worker.stdout.readline().strip() != "ready":
            raise RuntimeError("A worker did not start.")
    started = time.perf_counter()
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    said = [worker.stdout.readline().split() for worker in workers if worker.stdout]
    took = time.perf_counter() - started
    for worker in workers:
        worker.communicate()
    done = sum(int(count) for count, _ in said)
    return Advanced(done / took, sum(float(cpu) for _, cpu in said) / done)
