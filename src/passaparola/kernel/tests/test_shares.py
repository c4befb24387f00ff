import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.kernel.shares import newcombe, wilson


@pytest.mark.parametrize(
    ("numbers", "low", "high"),
    [
        # The worked examples of Newcombe 1998, table II, method 10.
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 10), -0.2775, 0.2775),
    ],
)
def test_the_interval_is_the_one_in_the_paper(numbers, low, high):
    assert newcombe(*numbers) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_the_difference_lies_in_its_interval(count, other, data):
    hits, other_hits = data.draw(st.integers(0, count)), data.draw(st.integers(0, other))
    low, high = newcombe(hits, count, other_hits, other)

    assert -1 - 1e-9 <= low <= hits / count - other_hits / other <= high <= 1 + 1e-9
    assert wilson(hits, count)[0] - 1e-9 <= hits / count <= wilson(hits, count)[1] + 1e-9


def test_it_holds_the_truth_about_as_often_as_it_says():
    chance = random.Random(3)

    def hits(count, share):
        return sum(chance.random() < share for _ in range(count))

    held = 0
    for _ in range(1500):
        low, high = newcombe(hits(450, 0.12), 450, hits(50, 0.08), 50)
        held += low <= 0.04 <= high

    assert 0.93 < held / 1500 < 0.985
