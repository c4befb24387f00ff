"""How much of what we say helps, and how much sells: per person written to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from passaparola.stores.models import Store

LOOKED_AT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Balance:
    """The last 30 days."""

    people: int = 0
    informative: int = 0
    commercial: int = 0
    only_commercial: int = 0
    """People who got offers or questions and nothing that helped or told them something."""

    @property
    def informative_each(self) -> float:
        return self.informative / self.people if self.people else 0.0

    @property
    def commercial_each(self) -> float:
        return self.commercial / self.people if self.people else 0.0


def balance(store: Store, now: datetime) -> Balance:
    """Count what was sent: what helps or tells against what sells or asks. What orders bring is neither."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), coalesce(sum(told), 0), coalesce(sum(sold), 0), count(*) FILTER (WHERE told = 0)
              FROM (SELECT count(*) FILTER (WHERE purpose IN ('service', 'news')) AS told,
                           count(*) FILTER (WHERE purpose IN ('offer', 'ask')) AS sold
                      FROM outgoing_message
                     WHERE store_id = %s AND sent_at > %s AND sent_at <= %s AND customer_id IS NOT NULL
                       AND purpose <> 'transactional'
                     GROUP BY customer_id) each_
            """,
            [store.pk, now - LOOKED_AT, now],
        )
        people, told, sold, only = cursor.fetchone()
    return Balance(int(people), int(told), int(sold), int(only))
