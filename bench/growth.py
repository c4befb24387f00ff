"""`growth`: what one due enrolment costs with ten times as many people in the journey."""

import psycopg

from bench._enrolled import enrol, make_due, open_shop
from bench.advance import Advanced, advanced
from bench.rig import Rig, rig
from bench.table import Row, rounds

GOAL = 1.5
TURNS = 5


def run(*, quick: bool) -> list[Row]:
    """The same number due among a million and among ten million, in one database: in time, and in CPU."""
    small, large, due = (20_000, 200_000, 10_000) if quick else (1_000_000, 10_000_000, 100_000)
    with rig() as shop, open_shop(shop) as line:
        enrol(line, 1, small)
        before = _turns(shop, line, due)
        enrol(line, small + 1, large)
        after = _turns(shop, line, due)
    wall = [rounds([1e6 / turn.rate for turn in turns]) for turns in (before, after)]
    cpu = [rounds([1e6 * turn.cpu for turn in turns]) for turns in (before, after)]
    return [
        _row("growth", f"µs a due one, {large:,} enrolled", *wall, small),
        _row("growth, CPU", "µs of workers and PostgreSQL a due one", *cpu, small),
    ]


def _turns(shop: Rig, line: psycopg.Connection, due: int) -> list[Advanced]:
    """Several rounds. One goes before them unmeasured: what has just been enrolled may lie on the disk only."""
    turns = []
    for _ in range(1 + TURNS):
        make_due(line, due)
        turns.append(advanced(shop, "set"))
    return turns[1:]


def _row(name: str, unit: str, before: float, after: float, small: int) -> Row:
    return Row(
        name=name,
        value=after,
        unit=unit,
        against=before,
        ratio=after / before,
        goal=f"<= {GOAL} times that of {small:,}",
        met=after / before <= GOAL,
    )
