from datetime import UTC, datetime
from decimal import Decimal

import pytest

from passaparola.orders.exports import cells
from passaparola.orders.exports.rows import UnreadableRowError


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("", "0"), ("12.50", "12.50"), ("12,50", "12.50"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"),
        ("€ 12,50", "12.50"), ("12,50 €", "12.50"), ("EUR 1.234.567,00", "1234567.00"), ("1,234", "1234"),
        ("-5", "-5"), ("(5.00)", "-5.00"), ("1'234.50", "1234.50"), ("-", "0"), ("1.234", "1.234"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(cell: str, amount: str):
    assert cells.amount(cell, "Total") == Decimal(amount)


def test_in_a_file_with_semicolons_a_point_before_three_digits_groups_thousands():
    assert cells.amount("1.234", "Total", has_decimal_comma=True) == 1234
    assert cells.amount("12.50", "Total", has_decimal_comma=True) == Decimal("12.50")


@pytest.mark.parametrize("cell", ["much", "1e400", "NaN", "9" * 30])
def test_what_is_no_amount_is_said(cell: str):
    with pytest.raises(UnreadableRowError, match=r"Total: “.*” is no amount"):
        cells.amount(cell, "Total")


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("2024-01-05 10:12:33 +0100", datetime(2024, 1, 5, 9, 12, 33, tzinfo=UTC)),
        ("2024-01-05T10:12:33Z", datetime(2024, 1, 5, 10, 12, 33, tzinfo=UTC)),
        ("2024-01-05 10:12:33 UTC", datetime(2024, 1, 5, 10, 12, 33, tzinfo=UTC)),
        ("2024-01-05", datetime(2024, 1, 5, tzinfo=UTC)),
        ("05/01/2024", datetime(2024, 1, 5, tzinfo=UTC)),
        ("5.1.24 18:05", datetime(2024, 1, 5, 18, 5, tzinfo=UTC)),
        ("01/25/2024 3:04 PM", datetime(2024, 1, 25, 15, 4, tzinfo=UTC)),
        ("March 1, 2024", datetime(2024, 3, 1, tzinfo=UTC)),
        ("1 marzo 2024", datetime(2024, 3, 1, tzinfo=UTC)),
        ("45296.425347", datetime(2024, 1, 5, 10, 12, 30, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_people_and_programs_write_them(cell: str, time: datetime):
    assert cells.time(cell, "Date") == time


@pytest.mark.parametrize("cell", ["soon", "32/01/2024", "0000-00-00", "2024-13-45", "12", "5 Foo 2024"])
def test_what_is_no_date_is_said(cell: str):
    with pytest.raises(UnreadableRowError, match=r"Date: “.*” is no date we can read"):
        cells.time(cell, "Date")


def test_counts_are_whole_and_empty_is_one():
    assert [cells.count(cell, "Quantity") for cell in ("", "3", "2.0", "0")] == [1, 3, 2, 0]
    with pytest.raises(UnreadableRowError, match="no number of pieces"):
        cells.count("1.5", "Quantity")


def test_what_protects_cells_from_spreadsheets_is_undone():
    assert [cells.plain(cell) for cell in ("'07410", '="00184"', "40121")] == ["07410", "00184", "40121"]
