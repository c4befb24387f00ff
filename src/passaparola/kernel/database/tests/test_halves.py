"""Batches with one bad row in them, and batches that the database let down."""

import pytest
from django.db import DataError, OperationalError, connection

from passaparola.kernel.database.halves import by_halves, is_no_rows_fault

pytestmark = pytest.mark.django_db


def work_on(done: list[int], bad: set[int]):
    def work(rows):
        if bad & set(rows):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        done.extend(rows)

    return work


def test_bad_rows_are_given_up_and_all_others_done():
    done, given_up = [], []

    by_halves(range(20), work_on(done, {3, 17}), give_up=lambda row, _: given_up.append(row))

    assert given_up == [3, 17]
    assert sorted([*done, *given_up]) == list(range(20))


def test_where_the_database_is_in_trouble_no_row_is_blamed():
    def gone(rows):
        raise OperationalError("the server is gone")

    with pytest.raises(OperationalError):
        by_halves([1, 2], gone, give_up=lambda row, error: pytest.fail(f"{row} was blamed for {error}"))


def test_a_row_too_large_for_an_index_is_its_own_fault():
    class TooLargeError(Exception):
        sqlstate = "54000"

    error = OperationalError("index row size 3000 exceeds maximum 2704")
    error.__cause__ = TooLargeError()

    assert not is_no_rows_fault(error)
    assert not is_no_rows_fault(DataError("numeric field overflow"))
