"""`python -m bench._today_shop CUSTOMERS ORDERS`: a shop of some size, written by PostgreSQL itself.

A year of orders, nearly all delivered, with parcels, promises, events and messages; some hundred late, some
hundred with a case, as a shop of that size has them.
"""

import sys
from pathlib import Path

import django

_SQL = Path(__file__).with_suffix(".sql")


def main() -> None:
    django.setup()
    from django.db import connection
    from django.db.models import NOT_PROVIDED

    from passaparola.messages.models import Message
    from passaparola.stores.models import Member, Membership, Role, Store

    customers, orders = map(int, sys.argv[1:3])
    store = Store.objects.create(slug="bench", name="Bench", url="https://bench.example")
    owner = Member.objects.create_user("owner@bench.example", "bench", name="Owner", language="en")
    Membership.objects.create(store=store, member=owner, role=Role.OWNER)
    told = _SQL.read_text()
    names = told.partition("INSERT INTO outgoing_message (")[2].partition("{more}")[0]
    given = {name.strip() for name in names.split(",")}
    # What others add to messages and may not be empty: an empty text each.
    columns = Message._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    more = [
        field.column
        for field in columns
        if not (field.null or field.primary_key or field.column in given) and field.db_default is NOT_PROVIDED
    ]
    sql = told.replace("{more}", "".join(f', "{name}"' for name in more)).replace(
        "{values}", ", ''" * len(more)
    )
    with connection.cursor() as cursor:
        for statement in sql.split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"store": store.pk, "customers": customers, "orders": orders})
        cursor.execute("VACUUM ANALYZE")
    print(owner.pk)


if __name__ == "__main__":
    main()
