"""How well the shop keeps what it promises: by kind, carrier, product, person and hour, and what a breach costs.

Counted from the ledger's own rows over one year, each question one statement over the index by kind and time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from passaparola.stores.models import Store

YEAR = timedelta(days=365)
AGAIN_WITHIN = timedelta(days=90)
"""How long a second purchase is waited for."""
MOST = 8
ENOUGH = 5
"""Of fewer promises a share says nothing."""

_OUTCOMES = """count(*) AS n,
    count(*) FILTER (WHERE p.kept_at <= p.due_at) AS kept,
    count(*) FILTER (WHERE p.kept_at > p.due_at) AS late,
    count(*) FILTER (WHERE p.kept_at IS NULL) AS broken,
    avg(extract(epoch FROM p.due_at - p.kept_at)) FILTER (WHERE p.kept_at <= p.due_at) AS early"""
# Judged are those whose time has come, and those that came true before; what was let go before its time is neither.
_JUDGED = """p.store_id = %(store)s AND p.due_at >= %(since)s AND (p.due_at <= %(now)s OR p.kept_at IS NOT NULL)
    AND (p.kept_at IS NOT NULL OR p.broken_at IS NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Kept:
    """How often one group of promises was kept."""

    name: str
    n: int
    kept: int
    late: int
    broken: int
    early: float | None
    """Seconds by which those kept in time were early, on average."""

    @property
    def share(self) -> float:
        return self.kept / self.n if self.n else 0.0

    @property
    def early_hours(self) -> int:
        return int((self.early or 0) // 3600)


@dataclass(frozen=True, slots=True)
class Cost:
    """What became of customers whose parcel came in time, and of those whose did not."""

    kept: int
    kept_again: int
    broken: int
    broken_again: int

    @property
    def after_kept(self) -> float | None:
        return self.kept_again / self.kept if self.kept else None

    @property
    def after_broken(self) -> float | None:
        return self.broken_again / self.broken if self.broken else None

    @property
    def is_enough(self) -> bool:
        return min(self.kept, self.broken) >= ENOUGH


@dataclass(frozen=True)
class Standards:
    by_kind: Sequence[Kept]
    by_carrier: Sequence[Kept]
    by_product: Sequence[Kept]
    by_person: Sequence[Kept]
    by_hour: Sequence[Kept]
    cost: Cost


def standards(store: Store, *, now: datetime) -> Standards:
    given = {"store": store.pk, "now": now, "since": now - YEAR, "most": MOST, "zone": store.zone.key}
    return Standards(
        by_kind=_kept(
            f"SELECT p.kind, {_OUTCOMES} FROM promises_promise p WHERE {_JUDGED} GROUP BY 1", given
        ),
        by_carrier=_kept(_BY_CARRIER, given),
        by_product=_kept(_BY_PRODUCT, given),
        by_person=_kept(_BY_PERSON, given),
        by_hour=_kept(_BY_HOUR, given),
        cost=_cost(given),
    )


_BY_CARRIER = f"""
SELECT c.carrier, {_OUTCOMES} FROM promises_promise p
  JOIN LATERAL (SELECT carrier FROM tracking_parcel WHERE order_id = p.order_id AND cancelled_at IS NULL
                 ORDER BY id LIMIT 1) c ON true
 WHERE {_JUDGED} AND p.kind = 'delivery' AND c.carrier <> '' GROUP BY 1 ORDER BY n DESC LIMIT %(most)s
"""
_BY_PRODUCT = f"""
SELECT l.title, {_OUTCOMES} FROM promises_promise p JOIN orders_line l ON l.order_id = p.order_id
 WHERE {_JUDGED} AND p.kind = 'shipping' GROUP BY 1 HAVING count(*) >= 5
 ORDER BY count(*) FILTER (WHERE p.kept_at <= p.due_at)::float / count(*), n DESC LIMIT %(most)s
"""
_BY_PERSON = f"""
SELECT m.name, {_OUTCOMES} FROM promises_promise p JOIN stores_member m ON m.id = p.owner_id
 WHERE {_JUDGED} GROUP BY m.id, m.name ORDER BY n DESC LIMIT %(most)s
"""
_BY_HOUR = f"""
SELECT lpad((extract(hour FROM p.made_at AT TIME ZONE %(zone)s)::int / 3 * 3)::text, 2, '0') || ':00', {_OUTCOMES}
  FROM promises_promise p WHERE {_JUDGED} AND p.kind = 'shipping' GROUP BY 1 ORDER BY 1
"""


def _kept(sql: str, given: dict[str, Any]) -> list[Kept]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Kept(*row) for row in cursor.fetchall()]


def _cost(given: dict[str, Any]) -> Cost:
    """Only of orders that long ago that a second purchase could have been made; each person's first one counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH firsts AS (
                SELECT DISTINCT ON (p.customer_id) p.customer_id, p.due_at,
                       coalesce(p.kept_at <= p.due_at, false) AS is_kept, o.placed_at
                  FROM promises_promise p JOIN orders_order o ON o.id = p.order_id
                 WHERE p.store_id = %(store)s AND p.kind = 'delivery' AND p.customer_id IS NOT NULL
                   AND (p.kept_at IS NOT NULL OR p.broken_at IS NOT NULL)
                   AND p.due_at >= %(since)s AND p.due_at <= %(now)s - %(again)s
                 ORDER BY p.customer_id, o.placed_at
            )
            SELECT f.is_kept, count(*), count(*) FILTER (WHERE EXISTS (
                SELECT 1 FROM orders_order n WHERE n.customer_id = f.customer_id AND n.placed_at > f.due_at
                   AND n.placed_at <= f.due_at + %(again)s AND n.cancelled_at IS NULL))
              FROM firsts f GROUP BY 1
            """,
            given | {"again": AGAIN_WITHIN},
        )
        rows = {is_kept: (n, again) for is_kept, n, again in cursor.fetchall()}
    return Cost(*rows.get(True, (0, 0)), *rows.get(False, (0, 0)))
