import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.kernel.ui.brand import brand_css, check_brand
from passaparola.kernel.ui.contrast import TEXT, BrandError, fit, hover, parse, ratio, readable_ink

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def by_day_and_night(css):
    pairs = re.findall(r"--([\w-]+):light-dark\((#\w+),(#\w+)\)", css)
    return [{name: pair[side] for name, *pair in pairs} for side in (0, 1)]


def test_black_on_white_is_21_to_1():
    assert ratio("#000", "#ffffff") == pytest.approx(21)


def test_the_known_grey_of_the_standard_just_passes():
    assert ratio("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


def test_a_short_colour_is_the_long_one():
    assert parse("#83b") == parse("#8833BB")


@pytest.mark.parametrize("typed", ["red", "#12", "8a3b2c", "#8a3b2c;}", "", "#gggggg"])
def test_what_is_no_colour_is_refused_with_an_example(typed):
    with pytest.raises(BrandError, match="#8a3b2c"):
        parse(typed)


@given(colours)
def test_there_is_a_readable_ink_for_every_colour(colour):
    assert ratio(readable_ink(colour), colour) >= TEXT


@given(colours)
def test_a_button_reads_no_worse_under_the_pointer(colour):
    ink = readable_ink(colour)

    assert ratio(ink, hover(colour)) >= min(ratio(ink, colour), TEXT)


def test_a_colour_that_reads_well_is_left_alone():
    assert fit("#8a3b2c", ["#ffffff"]) == "#8a3b2c"


def test_a_yellow_is_darkened_until_it_reads_on_white():
    assert ratio(fit("#ffd400", ["#ffffff"]), "#ffffff") >= TEXT


@given(colours, colours)
def test_whatever_a_shop_chooses_its_words_can_be_read(colour, tint):
    for look in by_day_and_night(brand_css(colour, tint, 12, "serif")):
        for surface in ("page", "card", "wash", "brand-soft"):
            assert ratio(look["brand-text"], look[surface]) >= TEXT
        for surface in ("page", "card"):
            assert ratio(look["ink"], look[surface]) >= TEXT
            assert ratio(look["soft"], look[surface]) >= TEXT
        assert ratio(look["on-brand"], look["brand"]) >= TEXT


def test_a_pale_colour_is_said_to_be_mended():
    check = check_brand("#ffd400", "#fff8e0")

    assert not check.is_untouched()
    assert check.button_ratio >= TEXT


def test_a_heading_face_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(BrandError, match="serif, sans"):
        brand_css("#8a3b2c", "#fff", 12, "comic")


def test_corners_rounder_than_a_page_can_bear_are_refused():
    with pytest.raises(BrandError, match="0 to 32"):
        brand_css("#8a3b2c", "#fff", 900, "serif")
