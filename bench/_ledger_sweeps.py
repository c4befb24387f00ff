"""`python -m bench._ledger_sweeps OPEN HISTORY DUE TURNS`: seconds of each sweep, as JSON.

Before and behind the history lie minutes, and on a machine with others on it a second of the clock is not the same
in both. So flatness is measured in processor time: ours, and that of our line's backend in the database.
"""

import json
import sys
import time
from datetime import UTC, datetime

import django

from bench.rig import cpu_seconds

_OPEN = """
INSERT INTO promises_promise (store_id, key, kind, words, order_id, customer_id, said_in, evidence, made_at,
    due_at, risk, forgiven_why, is_history, check_at, kept_at)
SELECT o.store_id, %(name)s || n, 'commitment', '{}', o.id, o.customer_id, 'page', '', now() - interval '60 days',
    now() + %(days)s * interval '1 day' * (1 + n %% 30), 0, '', false,
    CASE WHEN %(days)s > 0 THEN now() + interval '1 day' * (1 + n %% 30) END,
    CASE WHEN %(days)s < 0 THEN now() - interval '31 days' END
  FROM generate_series(1, %(count)s) n JOIN orders_order o ON o.id = (SELECT min(id) FROM orders_order) + n %% 20000
"""
_DUE = """
INSERT INTO promises_promise (store_id, key, kind, words, order_id, customer_id, said_in, evidence, made_at,
    due_at, risk, forgiven_why, is_history, check_at)
SELECT o.store_id, %(name)s || n, 'call_back', '{}', o.id, o.customer_id, 'phone', '', now() - interval '2 days',
    now() - interval '1 minute', 0, '', false, now() - interval '1 minute'
  FROM generate_series(1, %(count)s) n
  JOIN orders_order o ON o.id = (SELECT min(id) FROM orders_order) + 3000 + %(turn)s * %(count)s + n
"""
_NO_CASES = "TRUNCATE cases_case, cases_trouble, cases_note, cases_remedy, cases_claim"
"""Each turn opens as many cases as the others."""


def main() -> None:
    django.setup()
    from django.db import connection

    open_, history, due, turns = map(int, sys.argv[1:5])

    def write(sql: str, **given: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)

    write(_OPEN, name="open", days=1, count=open_)
    write("VACUUM ANALYZE promises_promise")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    found: dict[str, list[float]] = {name: [] for name in ("sweep", "orm", "cpu", "old_cpu", "rank")}
    for turn in range(turns):
        write(_NO_CASES)
        write(_DUE, name=f"s{turn}-", count=due, turn=turn)
        began = _cpu(backend)
        found["sweep"].append(_timed(_sweep))
        found["cpu"].append(_cpu(backend) - began)
        write(_NO_CASES)
        write(_DUE, name=f"o{turn}-", count=due, turn=turn)
        found["orm"].append(_timed(_by_orm))
    write(_OPEN, name="past", days=-1, count=history)
    write("VACUUM ANALYZE promises_promise")
    for turn in range(turns):
        write(_NO_CASES)
        write(_DUE, name=f"h{turn}-", count=due, turn=turn)
        began = _cpu(backend)
        _sweep()
        found["old_cpu"].append(_cpu(backend) - began)
        write("UPDATE cases_case SET ranked_at = now() - interval '1 hour' WHERE closed_at IS NULL")
        found["rank"].append(_timed(_rank))
    print(json.dumps(found))


def _timed(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def _cpu(backend: int) -> float:
    return time.process_time() + cpu_seconds(backend)


def _sweep() -> None:
    from passaparola.promises import actions

    while actions.sweep(now=datetime.now(UTC)):
        pass


def _rank() -> None:
    from passaparola.cases import actions

    actions.rank_due(now=datetime.now(UTC), limit=500)


def _by_orm() -> None:
    """As one would write it at first: each promise by itself, with its event and its case."""
    from django.db import transaction

    from passaparola.cases.models import Case, Trouble
    from passaparola.kernel.models import EventRecord
    from passaparola.promises.models import Promise

    now = datetime.now(UTC)
    for promise in Promise.objects.filter(check_at__lte=now).select_related("order"):
        with transaction.atomic():
            promise.broken_at, promise.told_at, promise.check_at = promise.due_at, now, None
            promise.save()
            EventRecord.objects.get_or_create(
                store_id=promise.store_id,
                key=f"promise:{promise.pk}:broken",
                defaults={
                    "kind": "PromiseBroken",
                    "happened_at": promise.due_at,
                    "order_id": promise.order_id,
                    "subject_id": promise.pk,
                },
            )
            case, is_new = Case.objects.get_or_create(
                order=promise.order,
                closed_at=None,
                defaults={
                    "store_id": promise.store_id,
                    "cause": "broken_promise",
                    "opened_at": now,
                    "customer_id": promise.customer_id,
                },
            )
            Trouble.objects.get_or_create(
                store_id=promise.store_id,
                key=f"broken:{promise.pk}",
                defaults={
                    "kind": "broken_promise",
                    "severity": 3,
                    "opened_at": now,
                    "case": case,
                    "order": promise.order,
                },
            )
            if is_new:
                EventRecord.objects.get_or_create(
                    store_id=promise.store_id,
                    key=f"case:{case.pk}:opened",
                    defaults={"kind": "CaseOpened", "happened_at": now, "subject_id": case.pk},
                )


if __name__ == "__main__":
    main()
