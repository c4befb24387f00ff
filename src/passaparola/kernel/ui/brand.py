"""A shop's brand as the few lines of CSS its customers' pages start from, readable by construction."""

from dataclasses import dataclass

from passaparola.kernel.ui.contrast import (
    HEADING_FACES,
    INK,
    LARGEST_RADIUS,
    NIGHT_CARD,
    NIGHT_PAGE,
    SIGN,
    SOFT_INK,
    TEXT,
    WHITE,
    BrandError,
    fit,
    hover,
    mix,
    ratio,
    readable_ink,
    readable_tint,
)

SOFT, WASH = 0.13, 0.05
SOFT_BY_NIGHT, WASH_BY_NIGHT = 0.22, 0.08
"""How much of the brand is stirred into a card for its quiet surfaces."""


@dataclass(frozen=True)
class BrandCheck:
    """What became of a shop's colours, for the page where they are chosen."""

    text_colour: str
    """The shade of the brand used for words on a card; the shop's own colour when it reads well."""
    tint: str
    ink: str
    """What is written on a button of the brand's colour."""
    text_ratio: float
    """How well the shop's own colour reads as words, before any mending."""
    button_ratio: float

    def is_untouched(self) -> bool:
        """The shop's colour reads well as it is."""
        return self.text_ratio >= TEXT


def check_brand(colour: str, tint: str) -> BrandCheck:
    """Measure a shop's colours and say which shades customers will see; BrandError when none is one."""
    tint = readable_tint(tint)
    ink = readable_ink(colour)
    return BrandCheck(
        text_colour=fit(colour, [WHITE, tint, mix(WHITE, colour, SOFT), mix(WHITE, colour, WASH)]),
        tint=tint,
        ink=ink,
        text_ratio=round(min(ratio(colour, WHITE), ratio(colour, tint)), 2),
        button_ratio=round(ratio(colour, ink), 2),
    )


def brand_css(colour: str, tint: str, radius: int, heading_face: str) -> str:
    """The CSS a shop's pages take their look from, day and night; made when the brand is saved.

    `radius` in pixels; `heading_face` a key of HEADING_FACES. BrandError when one of them is none.
    """
    if heading_face not in HEADING_FACES:
        raise BrandError(f"“{heading_face}” is no heading face; choose from: {', '.join(HEADING_FACES)}.")
    if not 0 <= radius <= LARGEST_RADIUS:
        raise BrandError(f"Corners may be round by 0 to {LARGEST_RADIUS} pixels.")
    pairs = _pairs(colour, tint)
    colours = ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in pairs.items())
    return f":root{{{colours};--radius:{radius}px;--heading:{HEADING_FACES[heading_face]}}}\n"


def _pairs(colour: str, tint: str) -> dict[str, tuple[str, str]]:
    """Each colour by day and by night."""
    day = check_brand(colour, tint)
    page, card = mix(NIGHT_PAGE, colour, 0.04), mix(NIGHT_CARD, colour, 0.05)
    fill = fit(colour, [card, page], SIGN)
    soft, wash = mix(card, fill, SOFT_BY_NIGHT), mix(card, fill, WASH_BY_NIGHT)
    return {
        "page": (day.tint, page),
        "card": (WHITE, card),
        "ink": (INK, "#f2eeea"),
        "soft": (SOFT_INK, "#b8b0a8"),
        "line": (mix(WHITE, SOFT_INK, 0.18), mix(card, WHITE, 0.14)),
        "edge": (fit("#8f8982", [WHITE, day.tint], SIGN), fit("#7d766f", [card, page], SIGN)),
        "brand": (colour, fill),
        "on-brand": (day.ink, readable_ink(fill)),
        "brand-hover": (hover(colour), hover(fill)),
        "brand-text": (day.text_colour, fit(colour, [card, page, soft, wash])),
        "brand-soft": (mix(WHITE, colour, SOFT), soft),
        "wash": (mix(WHITE, colour, WASH), wash),
    }
