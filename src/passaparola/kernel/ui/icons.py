"""Lucide's icons as inline SVG, each drawn once: parsing one again costs more than the page around it."""

import re
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18) -> SafeString:
    """An icon that says nothing to a screen reader: the words beside it do."""
    drawn = lucide(name, size=size, aria_hidden="true", **{"class": "icon"})
    return mark_safe(re.sub(r"\s*\n\s*", "", drawn))  # noqa: S308 drawn by the icon library from our own names
