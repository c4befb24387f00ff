"""What got its 200 survives whatever dies."""

from pathlib import Path

import pytest
from bench.chaos import run_chaos


@pytest.mark.chaos
@pytest.mark.timeout(400)
def test_nothing_that_got_its_200_is_lost_or_done_twice(made: Path) -> None:
    report = run_chaos(150, seed=20261122, pause=(0.2, 0.8), at_least=4, made=made)

    assert sum(report.kills.values()) >= 4
    assert report.taken == 150
    assert report.faults == []
