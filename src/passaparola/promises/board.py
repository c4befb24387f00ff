"""What the promises board shows: what needs somebody, and what is due next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from passaparola.promises.models import Promise, PromiseQuerySet
from passaparola.stores.models import Member, Store

MOST = 40
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Board:
    broken: Sequence[Promise]
    endangered: Sequence[Promise]
    next: Sequence[Promise]
    counts: dict[str, int]


def board(store: Store, *, mine: Member | None, now: datetime) -> Board:
    """Return the open promises, the oldest breach first; of one person where asked."""
    open_ = Promise.objects.filter(store=store).open()
    if mine is not None:
        open_ = open_.filter(owner=mine)
    broken = open_.filter(broken_at__isnull=False)
    endangered = open_.filter(broken_at=None, endangered_at__isnull=False)
    ahead = open_.filter(endangered_at=None).due_within(AHEAD, now=now)
    return Board(
        broken=_shown(broken.order_by("-due_at")),
        endangered=_shown(endangered.order_by("due_at")),
        next=_shown(ahead.order_by("due_at")),
        counts={"broken": _up_to(broken), "endangered": _up_to(endangered)},
    )


def _shown(found: PromiseQuerySet) -> list[Promise]:
    return list(found.select_related("order", "customer", "owner")[:MOST])


def _up_to(found: PromiseQuerySet, most: int = 1000) -> int:
    """Nobody reads more than a thousand: counting a million would only be slow."""
    return found.order_by()[:most].count()
