"""`python -m bench._today_shop CUSTOMERS ORDERS`: a shop of some size, written by PostgreSQL itself.

A year of orders, nearly all delivered, with parcels, promises, events and messages; some hundred late, some
hundred with a case, as a shop of that size has them.
"""

import sys
from pathlib import Path
from typing import Any

import django

_SQL = Path(__file__).with_suffix(".sql")

_EMPTY = {"jsonb": "'{}'", "boolean": "false", "character varying": "''", "text": "''"}


def _give_defaults(cursor: Any) -> None:
    """Let what others add to the tables meanwhile, and may not be null, be empty."""
    cursor.execute(
        """
        SELECT table_name, column_name, data_type FROM information_schema.columns
         WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
        """
    )
    for table, column, kind in cursor.fetchall():
        empty = _EMPTY.get(
            kind, "0" if kind in {"smallint", "integer", "numeric", "double precision"} else ""
        )
        if empty:
            cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT {empty}')


def main() -> None:
    django.setup()
    from django.db import connection

    from passaparola.stores.models import Member, Membership, Role, Store

    customers, orders = map(int, sys.argv[1:3])
    store = Store.objects.create(slug="bench", name="Bench", url="https://bench.example")
    owner = Member.objects.create_user("owner@bench.example", "bench", name="Owner", language="en")
    Membership.objects.create(store=store, member=owner, role=Role.OWNER)
    with connection.cursor() as cursor:
        _give_defaults(cursor)
        for statement in _SQL.read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"store": store.pk, "customers": customers, "orders": orders})
        cursor.execute("VACUUM ANALYZE")
    print(owner.pk)


if __name__ == "__main__":
    main()
