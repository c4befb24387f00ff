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
    with CaptureQueriesContext(connection) as asked:
        client.get("/office/")
    found["statements"] = len(asked)
    with connection.cursor() as cursor:
        for name in INDEXES:
            cursor.execute(f"DROP INDEX {name}")
    found["without"] = looks("/office/")
    print(json.dumps(found))


def _timed(client: Any, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}.")
    return took


if __name__ == "__main__":
    main()
