from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.kernel.ui.charts import Bar, Cohort, Series, bars, cohorts, columns, donut, sparkline
from passaparola.kernel.ui.charts.drawing import curve, scale_top

figures = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


def read(drawn):
    """The drawing as a tree: it must be well-formed."""
    return ET.fromstring(drawn)


@given(figures)
def test_columns_show_every_figure_again_in_a_table(values):
    labels = [str(n) for n in range(len(values))]

    tree = read(columns("Deliveries", labels, [Series("On time", values)], Series("Contacts", values)))

    assert len(tree.findall(".//tbody/tr")) == len(values)
    assert tree.find("svg").get("aria-label") == "Deliveries"


@given(figures)
def test_no_column_is_higher_than_the_drawing(values):
    tree = read(columns("x", ["a"] * len(values), [Series("one", values), Series("two", values)]))

    assert all(float(rect.get("y")) >= 9 for rect in tree.iter("rect"))


def test_names_from_outside_cannot_become_markup():
    evil = "<script>alert(1)</script>"

    drawn = (
        columns(evil, [evil], [Series(evil, [1])]) + bars(evil, [Bar(evil, 1, evil)]) + donut(0.5, evil, evil)
    )

    assert "<script" not in drawn


def test_no_figures_are_drawn_as_an_empty_chart():
    assert read(columns("x", [], [Series("one", [])])).find("svg") is not None
    assert read(bars("x", [])).find("tbody") is not None


def test_a_sparkline_of_one_value_is_nothing():
    assert sparkline([4]) == ""


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_a_sparkline_can_be_drawn_of_anything(values):
    assert read(sparkline(values)).find("circle") is not None


@given(st.floats(0.001, 1e9))
def test_the_scale_reaches_the_data_and_not_far_beyond(highest):
    assert highest * 0.999 <= scale_top(highest) <= highest * 2.6


def test_a_curve_through_equal_points_is_flat():
    assert "C" in curve([(0, 5), (1, 5), (2, 5)])
    assert curve([(0, 5), (3, 5)]) == "M0 5C1 5 2 5 3 5"


@pytest.mark.parametrize(("share", "filled"), [(-1, "0 "), (0.5, "169.65 "), (7, "339.29 ")])
def test_a_ring_is_never_more_than_full(share, filled):
    assert f'stroke-dasharray="{filled}' in donut(share, "72", "NPS")


def test_cohorts_of_unequal_length_make_a_straight_table():
    tree = read(
        cohorts("Again", ("Month", "Buyers"), [Cohort("Jun", 9, [0.5, 0.1]), Cohort("Jul", 5, [0.2])])
    )

    assert {len(row.findall("td")) for row in tree.findall(".//tbody/tr")} == {3}
