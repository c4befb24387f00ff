"""What came after parcels in time and after late ones: bought again, sent back, complained.

Each concept that knows of something registers its question; all are asked in one statement. Said side by side with
an interval and never as a cause: whoever waited may differ in other ways, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.shares import newcombe
from passaparola.stores.models import Store

WITHIN = timedelta(days=90)
"""How long it is waited for what comes after."""
ENOUGH = 20
"""Of fewer customers on either side nothing is said."""


@dataclass(frozen=True, slots=True)
class Question:
    label: str | Text
    sql: str
    """True or not of `f`, a row with `order_id`, `customer_id` and `due_at`; of `%(store)s`, `%(within)s` counting."""


QUESTIONS: list[Question] = [
    Question(
        _("Bought again"),
        """EXISTS (SELECT 1 FROM orders_order n WHERE n.customer_id = f.customer_id AND n.placed_at > f.due_at
            AND n.placed_at <= f.due_at + %(within)s AND n.cancelled_at IS NULL)""",
    )
]


def register(*questions: Question) -> None:
    """Called in `AppConfig.ready()`; what is asked last is shown last."""
    QUESTIONS.extend(one for one in questions if one not in QUESTIONS)


@dataclass(frozen=True, slots=True)
class After:
    """How many of those whose parcel came in time, and of those whose did not, did one thing."""

    label: str | Text
    kept: int
    kept_did: int
    late: int
    late_did: int

    @property
    def share_kept(self) -> float:
        return self.kept_did / self.kept if self.kept else 0.0

    @property
    def share_late(self) -> float:
        return self.late_did / self.late if self.late else 0.0

    @property
    def is_enough(self) -> bool:
        return min(self.kept, self.late) >= ENOUGH

    @property
    def points(self) -> float:
        return 100 * (self.share_late - self.share_kept)

    @property
    def low(self) -> float:
        return 100 * self._interval[0]

    @property
    def high(self) -> float:
        return 100 * self._interval[1]

    @property
    def may_be_chance(self) -> bool:
        return self.low <= 0 <= self.high

    @property
    def _interval(self) -> tuple[float, float]:
        return newcombe(self.late_did, self.late, self.kept_did, self.kept)


def aftermath(store: Store, *, since: datetime, now: datetime) -> Sequence[After]:
    """Return what came after each customer's first parcel, of those long enough ago; what never came is left out."""
    given: dict[str, Any] = {"store": store.pk, "since": since, "now": now, "within": WITHIN}
    did = ", ".join(f"count(*) FILTER (WHERE {one.sql})" for one in QUESTIONS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH firsts AS MATERIALIZED (
                SELECT DISTINCT ON (p.customer_id) p.customer_id, p.order_id, p.due_at,
                       coalesce(p.kept_at <= p.due_at, false) AS is_kept
                  FROM promises_promise p JOIN orders_order o ON o.id = p.order_id
                 WHERE p.store_id = %(store)s AND p.kind = 'delivery' AND p.customer_id IS NOT NULL
                   AND (p.kept_at IS NOT NULL OR p.broken_at IS NOT NULL)
                   AND p.due_at >= %(since)s AND p.due_at <= %(now)s - %(within)s
                 ORDER BY p.customer_id, o.placed_at
            )
            SELECT f.is_kept, count(*), {did} FROM firsts f GROUP BY 1
            """,
            given,
        )
        rows = {is_kept: (n, counts) for is_kept, n, *counts in cursor.fetchall()}
    nobody = (0, [0] * len(QUESTIONS))
    (kept, kept_did), (late, late_did) = rows.get(True, nobody), rows.get(False, nobody)
    found = zip(QUESTIONS, kept_did, late_did, strict=True)
    return [After(one.label, kept, a, late, b) for n, (one, a, b) in enumerate(found) if a or b or n == 0]
