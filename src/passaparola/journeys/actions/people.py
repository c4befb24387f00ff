"""Journeys follow people: rows that turn out to be one person, and two again."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from passaparola.customers.models import Customer
from passaparola.journeys.actions.leave import Leaving, end
from passaparola.journeys.models import Enrolment
from passaparola.journeys.models.journey import definitions_of


def follow_merges(customers: Collection[int], *, now: datetime) -> None:
    """Give every enrolment, and what it asked of the team, to the person its record belongs to now.

    Of two in one journey the later one ends. Enrolments about different orders stay side by side, since each order
    is looked after, but where the journey is once for each customer.
    """
    rows = Customer.objects.filter(pk__in=customers).values_list("pk", "merged_into")
    roots = {root or pk for pk, root in rows}
    members = Customer.objects.filter(merged_into__in=roots).values_list("pk", flat=True)
    ids = sorted({*customers, *roots, *members})
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE journeys_enrolment t SET customer_id = coalesce(c.merged_into_id, c.id) FROM customers_customer c
             WHERE c.id = t.row_id AND t.row_id = ANY(%s)
               AND t.customer_id IS DISTINCT FROM coalesce(c.merged_into_id, c.id)
            """,
            [ids],
        )
        cursor.execute(
            """
            UPDATE journeys_todo t SET customer_id = e.customer_id FROM journeys_enrolment e
             WHERE e.id = t.enrolment_id AND t.customer_id = ANY(%s) AND t.customer_id <> e.customer_id
            """,
            [ids],
        )
    doubles = defaultdict(list)
    open_ = Enrolment.objects.under_way().filter(customer__in=roots).order_by("entered_at", "pk")
    place = open_.values_list(
        "pk", "store_id", "journey_id", "position", "hops", "customer_id", "order", "version"
    )
    definitions = definitions_of({version for *_, version in place})
    for *row, person, order, version in place:
        definition = definitions.get(version)
        if order is None or (definition and definition.again.per == "customer"):
            doubles[row[2], person].append(Leaving._make((*row, "merged")))
    end([one for group in doubles.values() for one in group[1:]], now=now)
