"""Is it readable? Contrast by the rule of WCAG 2.2, and a shop's colours made readable before they are kept.

Colours are `#rgb` or `#rrggbb`. 4.5 is the least contrast for text, 3.0 for lines and large signs.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

TEXT = 4.5
SIGN = 3.0
WHITE = "#ffffff"
INK = "#1c1b19"
SOFT_INK = "#5d5750"
NIGHT_CARD = "#1f1c1a"
NIGHT_PAGE = "#151311"

HEADING_FACES = {
    "serif": 'Georgia,"Times New Roman",serif',
    "sans": "system-ui,sans-serif",
    "rounded": 'ui-rounded,"SF Pro Rounded",Nunito,system-ui,sans-serif',
    "slab": 'Rockwell,"Roboto Slab",Georgia,serif',
}
"""The heading faces a shop may choose from: typefaces people have already, so nothing is fetched."""

LARGEST_RADIUS = 32
DARK = 0.18
"""Luminance below which white reads better than black."""
LINEAR_UP_TO = 0.04045
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


class BrandError(ValueError):
    """What was typed can't be a brand; the sentence says what would."""


class Rgb(NamedTuple):
    red: int
    green: int
    blue: int


def parse(colour: str) -> Rgb:
    """Read `#8a3b2c` or `#83b`; anything else is refused with a sentence."""
    colour = colour.strip()
    if not _COLOUR.fullmatch(colour):
        raise BrandError(f"“{colour[:20]}” is not a colour. Write it as # and six digits, like #8a3b2c.")
    digits = colour[1:] if len(colour) > len("#rgb") else "".join(2 * digit for digit in colour[1:])
    return Rgb(int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= LINEAR_UP_TO else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, parse(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two colours, 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` stirred in."""
    pairs = zip(parse(colour), parse(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in pairs)


def readable_ink(background: str) -> str:
    """White or black-brown, whichever reads better; pure black where neither reaches 4.5."""
    best = max((WHITE, INK), key=lambda ink: ratio(ink, background))
    return best if ratio(best, background) >= TEXT else "#000000"


def fit(colour: str, backgrounds: Sequence[str], least: float = TEXT) -> str:
    """The nearest shade of `colour` standing out from every background; itself when it does already."""
    towards = WHITE if luminance(backgrounds[0]) < DARK else "#000000"
    for hundredths in range(101):
        shade = mix(colour, towards, hundredths / 100)
        if all(ratio(shade, background) >= least for background in backgrounds):
            return shade
    return towards


def hover(fill: str) -> str:
    """A shade for the pointer resting on a button, away from its ink so that reading only gets easier."""
    return mix(fill, "#000000" if readable_ink(fill) == WHITE else WHITE, 0.14)


def readable_tint(tint: str) -> str:
    """The page's tint, lightened until the softest ink reads on it."""
    for hundredths in range(101):
        lighter = mix(tint, WHITE, hundredths / 100)
        if ratio(SOFT_INK, lighter) >= TEXT:
            return lighter
    return WHITE
