"""Words in the event log: what somebody said or was told, in events that stay as figures when the words go."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

# By the indexes on customer and order; events of an order that name nobody are found by the orders of those who do.
_OURS = """
  FROM kernel_event
 WHERE store_id = %(store)s AND kind = %(kind)s
   AND (customer_id = ANY(%(ids)s) OR order_id IN (
        SELECT DISTINCT order_id FROM kernel_event WHERE customer_id = ANY(%(ids)s) AND order_id IS NOT NULL))
   AND EXISTS (SELECT 1 FROM unnest(%(fields)s::text[]) AS f(name)
                WHERE data -> f.name IS NOT NULL AND data ->> f.name NOT IN ('', '{}', '[]'))"""


def said(store: int, ids: Sequence[int], words: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Return the words of these kinds of events, by field."""
    found = []
    with connection.cursor() as cursor:
        for kind, fields in words.items():
            told = _told(store, kind, ids, fields)
            cursor.execute(f"SELECT happened_at, data {_OURS} ORDER BY happened_at, id", told)
            rows = [(at, _plain(data)) for at, data in cursor.fetchall()]
            found += [
                {"what": kind, "at": at, **{name: data.get(name, "") for name in fields}} for at, data in rows
            ]
    return found


def forget(store: int, ids: Sequence[int], words: Mapping[str, Sequence[str]]) -> int:
    """Empty these fields, and return how many events had something in them."""
    count = 0
    with connection.cursor() as cursor:
        for kind, fields in words.items():
            told = _told(store, kind, ids, fields)
            cursor.execute(
                "UPDATE kernel_event e SET data = e.data || ("
                "SELECT jsonb_object_agg(f.name, CASE jsonb_typeof(e.data -> f.name) WHEN 'object' THEN '{}'::jsonb"
                " WHEN 'array' THEN '[]'::jsonb ELSE '\"\"'::jsonb END)"
                f" FROM unnest(%(fields)s::text[]) AS f(name)) WHERE e.id IN (SELECT id {_OURS})",
                told,
            )
            count += cursor.rowcount
    return count


def _told(store: int, kind: str, ids: Sequence[int], fields: Sequence[str]) -> dict[str, Any]:
    return {"store": store, "kind": kind, "ids": list(ids), "fields": list(fields)}


def _plain(data: Any) -> dict[str, Any]:
    """Django's cursors hand JSON over as text."""
    told: dict[str, Any] = json.loads(data) if isinstance(data, str) else data
    return told
