"""What goes wrong for people just now, or went wrong lately: the arbiter's reason to want nothing of them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import connection

from passaparola.messages.people import People
from passaparola.messages.rules.values import Trouble

# One statement for a batch, entered by the cases of these people: of the troubles themselves only the open
# ones are indexed by customer, and calm is about those that are settled. A case that is open counts by itself,
# also after the last of its troubles is over: somebody still has to see to it.
_TROUBLES = """
    WITH mine AS (SELECT id, customer_id, opened_at, closed_at FROM cases_case
                   WHERE customer_id = ANY(%(customers)s) AND (closed_at IS NULL OR closed_at > %(since)s))
    SELECT customer_id, 'case', opened_at, closed_at FROM mine
    UNION ALL
    SELECT mine.customer_id, t.kind, t.opened_at, t.settled_at
      FROM mine JOIN cases_trouble t ON t.case_id = mine.id
"""


def troubles_of(people: People, *, since: datetime) -> dict[int, tuple[Trouble, ...]]:
    """Return each person's troubles that are open or were settled after `since`."""
    if not people.roots:
        return {}
    given: dict[str, Any] = {"customers": list(people.roots), "since": since}
    found: dict[int, list[Trouble]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_TROUBLES, given)
        for customer, kind, opened_at, settled_at in cursor.fetchall():
            found[people.roots[customer]].append(
                Trouble(kind=kind, opened_at=opened_at, settled_at=settled_at)
            )
    return {person: tuple(troubles) for person, troubles in found.items()}
