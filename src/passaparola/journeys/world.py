"""The facts that steps ask for, from the tables: one statement for a whole batch.

Live, everybody's moment is the same. Over the past (`as_of`) each has their own, and nothing that happened
later is seen.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from passaparola.journeys.rules.values import Happened, Place, Standing
from passaparola.messages.zones import zone_of
from passaparola.segments import queries
from passaparola.segments.rules.condition import Condition
from passaparola.stores.models import Store

_ASKED = (
    "(SELECT (r->>0)::bigint AS key, (r->>1)::bigint AS customer_id, (r->>2)::bigint AS order_id,"
    " (r->>3)::timestamptz AS since, (r->>4)::timestamptz AS now FROM jsonb_array_elements(%(asked)s::jsonb) r) s"
)
_HAPPENED = f"""
SELECT s.key, f.kind, f.happened_at, f.data FROM {_ASKED}
 CROSS JOIN LATERAL (
   SELECT * FROM (
     (SELECT e.kind, e.happened_at, e.data FROM kernel_event e
       WHERE e.order_id = s.order_id AND e.kind = ANY(%(kinds)s) AND e.happened_at > s.since
         AND e.happened_at <= s.now ORDER BY e.happened_at LIMIT 1)
     UNION ALL
     (SELECT e.kind, e.happened_at, e.data FROM kernel_event e
       WHERE e.customer_id = ANY(ARRAY(SELECT m.id FROM customers_customer m
                                        WHERE m.id = s.customer_id OR m.merged_into_id = s.customer_id))
         AND e.store_id = %(store)s AND e.kind = ANY(%(kinds)s) AND e.happened_at > s.since
         AND e.happened_at <= s.now
         AND (NOT %(about_order)s OR s.order_id IS NULL OR e.order_id IS NULL) ORDER BY e.happened_at LIMIT 1)
   ) e ORDER BY e.happened_at LIMIT 1) f
"""
_OF_ORDER = {
    "order_placed": "SELECT o.placed_at FROM orders_order o WHERE o.id = s.order_id",
    "handover": "SELECT o.shipped_at FROM orders_order o WHERE o.id = s.order_id",
    "delivered": "SELECT o.delivered_at FROM orders_order o WHERE o.id = s.order_id",
    "last_order": (
        "SELECT max(o.placed_at) FROM orders_order o WHERE o.customer_id = s.customer_id AND o.placed_at <= s.now"
        " AND o.deleted_at IS NULL AND o.cancelled_at IS NULL"
    ),
    # A day is a day where it arrives: noon there is on it in every zone that matters.
    "arrival": (
        "SELECT (max(coalesce(p.arrival_day, p.arrival_last)) + time '12:00') AT TIME ZONE %(zone)s"
        " FROM tracking_parcel p WHERE p.order_id = s.order_id AND p.cancelled_at IS NULL AND p.delivered_at IS NULL"
    ),
    "birthday": (
        "SELECT min(d) FROM customers_customer c, LATERAL (SELECT (make_date(y, 1, 1)"
        " + make_interval(months => substr(c.birthday, 1, 2)::int - 1, days => substr(c.birthday, 4, 2)::int - 1)"
        " + time '09:00') AT TIME ZONE %(zone)s AS d FROM generate_series(extract(year FROM s.now)::int,"
        " extract(year FROM s.now)::int + 1) y) t WHERE c.id = s.customer_id AND c.birthday <> '' AND d >= s.since"
    ),
}


class TableWorld:
    """The world of one store."""

    def __init__(self, store: Store, *, as_of: bool = False) -> None:
        self.store = store
        self.as_of = as_of

    def matching(self, condition: Condition, batch: Sequence[Standing]) -> set[int]:
        asked = [
            queries.Asked(
                key=s.id, customer_id=s.customer_id, order_id=s.order_id, parcel_id=s.parcel_id, at=s.now,
                data=dict(s.data),
            )
            for s in batch
        ]  # fmt: skip
        return queries.matching(self.store, condition, asked, as_of=self.as_of)

    def happened(
        self,
        kinds: Sequence[str],
        batch: Sequence[Standing],
        since: Mapping[int, datetime],
        *,
        about_order: bool,
    ) -> Mapping[int, Happened]:
        if not batch:
            return {}
        rows = self._ask(_HAPPENED, batch, since, kinds=list(kinds), about_order=about_order)
        return {
            key: Happened(kind, at, data if isinstance(data, dict) else json.loads(data))
            for key, kind, at, data in rows
        }

    def moments(self, what: str, batch: Sequence[Standing]) -> Mapping[int, datetime]:
        if what == "event":
            return {s.id: s.begun_at for s in batch}
        since = {s.id: s.since for s in batch}
        text = f"SELECT s.key, m.at FROM {_ASKED} CROSS JOIN LATERAL ({_OF_ORDER[what]}) m(at) WHERE m.at IS NOT NULL"
        found = dict(self._ask(text, batch, since, zone=self.store.zone.key))
        if self.as_of and what in {"handover", "delivered"}:
            now = {s.id: s.now for s in batch}
            return {key: at for key, at in found.items() if at <= now[key]}
        return found

    def places(self, batch: Sequence[Standing]) -> Mapping[int, Place]:
        text = (
            f"SELECT s.key, c.time_zone, coalesce(nullif(o.shipping_address ->> 'country', ''), c.country)"
            f" FROM {_ASKED} JOIN customers_customer c ON c.id = s.customer_id"
            " LEFT JOIN orders_order o ON o.id = s.order_id"
        )
        found = {
            key: Place(
                zone_of(zone or "", country or "", self.store.time_zone), country or self.store.country
            )
            for key, zone, country in self._ask(text, batch, {})
        }
        home = Place(self.store.zone, self.store.country)
        return defaultdict(lambda: home, found)

    def _ask(
        self, text: str, batch: Sequence[Standing], since: Mapping[int, datetime], **params: Any
    ) -> list[tuple[Any, ...]]:
        asked = [
            [s.id, s.customer_id, s.order_id, since.get(s.id, s.since).isoformat(), s.now.isoformat()]
            for s in batch
        ]
        with connection.cursor() as cursor:
            cursor.execute(text, {**params, "asked": json.dumps(asked), "store": self.store.pk})
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
