"""Working on a batch so that a row nobody can handle never holds up the others, now and at every new try."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

Row = TypeVar("Row")


def by_halves(
    rows: Sequence[Row],
    work: Callable[[Sequence[Row]], None],
    *,
    give_up: Callable[[Row, Exception], None],
) -> None:
    """Do `work` on all rows in a savepoint; where it fails, find by halves the rows it fails for.

    Each of these is handed to `give_up`, which has to put it out of the way. An error of the database itself
    (it is gone, two workers are in each other's way) is nobody's fault and raised.
    """
    if not rows:
        return
    try:
        with transaction.atomic():
            work(rows)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever one row provokes must not stop the others
        if len(rows) == 1:
            give_up(rows[0], error)
            return
        middle = len(rows) // 2
        by_halves(rows[:middle], work, give_up=give_up)
        by_halves(rows[middle:], work, give_up=give_up)
