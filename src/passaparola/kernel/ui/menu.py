"""The team's menu: each concept adds the way to its own pages, so that the frame names none of them.

Registered in `AppConfig.ready()`. A page belongs to the entry whose address shares its namespace and its
first word: `orders`, `order` and `order-scan` all stand under “Orders”.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
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
Badge = Callable[[Any, datetime], Iterable[QuerySet[Any]]]
"""The rows that wait there in this store now. They are counted on every page, all entries' in one statement."""
MOST_COUNTED = 100
"""Nobody counts further than a hundred; a bad week must not slow down every page."""


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
    for_agents: str = ""
    """The address that others than owners are led to, where this one is the owners'."""


_ENTRIES: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    _ENTRIES.update({entry.address: entry for entry in entries})


def entries() -> list[Entry]:
    return sorted(_ENTRIES.values(), key=lambda entry: entry.rank)


def groups(store: object, *, here: str, is_owner: bool, now: datetime) -> list[LinkGroup]:
    """Return the menu as a person sees it who is at the address named `here`."""
    shown = [entry for entry in entries() if is_owner or not entry.is_for_owners]
    waiting = counts([entry.badge(store, now) if entry.badge else () for entry in shown])
    badges = {entry.address: number for entry, number in zip(shown, waiting, strict=True)}
    found = [
        LinkGroup(
            str(label),
            [_link(entry, badges, here, is_owner=is_owner) for entry in shown if entry.group == group],
        )
        for group, label in GROUPS.items()
    ]
    return [group for group in found if group.links]


def counts(asked: Sequence[Iterable[QuerySet[Any]]]) -> list[int]:
    """Return how many rows each of the lists of querysets has, up to `MOST_COUNTED` a queryset.

    One statement for all: seven entries' counts by themselves were a third of a page's questions.
    """
    found = [0] * len(asked)
    parts: list[str] = []
    params: list[Any] = []
    for place, querysets in enumerate(asked):
        for queryset in querysets:
            try:
                text, values = queryset.order_by().values("pk")[:MOST_COUNTED].query.sql_with_params()
            except EmptyResultSet:
                continue
            parts.append(f"SELECT {place}, count(*) FROM ({text}) b")
            params += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            for place, number in cursor.fetchall():
                found[place] += number
    return found


def _link(entry: Entry, badges: Mapping[str, int], here: str, *, is_owner: bool) -> Link:
    address = entry.address if is_owner else entry.for_agents or entry.address
    is_here = entry is _current(here)
    return Link(str(entry.label), reverse(address), entry.icon, badges[entry.address], is_here, entry.key)


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
