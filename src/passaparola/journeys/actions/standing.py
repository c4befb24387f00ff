"""Where somebody stands, as the rules see it, from a row of theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from passaparola.journeys.rules.values import Standing


class Row(Protocol):
    """What every reader of enrolments has read."""

    @property
    def id(self) -> int: ...
    @property
    def customer_id(self) -> int: ...
    @property
    def order_id(self) -> int | None: ...
    @property
    def parcel_id(self) -> int | None: ...
    @property
    def position(self) -> str: ...
    @property
    def since_at(self) -> datetime: ...
    @property
    def entered_at(self) -> datetime: ...
    @property
    def begun_at(self) -> datetime: ...


def standing_of(row: Row, now: datetime, *, hops: int = 0, data: Mapping[str, Any] | None = None) -> Standing:
    return Standing(
        id=row.id,
        customer_id=row.customer_id,
        order_id=row.order_id,
        parcel_id=row.parcel_id,
        position=row.position,
        since=row.since_at,
        entered_at=row.entered_at,
        begun_at=row.begun_at,
        now=now,
        hops=hops,
        data=data or {},
    )
