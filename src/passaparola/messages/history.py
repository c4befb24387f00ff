"""What was said before to the people of a batch, in one statement, whatever its size."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from passaparola.messages.kind import kind_of
from passaparola.messages.people import People
from passaparola.messages.rules.intent import thing_of
from passaparola.messages.rules.values import Purpose, Said

_COLUMNS = """id, customer_id, order_id, kind, purpose, parcel_id, template_id, asked_by, data ->> 'coupon',
              coalesce(sent_at, dropped_at, claimed_at), merged_into_id IS NOT NULL"""
# Three index scans joined by UNION, not OR: so each uses its own partial index (`message_said` holds only what
# counts for caps), and what two workers are handing over this moment counts too.
_SAID = f"""
    SELECT {_COLUMNS} FROM outgoing_message
     WHERE customer_id = ANY(%(customers)s) AND sent_at > %(since)s AND purpose <> 'transactional'
    UNION
    SELECT {_COLUMNS} FROM outgoing_message
     WHERE claimed_at IS NOT NULL AND customer_id = ANY(%(customers)s)
    UNION
    SELECT {_COLUMNS} FROM outgoing_message
     WHERE order_id = ANY(%(orders)s) AND (sent_at IS NOT NULL OR claimed_at IS NOT NULL
                                          OR dropped_at IS NOT NULL AND merged_into_id IS NOT NULL)
"""
_PURPOSES = {purpose.value: purpose for purpose in Purpose}
"""Two a decision: calling the enumeration costs ten times as much."""


class Histories:
    """What was said, by person and by order."""

    def __init__(self) -> None:
        self._by_person: dict[int, dict[int, Said]] = defaultdict(dict)
        self._by_order: dict[int, dict[int, Said]] = defaultdict(dict)

    @classmethod
    def of(cls, people: People, orders: Collection[int], *, since: datetime) -> "Histories":
        found = cls()
        if not people.roots and not orders:
            return found
        given: dict[str, Any] = {"customers": list(people.roots), "orders": list(orders), "since": since}
        with connection.cursor() as cursor:
            cursor.execute(_SAID, given)
            for row in map(_Row._make, cursor.fetchall()):
                said = row.as_said()
                if row.customer is not None:
                    found._by_person[people.roots.get(row.customer, 0)][row.pk] = said
                if row.order is not None:
                    found._by_order[row.order][row.pk] = said
        return found

    def of_person(self, person: int | None, orders: Collection[int | None]) -> tuple[Said, ...]:
        """Return what was said to a person and about these orders, each once."""
        found = dict(self._by_person.get(person or 0, ())) if person else {}
        for order in orders:
            found |= self._by_order.get(order or 0, {})
        return tuple(found.values())


class _Row(NamedTuple):
    pk: int
    customer: int | None
    order: int | None
    kind: str
    purpose: str
    parcel: int | None
    template: int | None
    asked_by: str
    coupon: str | None
    at: datetime
    is_merged: bool

    def as_said(self) -> Said:
        known = kind_of(self.kind)
        return Said(
            kind=self.kind,
            parcel_id=self.parcel,
            sent_at=self.at,
            order_id=self.order,
            purpose=_PURPOSES[self.purpose],
            thing=thing_of(self.kind, self.template, self.asked_by),
            coupon=self.coupon or "",
            is_apology=bool(known and known.is_apology),
            is_merged=self.is_merged,
        )
