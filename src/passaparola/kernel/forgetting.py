"""Taking what people said out of the event log: that something happened stays, the words about it go."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

WORDS = ("address", "code", "evidence", "note", "place", "where", "why", "words")
"""The fields of events in which a person, or somebody speaking of them, says something freely."""

_FORGET = """
UPDATE kernel_event e
   SET data = (SELECT jsonb_object_agg(d.key, CASE WHEN d.key <> ALL(%(words)s) THEN d.value
                      WHEN jsonb_typeof(d.value) = 'object' THEN '{}' ELSE '""' END)
                 FROM jsonb_each(e.data) d)
 WHERE e.store_id = %(store)s AND (e.customer_id = ANY(%(customers)s) OR e.order_id = ANY(%(orders)s))
   AND (%(kind)s = '' OR e.kind = %(kind)s) AND e.data ?| %(words)s"""


def forget_words(
    store: int,
    *,
    customers: Iterable[int] = (),
    orders: Iterable[int] = (),
    words: Iterable[str] = WORDS,
    kind: str = "",
) -> int:
    """Empty every free word in the events about these people and orders; return how many events that were.

    With `kind`, in events of that kind alone: in others a field of that name may hold no word of anybody.
    """
    about: dict[str, Any] = {"store": store, "customers": list(customers), "orders": list(orders)}
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, about | {"words": list(words), "kind": kind})
        return int(cursor.rowcount)
