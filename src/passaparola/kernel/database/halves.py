"""Working on a batch so that a row nobody can handle never holds up the others, now and at every new try."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

Row = TypeVar("Row")
_TOO_LARGE = "54"
"""PostgreSQL counts what is too large for it (a row for its index) among its own troubles: it is the row's."""


def is_no_rows_fault(error: Exception) -> bool:
    """Tell whether the database itself is in trouble: gone, full, or two workers in each other's way."""
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return isinstance(error, (OperationalError, InterfaceError)) and not state.startswith(_TOO_LARGE)


def by_halves(
    rows: Sequence[Row],
    work: Callable[[Sequence[Row]], None],
    *,
    give_up: Callable[[Row, Exception], None],
) -> None:
    """Do `work` on all rows in a savepoint; where it fails, find by halves the rows it fails for.

    Each of these is handed to `give_up`, which has to put it out of the way. What is no row's fault is raised.
    """
    if not rows:
        return
    try:
        with transaction.atomic():
            work(rows)
    except Exception as error:
        if is_no_rows_fault(error):
            raise
        if len(rows) == 1:
            give_up(rows[0], error)
            return
        middle = len(rows) // 2
        by_halves(rows[:middle], work, give_up=give_up)
        by_halves(rows[middle:], work, give_up=give_up)
