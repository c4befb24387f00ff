"""Icons drawn once a page and used by name: with several parcels the same ones come again and again."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from passaparola.account.rules.card import Card
from passaparola.account.rules.page import Page
from passaparola.kernel.ui.icons import icon

_ATTRIBUTES = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'


def symbols(page: Page) -> SafeString:
    """Return the symbols `#i-<name>` for all icons that the page uses."""
    ways: tuple[Page | Card, ...] = (page, *page.cards)
    return _drawn(("check", "clock", "package", *sorted({step.icon for way in ways for step in way.steps})))


@lru_cache(maxsize=256)
def _drawn(names: Iterable[str]) -> SafeString:
    drawn = "".join(_symbol(name) for name in dict.fromkeys(names))
    return mark_safe(f'<svg hidden="hidden">{drawn}</svg>')  # noqa: S308 - drawn by the icon library


def _symbol(name: str) -> str:
    inside = re.sub(r"^\s*<svg[^>]*>|</svg>\s*$", "", icon(name))
    return f'<symbol id="i-{name}" {_ATTRIBUTES} stroke-linejoin="round">{inside}</symbol>'
