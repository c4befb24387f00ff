"""Who messages are for: each person once, whatever rows they are spread over."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection


class Wish(NamedTuple):
    """How they chose to be written to; a row without a choice has no time."""

    changed_at: datetime | None
    language: str | None
    channel: str | None
    frequency: str | None
    paused_until: datetime | None


class PersonRow(NamedTuple):
    """What deciding and addressing need of a person: the best that all their rows know."""

    pk: int
    store_id: int
    email: str
    phone: str
    language: str
    country: str
    time_zone: str
    accepts_marketing: bool | None
    consent_at: datetime | None
    erased_at: datetime | None
    orders_count: int
    birthday: str
    first_order_at: datetime | None
    wish: Wish

    @property
    def spoken(self) -> str:
        """The language they chose, else the one they are known to speak."""
        return self.wish.language or self.language


_COLUMNS = ", ".join(
    [*(f"c.{name}" for name in PersonRow._fields[1:-1]), *(f"w.{name}" for name in Wish._fields)]
)
NO_WISH = Wish(None, None, None, None, None)
_PLAIN = len(PersonRow._fields) - 2
_ERASED = PersonRow._fields.index("erased_at") - 1
# One statement for a batch: asked with OR, PostgreSQL would look through all customers for who was merged.
_FAMILIES = f"""
    WITH roots AS (SELECT DISTINCT coalesce(merged_into_id, id) AS id
                     FROM customers_customer WHERE id = ANY(%(ids)s))
    SELECT c.id, c.id, {_COLUMNS} FROM roots JOIN customers_customer c ON c.id = roots.id
      LEFT JOIN outgoing_preference w ON w.customer_id = c.id
    UNION ALL
    SELECT c.id, c.merged_into_id, {_COLUMNS}
      FROM roots JOIN customers_customer c ON c.merged_into_id = roots.id
      LEFT JOIN outgoing_preference w ON w.customer_id = c.id
"""


@dataclass
class People:
    """The people of a batch. A merged row leads to the row it was merged into."""

    found: dict[int, PersonRow] = field(default_factory=dict)
    """By the row that stands for the person."""
    roots: dict[int, int] = field(default_factory=dict)
    """From every row of theirs to that one."""

    @classmethod
    def of(cls, customers: Collection[int]) -> "People":
        people = cls()
        if not customers:
            return people
        with connection.cursor() as cursor:
            cursor.execute(_FAMILIES, {"ids": list(customers)})
            rows = cursor.fetchall()
        erased: dict[int, datetime] = {}
        wishes: dict[int, Wish] = {}
        for pk, root, *row in rows:
            people.roots[pk] = root
            wish = Wish._make(row[_PLAIN:])
            if wish.changed_at:  # whichever of their rows they chose it for: the last choice counts
                wishes[root] = max(wishes.get(root, wish), wish, key=lambda one: str(one.changed_at))
            if row[_ERASED]:
                erased[root] = row[_ERASED]
            if pk == root:
                people.found[pk] = PersonRow._make([pk, *row[:_PLAIN], NO_WISH])
        for root in {*erased, *wishes} & set(people.found):
            person = people.found[root]
            people.found[root] = person._replace(erased_at=erased.get(root), wish=wishes.get(root, NO_WISH))
        return people

    def only(self, wanted: Collection[int]) -> "People":
        """Return these of them alone."""
        roots = {pk: root for pk, root in self.roots.items() if root in wanted}
        return People({pk: self.found[pk] for pk in wanted if pk in self.found}, roots)

    def get(self, customer: int | None) -> PersonRow | None:
        return self.found.get(self.roots.get(customer or 0, 0))
