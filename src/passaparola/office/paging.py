"""Pages of a long list by key instead of by number: the thousandth page is as fast as the first.

A cursor is `time.id` of the row at the page's edge, in the address as `before` (older) or `after` (newer).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

SIZE = 25
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BIGGEST = 2**63 - 1
_CURSOR = re.compile(r"(-?[0-9]{1,16})\.([0-9]{1,19})")
Row = TypeVar("Row", bound=Model)
Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, newest first, and the addresses of the neighbours (empty where there is none)."""

    rows: Sequence[Row]
    newer: str = ""
    older: str = ""


def page_of(rows: QuerySet[Row], asked: Mapping[str, str], *, by: str = "", size: int = SIZE) -> Page[Row]:
    """Cut one page out of `rows`, newest first by the time `by` (never null) and id, or by id alone.

    `asked` is the address's query: cursor and filters; the neighbours' addresses keep the filters. A cursor
    that is none is taken as none: the first page.
    """
    after, before = read_cursor(asked.get("after", "")), read_cursor(asked.get("before", ""))
    if after:
        found = list(_beyond(rows, by, after, newer=True)[: size + 1])
        has_newer, has_older = len(found) > size, True
        found = found[:size][::-1]
    else:
        start = _beyond(rows, by, before, newer=False) if before else rows.order_by(*_order(by, "-"))
        found = list(start[: size + 1])
        has_newer, has_older = before is not None, len(found) > size
        found = found[:size]
    if not found:
        return Page(found, newer=_address(asked) if before or after else "")
    return Page(
        found,
        newer=_address(asked, after=write_cursor(found[0], by)) if has_newer else "",
        older=_address(asked, before=write_cursor(found[-1], by)) if has_older else "",
    )


def _order(by: str, sign: str) -> list[str]:
    return [f"{sign}{by}", f"{sign}pk"] if by else [f"{sign}pk"]


def _beyond(rows: QuerySet[Row], by: str, cursor: Cursor, *, newer: bool) -> QuerySet[Row]:
    at, pk = cursor
    way, sign = ("gt", "") if newer else ("lt", "-")
    if not by:
        return rows.filter(**{f"pk__{way}": pk}).order_by(*_order(by, sign))
    # The first condition repeats what follows from the second one, so that the index can be entered there.
    same_or = Q(**{f"{by}__{way}e": at}) & (Q(**{f"{by}__{way}": at}) | Q(**{f"pk__{way}": pk}))
    return rows.filter(same_or).order_by(*_order(by, sign))


def write_cursor(row: Any, by: str) -> str:
    at = getattr(row, by) if by else _EPOCH
    return f"{(at - _EPOCH) // _MICROSECOND}.{row.pk}"


def read_cursor(text: str) -> Cursor | None:
    found = _CURSOR.fullmatch(text)
    if not found or int(found[2]) > _BIGGEST:
        return None
    return _EPOCH + int(found[1]) * _MICROSECOND, int(found[2])


def as_id(text: str) -> int:
    """A row's id out of what came with a request; 0, which no row has, where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(_BIGGEST)) else 0


def _address(asked: Mapping[str, str], **cursor: str) -> str:
    kept = {name: value for name, value in asked.items() if value and name not in {"after", "before"}}
    return f"?{urlencode(kept | cursor)}"
