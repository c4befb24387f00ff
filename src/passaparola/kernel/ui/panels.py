"""What concepts show on pages of others: the office's page of a customer or order, and its first page.

Registered in `AppConfig.ready()`; a page has `{% panels "customer" customer "aside" %}` where they may stand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Load = Callable[[Any, Any, datetime], Mapping[str, Any] | None]
"""Given the store, what the page is about and now; None shows no panel.

On a customer's page that is the customer, so that six panels don't load them six times; else the row's id, and 0
where the page is about none.
"""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A piece of somebody else's page."""

    place: str
    """`customer`, `order`, `case` or `today`."""
    template: str
    """Holds one `<c-panel>`; sees the page's whole context and what `load` returns."""
    load: Load
    column: str = "main"
    """`main` or `aside`."""
    rank: int = 50


_PANELS: dict[str, Panel] = {}


def register(*panels: Panel) -> None:
    _PANELS.update({f"{panel.place} {panel.template}": panel for panel in panels})


def panels_at(place: str, column: str) -> list[Panel]:
    found = [panel for panel in _PANELS.values() if (panel.place, panel.column) == (place, column)]
    return sorted(found, key=lambda panel: panel.rank)
