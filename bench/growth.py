"""`growth`: what one due enrolment costs with ten times as many people in the journey."""

from bench._enrolled import enrol, make_due, open_shop
from bench.advance import advanced
from bench.rig import rig
from bench.table import Row, rounds

GOAL = 1.5


def run(*, quick: bool) -> list[Row]:
    """The same number due among a million and among ten million, in one database."""
    small, large, due, turns = (20_000, 200_000, 10_000, 3) if quick else (1_000_000, 10_000_000, 100_000, 3)
    with rig() as shop, open_shop(shop) as line:
        enrol(line, 1, small)
        before = rounds([_cost(shop, line, due) for _ in range(turns)])
        enrol(line, small + 1, large)
        after = rounds([_cost(shop, line, due) for _ in range(turns)])
    return [
        Row(
            name="growth",
            value=after,
            unit=f"µs a due one, {large:,} enrolled",
            against=before,
            ratio=after / before,
            goal=f"<= {GOAL} times that of {small:,}",
            met=after / before <= GOAL,
        )
    ]


def _cost(shop, line, due: int) -> float:  # noqa: ANN001 - rig and psycopg
    make_due(line, due)
    return 1e6 / advanced(shop, "set")
