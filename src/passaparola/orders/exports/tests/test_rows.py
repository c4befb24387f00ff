import csv
import io
import tracemalloc
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from passaparola.orders.exports.rows import Damage, read_table

CELLS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), max_size=8)


def rows(text: str) -> list[tuple[int, list[str] | Damage]]:
    table = read_table(io.StringIO(text, newline=""))
    return list(table.rows) if table else []


def test_the_delimiter_is_the_sign_that_the_header_has_most_of():
    for sign in ",;\t|":
        table = read_table([f"a{sign}b{sign}c\n", f"1{sign}2{sign}3\n"])
        assert table is not None
        assert (table.header, list(table.rows)) == (["a", "b", "c"], [(2, ["1", "2", "3"])])


def test_empty_lines_and_a_byte_order_mark_are_passed_over():
    table = read_table(["\ufeff\n", "\n", "a,b\n", "\n", "1,2\n"])

    assert table is not None
    assert (table.header, list(table.rows)) == (["a", "b"], [(5, ["1", "2"])])


def test_a_cell_over_several_lines_is_one_cell():
    assert rows('a,b\n1,"x\n""y"", z"\n2,z\n') == [(2, ["1", 'x\n"y", z']), (4, ["2", "z"])]


def test_an_unclosed_quotation_mark_costs_one_line():
    (bad, damage), *good = rows('a,b\n1,"x\n2,y\n3,"z"\n')

    assert bad == 2
    assert isinstance(damage, Damage)
    assert damage.text == '1,"x\n'
    assert good == [(3, ["2", "y"]), (4, ["3", "z"])]


def test_an_unclosed_quotation_mark_in_a_long_file_costs_one_line():
    lines = ['1,"x\n', *(f"{number},y\n" for number in range(2, 60_000))]

    found = rows("a,b\n" + "".join(lines))

    assert sum(isinstance(row, Damage) for _, row in found) == 1
    assert found[-1] == (60_000, ["59999", "y"])


def test_quotation_marks_that_are_wrong_yet_clear_are_forgiven():
    assert rows('a,b\n"Vaso "Luna"",3\n4,5\n') == [(2, ['Vaso Luna""', "3"]), (3, ["4", "5"])]


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), st.sampled_from(",;"))
def test_what_is_well_written_is_read_as_it_was(table: list[tuple[str, str, str]], delimiter: str):
    sheet = io.StringIO(newline="")
    csv.writer(sheet, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *table])

    found = [row for _, row in rows(sheet.getvalue())]

    assert found == [list(row) for row in table if any(row)]


def test_memory_stays_flat_however_long_the_file():
    def endless() -> Iterator[str]:
        yield "number,date,total\n"
        for number in range(100_000):
            yield f"{number},2024-01-05,10.00\n"

    tracemalloc.start()
    table = read_table(endless())
    assert table is not None
    count = sum(1 for _ in table.rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 100_000
    assert peak < 1_000_000
