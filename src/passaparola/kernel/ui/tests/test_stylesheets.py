"""The colours of the team's pages are measured, and both stylesheets stay small."""

import gzip
import re
from pathlib import Path

import pytest

from passaparola.kernel.ui.contrast import SIGN, TEXT, ratio

STATIC = Path(__file__).parents[1] / "static" / "ui"
OFFICE = (STATIC / "office.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", OFFICE))
ON_PAGES = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("page", "panel", "sunken")]
ON_TONES = [(tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "accent")]
TONES_ON_PANELS = [(tone, "panel") for tone in ("good", "warn", "bad", "info")]


@pytest.mark.parametrize("side", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [*ON_PAGES, *ON_TONES, *TONES_ON_PANELS, ("on-accent", "accent"), ("ink", "accent-soft")],
)
def test_words_can_be_read(ink, ground, side):
    colours = [TOKENS[name].split(", ")[side] for name in (ink, ground)]

    assert ratio(*colours) >= TEXT


@pytest.mark.parametrize("side", [0, 1], ids=["day", "night"])
def test_the_edge_of_a_field_can_be_seen(side):
    assert ratio(TOKENS["edge"].split(", ")[side], TOKENS["panel"].split(", ")[side]) >= SIGN


@pytest.mark.parametrize(
    ("name", "most"), [("office.css", 6600), ("customer.css", 2900), ("office.js", 1100)]
)
def test_what_every_page_loads_is_small(name, most):
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= most
