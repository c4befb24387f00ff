"""The shop's texts become harmless HTML, and speak of nothing that nobody knows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.guides.rules.filling import filled, unknown_names
from passaparola.guides.rules.markup import html_of
from passaparola.guides.rules.warranty import ends_on


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.<br>Two.</p>\n<p>Three.</p>"),
        ("## Care\nBy hand.", "<h2>Care</h2>\n<p>By hand.</p>"),
        ("- one\n- **two**\nthen", "<ul><li>one</li><li><strong>two</strong></li></ul>\n<p>then</p>"),
        ("1. one\n2) two", "<ol><li>one</li><li>two</li></ol>"),
        ("*soft* and 2*3*4", "<p><em>soft</em> and 2<em>3</em>4</p>"),
        ("[shop](https://luna.example)", '<p><a href="https://luna.example" rel="noreferrer">shop</a></p>'),
        ("[bad](javascript:alert(1))", '<p><a rel="noreferrer">bad</a>)</p>'),
        ("<b onclick=x>hi</b>", "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>"),
        ("", ""),
    ],
)
def test_texts_become_html(typed: str, html: str) -> None:
    assert html_of(typed) == html


@given(st.text(max_size=400))
def test_nothing_harmful_comes_out_of_anything(typed: str) -> None:
    html = html_of(typed).lower()

    for bad in ("<script", "<img", "<iframe", "<style", "javascript:"):
        assert bad not in html or f"&lt;{bad[1:]}" in html or bad == "javascript:"
    assert 'href="javascript:' not in html


def test_what_is_known_is_filled_in_and_escaped() -> None:
    assert (
        filled("<p>It comes {{ arrival }}.</p>", {"arrival": "<today>"}) == "<p>It comes &lt;today&gt;.</p>"
    )


def test_a_point_that_speaks_of_something_unknown_is_left_out() -> None:
    html = "<p>Hello.</p>\n<ul><li>By {{ carrier }}.</li></ul><p>It comes {{ arrival }}.</p>"

    assert filled(html, {}) == "<p>Hello.</p>\n"


@given(st.text(alphabet="{} arivlp<>/", max_size=80))
def test_no_place_to_fill_in_ever_stays(text: str) -> None:
    assert "{{ arrival }}" not in filled(html_of(text + "{{ arrival }}"), {})


def test_names_that_nobody_fills_in_are_found() -> None:
    assert unknown_names("{{ arrival }} {{ discount }} {{x}}") == ["discount", "x"]


@pytest.mark.parametrize(
    ("delivered", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 18), 24, date(2028, 11, 18)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_guarantee_ends_on_the_same_day(delivered: date, months: int, until: date) -> None:
    assert ends_on(delivered, months) == until


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_a_guarantee_never_ends_early(delivered: date, months: int) -> None:
    until = ends_on(delivered, months)

    assert (until.year - delivered.year) * 12 + until.month - delivered.month == months
    assert until.day <= delivered.day
