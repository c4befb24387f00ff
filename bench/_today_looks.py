"""`python -m bench._today_looks TURNS`: seconds of each look at the team's pages, as JSON."""

import json
import sys
import time
from typing import Any

import django

INDEXES = (
    "order_counted",
    "parcel_arrived",
    "parcel_late_now",
    "parcel_trouble",
    "case_worst",
    "promise_in_person",
)
PAGES = {
    "cases": "/office/cases/",
    "promises": "/office/promises/",
    "standards": "/office/promises/standards/",
}


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from passaparola.stores.models import Member

    settings.ALLOWED_HOSTS = ["*"]
    turns, client = int(sys.argv[1]), Client()
    client.force_login(Member.objects.get(email="owner@bench.example"))

    def looks(address: str) -> list[float]:
        client.get(address)  # templates are compiled once
        return [_timed(client, address) for _ in range(turns)]

    found: dict[str, Any] = {"today": looks("/office/")}
    found |= {name: looks(address) for name, address in PAGES.items()}
    found |= _arrivals(turns)
    with CaptureQueriesContext(connection) as asked:
        client.get("/office/")
    found["statements"] = len(asked)
    with connection.cursor() as cursor:
        for name in INDEXES:
            cursor.execute(f"DROP INDEX {name}")
    found["without"] = looks("/office/")
    print(json.dumps(found))


_JOINED = """
SELECT (p.delivered_at AT TIME ZONE %(zone)s)::date AS day, t.carrier, count(*),
       count(*) FILTER (WHERE p.promised_last < (p.delivered_at AT TIME ZONE %(zone)s)::date)
  FROM tracking_parcel p LEFT JOIN tracking_tracker t ON t.id = p.tracker_id
 WHERE p.store_id = %(store)s AND p.delivered_at >= %(since)s AND p.delivered_at < %(until)s
   AND p.promised_last IS NOT NULL GROUP BY 1, 2
"""


def _arrivals(turns: int) -> dict[str, list[float]]:
    """The page's largest question, and the same as it was: with the trackers asked for their carriers."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from passaparola.stores.models import Store
    from passaparola.tracking.models import Parcel

    store, until = Store.objects.get(), timezone.now()
    since = until - timedelta(days=60)
    given = {"zone": store.zone.key, "store": store.pk, "since": since, "until": until}
    times: dict[str, list[float]] = {"arrivals": [], "joined": []}
    for _ in range(turns):
        started = time.perf_counter()
        Parcel.objects.filter(store=store).arrivals(zone=store.zone, since=since, until=until)
        times["arrivals"].append(time.perf_counter() - started)
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(_JOINED, given)
            cursor.fetchall()
        times["joined"].append(time.perf_counter() - started)
    return times


def _timed(client: Any, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}.")
    return took


if __name__ == "__main__":
    main()
