"""A shop's look in its mails, readable by construction, by day and by night."""

from dataclasses import dataclass

from passaparola.kernel.ui.brand import check_brand
from passaparola.kernel.ui.contrast import (
    HEADING_FACES,
    INK,
    NIGHT_CARD,
    NIGHT_PAGE,
    SOFT_INK,
    WHITE,
    BrandError,
    fit,
    mix,
    readable_ink,
)
from passaparola.stores.models import Store

BODY_FACE = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Brand:
    """Everything about a shop that is the same in all its mails: part of the compiled template."""

    name: str
    url: str
    address: str
    colour: str
    tint: str
    radius: int
    face: str

    @classmethod
    def of(cls, store: Store) -> "Brand":
        colour, tint = store.brand_colour, store.brand_tint
        try:
            check_brand(colour, tint)
        except BrandError:  # kept before colours were checked: better plain than none
            colour, tint = "#5d5750", "#ffffff"
        return cls(
            name=store.name,
            url=store.url,
            address=store.postal_address,
            colour=colour,
            tint=tint,
            radius=store.brand_radius,
            face=HEADING_FACES.get(store.brand_heading_face, HEADING_FACES["serif"]).replace('"', "'"),
        )

    def colours(self) -> dict[str, str]:
        """Return every colour used by name."""
        day = check_brand(self.colour, self.tint)
        return {
            "page": day.tint,
            "card": WHITE,
            "ink": INK,
            "soft": SOFT_INK,
            "line": mix(WHITE, SOFT_INK, 0.18),
            "brand": self.colour,
            "on_brand": day.ink,
            "brand_text": day.text_colour,
            "rest": mix(WHITE, self.colour, 0.14),
            "wash": mix(day.tint, self.colour, 0.03),
        }

    def night(self) -> dict[str, str]:
        """Return the same colours for readers whose mail is dark."""
        page, card = mix(NIGHT_PAGE, self.colour, 0.04), mix(NIGHT_CARD, self.colour, 0.05)
        fill = fit(self.colour, [card, page], 3.0)
        wash = mix(card, fill, 0.12)
        return {
            "page": page,
            "card": card,
            "ink": "#f2eeea",
            "soft": "#b8b0a8",
            "line": mix(card, WHITE, 0.14),
            "brand": fill,
            "on_brand": readable_ink(fill),
            "brand_text": fit(self.colour, [card, page, wash]),
            "rest": mix(card, fill, 0.3),
            "wash": wash,
        }
