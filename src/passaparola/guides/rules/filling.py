"""An article with the reader's own order in it: `{{ arrival }}` becomes a day."""

import re
from collections.abc import Mapping
from html import escape

NAMES = ("first_name", "order", "shop", "arrival", "delivered", "carrier", "warranty_until")
"""What may be filled in."""
_PLACE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_BLOCK = re.compile(r"<(p|li|h2|h3)>(?:(?!</\1>).)*</\1>", re.DOTALL)
_EMPTY = re.compile(r"<(ul|ol)>\s*</\1>")


def filled(html: str, values: Mapping[str, str]) -> str:
    """Fill in what is known; a sentence's paragraph or point that speaks of something unknown is left out.

    So one text serves the reader with an order and the reader without.
    """
    kept = _BLOCK.sub(lambda block: block[0] if _is_known(block[0], values) else "", html)
    return _PLACE.sub(lambda place: escape(values.get(place[1], "")), _EMPTY.sub("", kept))


def _is_known(block: str, values: Mapping[str, str]) -> bool:
    return all(values.get(place[1]) for place in _PLACE.finditer(block))


def unknown_names(text: str) -> list[str]:
    """Return the names in a text that nobody will ever fill in: a slip of whoever writes."""
    return sorted({place[1] for place in _PLACE.finditer(text)} - set(NAMES))
