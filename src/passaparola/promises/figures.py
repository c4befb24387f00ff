"""How well the shop keeps what it promises: by kind, carrier, product, person and hour, and what came after.

Counted from the ledger's own rows over one year, each question one statement over the index by kind and time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from passaparola.promises.aftermath import After, aftermath
from passaparola.stores.models import Store

YEAR = timedelta(days=365)
MOST = 8

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

    @property
    def early_days(self) -> int:
        """Told in days from two on."""
        return self.early_hours // 24 if self.early_hours >= 48 else 0  # noqa: PLR2004


@dataclass(frozen=True)
class Standards:
    by_kind: Sequence[Kept]
    by_carrier: Sequence[Kept]
    by_product: Sequence[Kept]
    by_person: Sequence[Kept]
    by_hour: Sequence[Kept]
    after: Sequence[After]


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
        after=aftermath(store, since=now - YEAR, now=now),
    )


_BY_CARRIER = f"""
SELECT c.carrier, {_OUTCOMES} FROM promises_promise p
  JOIN LATERAL (SELECT carrier FROM tracking_parcel WHERE order_id = p.order_id AND cancelled_at IS NULL
                 ORDER BY id LIMIT 1) c ON true
 WHERE {_JUDGED} AND p.kind = 'delivery' AND c.carrier <> '' GROUP BY 1 ORDER BY n DESC LIMIT %(most)s
"""
_BY_PRODUCT = f"""
SELECT coalesce(g.title, l.title), {_OUTCOMES} FROM promises_promise p
  JOIN orders_order o ON o.id = p.order_id JOIN orders_line l ON l.order_id = o.id
  LEFT JOIN products_product g
    ON (g.store_id, g.source, g.external_id) = (o.store_id, o.source, l.product_external_id)
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
