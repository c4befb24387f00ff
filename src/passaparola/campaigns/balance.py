"""How much of what we say helps, and how much sells: per person written to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from passaparola.customers.models import Customer
from passaparola.kernel.ui.panels import Panel
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


def balance(store: Store, now: datetime, customers: Collection[int] | None = None) -> Balance:
    """Count what was sent: what helps or tells against what sells or asks. What orders bring is neither.

    `customers`: the rows of one person alone; as a rule everybody's.
    """
    only = "" if customers is None else "AND customer_id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*), coalesce(sum(told), 0), coalesce(sum(sold), 0), count(*) FILTER (WHERE told = 0)
              FROM (SELECT count(*) FILTER (WHERE purpose IN ('service', 'news')) AS told,
                           count(*) FILTER (WHERE purpose IN ('offer', 'ask')) AS sold
                      FROM outgoing_message
                     WHERE store_id = %s AND sent_at > %s AND sent_at <= %s AND customer_id IS NOT NULL
                       AND purpose <> 'transactional' {only}
                     GROUP BY customer_id) each_
            """,
            [store.pk, now - LOOKED_AT, now, *([] if customers is None else [list(customers)])],
        )
        people, told, sold, only = cursor.fetchone()
    return Balance(int(people), int(told), int(sold), int(only))


def _of_one(store: Store, customer: Customer, now: datetime) -> dict[str, Any] | None:
    found = balance(store, now, customer.all_ids())
    return {"balance": found} if found.people else None


PANEL = Panel(place="customer", template="campaigns/balance.html", load=_of_one, column="aside", rank=45)
