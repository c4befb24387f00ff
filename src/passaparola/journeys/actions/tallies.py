"""Counting who went which way."""

from collections import Counter
from random import randrange

from passaparola.journeys.models import Tally
from passaparola.kernel.database import bulk

SHARDS = 8
Passages = Counter[tuple[int, str, str]]
"""Journey, step, way."""


def count(passages: Passages) -> None:
    """Add to the figures, in a row of this worker's choice: others may be counting the same step."""
    shard = randrange(SHARDS)  # noqa: S311 - no secret
    rows = [
        {"journey_id": journey, "step": step, "way": way, "shard": shard, "count": number}
        for (journey, step, way), number in passages.items()
    ]
    bulk.add(Tally, rows, key=["journey_id", "step", "way", "shard"], column="count")
