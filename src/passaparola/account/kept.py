"""Finished pages, kept in this process so that looking again costs one small question to the database.

Kept under order and wished language; whoever takes one out must have checked the link and compares the stamp.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

import brotli

from passaparola.account.queries import Stamp

MOST_BYTES = 32 * 1024 * 1024
"""Per web process: some two thousand pages. The one not asked for longest goes first."""
_OVERHEAD = 1024
"""What Python needs around one page, generously."""


@dataclass(frozen=True, slots=True)
class Made:
    """One page as it was made. It holds while the stamp is the same and `fresh_until` has not come."""

    html: bytes
    etag: str
    language: str
    slug: str
    """Of its shop: it is not shown at another shop's name."""
    stamp: Stamp
    fresh_until: datetime


@dataclass(slots=True)
class Kept:
    """A page and its squeezed forms, each made when first asked for."""

    made: Made
    squeezed: dict[str, bytes] = field(default_factory=dict)

    def body(self, encoding: str) -> bytes:
        """Return the page as `br`, `gzip`, or as it is. Racing threads at worst squeeze twice."""
        if not encoding:
            return self.made.html
        if encoding not in self.squeezed:
            self.squeezed[encoding] = _SQUEEZE[encoding](self.made.html)
        return self.squeezed[encoding]

    @property
    def weight(self) -> int:
        """The most it can come to, with both squeezed forms."""
        return _OVERHEAD + 2 * len(self.made.html)


# The middle levels: a page of 10 KB takes about 0.3 ms, the highest ones ten times that for 5 % less.
_SQUEEZE: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda html: bytes(brotli.compress(html, mode=brotli.MODE_TEXT, quality=5)),
    "gzip": lambda html: gzip.compress(html, compresslevel=6, mtime=0),
}


class Shelf:
    """Pages by order and language, bounded in bytes; safe for threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[tuple[int, str], Kept] = OrderedDict()
        self._most, self._weight = most_bytes, 0
        self._lock = Lock()

    def keep(self, order: int, wish: str, made: Made) -> Kept:
        kept = Kept(made)
        with self._lock:
            self._drop((order, wish))
            self._pages[order, wish] = kept
            self._weight += kept.weight
            while self._weight > self._most:
                self._drop(next(iter(self._pages)))
        return kept

    def find(self, order: int, wish: str, *, now: datetime) -> Kept | None:
        """Return the page while its words still hold; the caller compares the stamp."""
        with self._lock:
            kept = self._pages.get((order, wish))
            if kept is None or now >= kept.made.fresh_until:
                self._drop((order, wish))
                return None
            self._pages.move_to_end((order, wish))
        return kept

    def fresh(self, order: int, wish: str, stamp: Stamp | None, *, now: datetime) -> Kept | None:
        """Return the page if it was made under this stamp."""
        kept = self.find(order, wish, now=now)
        return kept if kept and stamp is not None and kept.made.stamp == stamp else None

    def _drop(self, key: tuple[int, str]) -> None:
        if kept := self._pages.pop(key, None):
            self._weight -= kept.weight

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._weight = 0

    @property
    def weight(self) -> int:
        return self._weight


SHELF = Shelf()
