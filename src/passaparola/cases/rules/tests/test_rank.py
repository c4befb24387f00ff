"""What presses most: how bad, how much is at stake, how soon, and whether somebody has it in hand."""

from datetime import timedelta
from decimal import Decimal

from tests.cast import NOON

from passaparola.cases.rules.rank import LOOK_AGAIN, OVERDUE_FACTOR, due_of, rank

HOUR = timedelta(hours=1)


def weight(**more) -> float:
    given = {"severity": 3, "value": Decimal(80), "due_at": NOON - HOUR, "now": NOON}
    return rank(**(given | more))


def test_what_nobody_saw_to_in_time_presses_three_times_as_much():
    assert weight() == OVERDUE_FACTOR * weight(due_at=NOON + timedelta(days=2))


def test_what_somebody_has_in_hand_presses_again_when_its_time_has_come():
    later = NOON + HOUR

    assert weight(due_at=later, is_in_hand=True) < weight(due_at=later)
    assert weight(due_at=NOON - HOUR, is_in_hand=True) == weight(due_at=NOON - HOUR)


def test_what_was_done_gives_a_day_but_not_for_what_goes_wrong_after_it():
    old, new = (NOON - 30 * HOUR, 8 * HOUR), (NOON, 4 * HOUR)

    assert due_of([old], None) == NOON - 22 * HOUR
    assert due_of([old], NOON - HOUR) == NOON - HOUR + LOOK_AGAIN
    assert due_of([old, new], NOON - HOUR) == NOON + 4 * HOUR
