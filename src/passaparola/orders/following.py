"""Who follows orders row by row: called with the ids of those that changed, in the same transaction.

For what is derived from rows and must be right whatever came first; events, told once, can't say that a time
was corrected. Registered in `AppConfig.ready()`.
"""

from collections.abc import Callable, Collection
from datetime import datetime

Follower = Callable[..., None]
"""Called with ids of orders, and `now`."""
_FOLLOWERS: list[Follower] = []


def register(follower: Follower) -> None:
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def changed(orders: Collection[int], *, now: datetime) -> None:
    for follower in _FOLLOWERS if orders else ():
        follower(orders, now=now)
