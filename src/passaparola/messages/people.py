"""Who messages are for: each person once, whatever rows they are spread over."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection


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


_COLUMNS = ", ".join(f"c.{name}" for name in PersonRow._fields[1:])
# One statement for a batch: asked with OR, PostgreSQL would look through all customers for who was merged.
_FAMILIES = f"""
    WITH roots AS (SELECT DISTINCT coalesce(merged_into_id, id) AS id
                     FROM customers_customer WHERE id = ANY(%(ids)s))
    SELECT c.id, c.id, {_COLUMNS} FROM roots JOIN customers_customer c ON c.id = roots.id
    UNION ALL
    SELECT c.id, c.merged_into_id, {_COLUMNS} FROM roots JOIN customers_customer c ON c.merged_into_id = roots.id
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
        erased = {root: row[-2] for _, root, *row in rows if row[-2]}
        for pk, root, *row in rows:
            people.roots[pk] = root
            if pk == root:
                person = PersonRow(pk, *row)
                people.found[pk] = person._replace(erased_at=erased.get(pk))
        return people

    def get(self, customer: int | None) -> PersonRow | None:
        return self.found.get(self.roots.get(customer or 0, 0))
