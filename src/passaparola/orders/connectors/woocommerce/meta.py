"""`meta_data`: where WooCommerce and its plugins keep what has no field of its own."""

import json
from collections.abc import Mapping
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.source import UnreadableError

LANGUAGES = ("wpml_language", "_wpml_language", "pll_language", "_pll_language", "trp_language", "_locale")
"""Keys of WPML, Polylang and TranslatePress."""


def read_meta(thing: Mapping[str, Any]) -> dict[str, Any]:
    """Gather the entries by key; plugins of old write a plain object instead of the list."""
    entries = thing.get("meta_data")
    if type(entries) is dict:
        return entries
    return {reading.text(entry.get("key")): entry.get("value") for entry in reading.many(entries)}


def read_language(order: Mapping[str, Any], meta: Mapping[str, Any]) -> str:
    values = (order.get("lang"), order.get("language"), *(meta.get(key) for key in LANGUAGES))
    return next(filter(None, map(reading.language, values)), "")


def as_objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, of PHP's numbered object (`{"0": …}`), or of JSON kept as text."""
    if type(value) is str and value.lstrip()[:1] in ("[", "{"):
        try:
            value = reading.parsed(value.encode(errors="replace"))
        except (UnreadableError, json.JSONDecodeError):
            return []
    if type(value) is dict:
        value = list(value.values()) if all(type(item) is dict for item in value.values()) else [value]
    return reading.many(value)
