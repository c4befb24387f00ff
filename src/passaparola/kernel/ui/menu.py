"""The team's menu: each concept adds the way to its own pages, so that the frame names none of them.

Registered in `AppConfig.ready()`. A page belongs to the entry whose address shares its namespace and its
first word: `orders`, `order` and `order-scan` all stand under “Orders”.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.ui.shell import Link, LinkGroup

GROUPS: dict[str, str | Promise] = {
    "today": _("Today"),
    "care": _("Care"),
    "communicate": _("Communicate"),
    "setup": _("Setup"),
}
Badge = Callable[[Any, datetime], int]
"""How many wait there in this store now: one cheap question, asked on every page."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One way from the menu."""

    group: str
    """A key of `GROUPS`."""
    address: str
    """`returns:desk`."""
    label: str | Promise
    icon: str
    key: str = ""
    """The letter that goes there after `g`; one entry each."""
    rank: int = 50
    """Its place in the group: the lower, the higher up."""
    badge: Badge | None = None
    is_for_owners: bool = False


_ENTRIES: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    _ENTRIES.update({entry.address: entry for entry in entries})


def entries() -> list[Entry]:
    return sorted(_ENTRIES.values(), key=lambda entry: entry.rank)


def groups(store: object, *, here: str, is_owner: bool, now: datetime) -> list[LinkGroup]:
    """Return the menu as a person sees it who is at the address named `here`."""
    shown = [entry for entry in entries() if is_owner or not entry.is_for_owners]
    found = [
        LinkGroup(str(label), [_link(entry, store, here, now) for entry in shown if entry.group == group])
        for group, label in GROUPS.items()
    ]
    return [group for group in found if group.links]


def _link(entry: Entry, store: object, here: str, now: datetime) -> Link:
    badge = entry.badge(store, now) if entry.badge else 0
    is_here = entry is _current(here)
    return Link(str(entry.label), reverse(entry.address), entry.icon, badge, is_here, entry.key)


def _current(here: str) -> Entry | None:
    """Return the entry that a page stands under: the only one of its namespace, or that of its first word."""
    namespace = here.partition(":")[0]
    own = [entry for entry in entries() if entry.address.partition(":")[0] == namespace]
    if len(own) == 1 and namespace != "office":
        return own[0]
    return next(_same_word(own, here), None)


def _same_word(own: list[Entry], here: str) -> Iterator[Entry]:
    def word(address: str) -> str:
        return address.partition(":")[2].partition("-")[0].rstrip("s")

    return (entry for entry in own if word(entry.address) == word(here))
