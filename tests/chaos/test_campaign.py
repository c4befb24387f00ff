"""A campaign survives its workers."""

from pathlib import Path

import pytest
from bench.campaign import killed


@pytest.mark.chaos
@pytest.mark.timeout(400)
def test_killed_workers_lose_nobody_and_what_arrives_twice_is_named(made: Path) -> None:
    found = killed(1_500, kills=2, made=made)

    assert found.missing == 0
    assert found.unnamed == 0
