"""A shop's look as a stylesheet with an address that changes with it, so that it may be kept for ever."""

from functools import lru_cache
from hashlib import blake2b
from typing import Any

from passaparola.account.queries import Row
from passaparola.kernel.ui.brand import brand_css
from passaparola.kernel.ui.contrast import BrandError
from passaparola.stores.models import Store

_COLUMNS = ("brand_colour", "brand_tint", "brand_radius", "brand_heading_face")
Look = tuple[str, str, int, str]


def look_of(head: Row) -> Look:
    colour, tint, radius, face = (head[column] for column in _COLUMNS)
    return colour, tint, radius, face


@lru_cache(maxsize=1024)
def stylesheet(look: Look) -> tuple[str, str]:
    """Return CSS and version. A look that can't be becomes the usual one."""
    try:
        css = brand_css(*look)
    except BrandError:
        css = brand_css(*USUAL)
    return css, blake2b(css.encode(), digest_size=6).hexdigest()


USUAL: Look = look_of({column: getattr(Store(), column) for column in _COLUMNS})


def brand_css_url(head: Row) -> str:
    return f"/s/{head['slug']}/brand.css?v={stylesheet(look_of(head))[1]}"


def brand_columns(store: Store) -> dict[str, Any]:
    return {column: getattr(store, column) for column in _COLUMNS}


def store_look(store: Store) -> Look:
    return look_of(brand_columns(store))
