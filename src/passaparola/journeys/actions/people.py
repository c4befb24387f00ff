"""Journeys follow people: rows that turn out to be one person, and two again."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from passaparola.customers.models import Customer
from passaparola.journeys.actions.leave import Leaving, end
from passaparola.journeys.models import Enrolment


def follow_merges(customers: Collection[int], *, now: datetime) -> None:
    """Give every enrolment to the person its record belongs to now; of two in one journey the later one ends.

    Enrolments about different orders stay side by side: each order is looked after.
    """
    rows = Customer.objects.filter(pk__in=customers).values_list("pk", "merged_into")
    roots = {root or pk for pk, root in rows}
    members = Customer.objects.filter(merged_into__in=roots).values_list("pk", flat=True)
    ids = sorted({*customers, *roots, *members})
    with connection.cursor() as cursor:
        for table in ("journeys_enrolment", "journeys_todo"):
            whose = "t.row_id" if table == "journeys_enrolment" else "t.customer_id"
            cursor.execute(
                f"""
                UPDATE {table} t SET customer_id = coalesce(c.merged_into_id, c.id) FROM customers_customer c
                 WHERE c.id = {whose} AND {whose} = ANY(%s)
                   AND t.customer_id IS DISTINCT FROM coalesce(c.merged_into_id, c.id)
                """,
                [ids],
            )
    doubles = defaultdict(list)
    open_ = Enrolment.objects.under_way().filter(customer__in=roots, order=None).order_by("entered_at", "pk")
    for row in open_.values_list("pk", "store_id", "journey_id", "position", "hops", "customer_id"):
        doubles[row[2], row[5]].append(Leaving._make((*row[:5], "merged")))
    end([one for group in doubles.values() for one in group[1:]], now=now)
