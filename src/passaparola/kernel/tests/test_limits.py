"""Counting over all processes: who may still, and how much is left."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from passaparola.kernel.limits import forget_old, may_try, take
from passaparola.kernel.models import Attempts

NOON = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class TakeTest(TestCase):
    """hypothesis rolls each example back."""

    @settings(max_examples=40)
    @given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 40))
    def test_nobody_gets_more_than_there_is_and_nothing_is_left_while_somebody_waits(
        self, wishes: list[int], most: int
    ) -> None:
        got = [take("ask", "gls", wanted=wish, most=most, per=MINUTE, now=NOON) for wish in wishes]

        assert sum(got) == min(sum(wishes), most)
        assert all(0 <= one <= wish for one, wish in zip(got, wishes, strict=True))


@pytest.mark.django_db
def test_each_window_and_each_name_has_its_own():
    def wish(who: str, now: datetime) -> int:
        return take("ask", who, wanted=5, most=6, per=MINUTE, now=now)

    assert [wish("gls", NOON), wish("gls", NOON), wish("brt", NOON), wish("gls", NOON + MINUTE)] == [
        5,
        1,
        5,
        5,
    ]


@pytest.mark.django_db
def test_tries_are_counted_and_forgotten():
    tries = [may_try("sign-in", "giulia", most=2, per=MINUTE, now=NOON) for _ in range(3)]

    assert tries == [True, True, False]
    assert forget_old(now=NOON + MINUTE) == 0
    assert forget_old(now=NOON + 2 * MINUTE) == 1
    assert not Attempts.objects.exists()
