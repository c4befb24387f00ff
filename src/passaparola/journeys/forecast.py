"""What journeys will say on which day, for the calendar: whose pause ends then, and whose next steps speak."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import connection

from passaparola.journeys.known import known
from passaparola.journeys.models import Version
from passaparola.journeys.rules.document import Placed, define
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.rules.values import END
from passaparola.journeys.step import STEPS
from passaparola.stores.models import Store

SPEAKS = "send_message"


def coming(store: Store, first: date, last: date) -> Counter[date]:
    """Count by the store's days those whose time comes then and who may be written to before their next pause.

    An upper bound: which way somebody takes at a branch is not known yet, and the arbiter has its say.
    """
    start = datetime.combine(first, time(), store.zone)
    end = datetime.combine(last + timedelta(days=1), time(), store.zone)
    with connection.cursor() as cursor:
        # Counted in the table: a million people under way are a few rows a day here.
        cursor.execute(
            """
            SELECT e.version_id, e.position, (d.due_at AT TIME ZONE %s)::date, count(*)
              FROM journeys_due d JOIN journeys_enrolment e ON e.id = d.enrolment_id
             WHERE e.store_id = %s AND d.due_at >= %s AND d.due_at < %s
             GROUP BY 1, 2, 3
            """,
            [store.zone.key, store.pk, start, end],
        )
        rows = cursor.fetchall()
    steps = _steps({version for version, *_ in rows})
    found: Counter[date] = Counter()
    for version, position, day, count in rows:
        if _speaks(steps.get(version, {}), position):
            found[day] += count
    return found


def _steps(versions: set[int]) -> dict[int, Mapping[str, Placed]]:
    found, words = {}, known()
    for pk, document in Version.objects.filter(pk__in=versions).values_list("pk", "document"):
        try:
            found[pk] = define(document, known=words).steps
        except DocumentError:  # it can't go on, so it says nothing
            continue
    return found


def _speaks(steps: Mapping[str, Placed], position: str) -> bool:
    """Tell whether a message may come after this step and before the next pause."""
    here = steps.get(position)
    ahead = list(here.ways.values()) if here else []
    seen: set[str] = set()
    while ahead:
        step = steps.get(name := ahead.pop())
        if step is None or name == END or name in seen:
            continue
        seen.add(name)
        if step.kind == SPEAKS:
            return True
        if not STEPS[step.kind].pauses:
            ahead += step.ways.values()
    return False
