"""How a shop looks to its customers: a stylesheet that may be kept for ever, and the frame of every page."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.utils import translation

from passaparola.kernel.ui.brand import brand_css
from passaparola.kernel.ui.contrast import BrandError
from passaparola.kernel.ui.languages import LANGUAGES
from passaparola.kernel.ui.shell import CustomerShell, Link
from passaparola.stores.models import Store

_COLUMNS = ("brand_colour", "brand_tint", "brand_radius", "brand_heading_face")
Row = Mapping[str, Any]
"""A store's columns by name, with its name as `shop_name`."""
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


def shell_of_store(store: Store, language: str) -> CustomerShell:
    head = {
        "shop_name": store.name,
        "slug": store.slug,
        "url": store.url,
        "postal_address": store.postal_address,
    }
    return shell_of(head | brand_columns(store), language)


def nobodys_shell() -> CustomerShell:
    """The frame of a page that belongs to no shop."""
    return CustomerShell(shop_name=translation.gettext("Your order"), brand_css_url="/s/brand.css")


def shell_of(head: Row, language: str) -> CustomerShell:
    """Return the frame in the shop's look, with a way to the other language."""
    others = [Link(name, f"?lang={code}") for code, name in LANGUAGES.items() if code != language]
    return CustomerShell(
        shop_name=head["shop_name"],
        brand_css_url=brand_css_url(head),
        shop_url=head["url"],
        links=others,
        footer_line=" · ".join(filter(None, (head["shop_name"], head["postal_address"]))),
    )
