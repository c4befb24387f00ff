"""One worker: advances everybody who is due, set-based or, for comparison, by row.

Says how many, and how much CPU it and PostgreSQL's process on its line took.
"""

import sys
import time

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from bench._enrolled import NOW  # noqa: E402
from bench.rig import cpu_seconds  # noqa: E402
from passaparola.journeys import actions  # noqa: E402
from passaparola.journeys.models import Due, Enrolment  # noqa: E402
from passaparola.kernel import loops  # noqa: E402


def set_based() -> int:
    done = 0
    while moved := actions.advance_due(NOW):
        done += moved
    return done


def by_row() -> int:
    """What an engine does that asks the ORM for each: lock, look, decide, save."""
    from datetime import timedelta

    done = 0
    while True:
        with transaction.atomic():
            due = Due.objects.select_for_update(skip_locked=True).filter(due_at__lte=NOW)
            first = due.order_by("due_at", "enrolment_id").first()
            if first is None:
                return done
            rows = Enrolment.objects.select_for_update(of=("self",)).select_related("order", "customer")
            one = rows.get(pk=first.enrolment_id)
            way = "yes" if one.order.total >= 100 else "no"
            one.path = [*one.path, ["rest", "next", NOW.isoformat()], ["dear", way, NOW.isoformat()]]
            one.position, one.since_at, one.hops = {"yes": "days", "no": "week"}[way], NOW, 2
            one.due_at = NOW + timedelta(days=3 if way == "yes" else 7)
            one.save(update_fields=["path", "position", "since_at", "hops", "due_at"])
            done += 1


if __name__ == "__main__":
    work = {"set": set_based, "row": by_row}[sys.argv[1]]
    loops.get_ready()  # as every worker does
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    print("ready", flush=True)
    sys.stdin.readline()
    before = time.process_time() + cpu_seconds(backend)
    count = work()
    print(count, time.process_time() + cpu_seconds(backend) - before, flush=True)
