"""Lucide's icons as inline SVG, drawn once each: parsing the same icon again cost more than the page around it."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18) -> SafeString:
    """An icon that says nothing to a screen reader: the words beside it do. LookupError for an unknown name."""
    drawn = lucide(name, size=size, aria_hidden="true", **{"class": "icon"})
    return mark_safe(drawn)  # noqa: S308 drawn by the icon library from our own names
