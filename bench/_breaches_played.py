"""`python -m bench._breaches_played DAYS ORDERS`: the demo's shop lives for some days, and its breaches as JSON.

Its letters go through the connectors without the post in between, and the clock is pushed on: the loops look as
often as they do in a worker, every 5 and every 20 seconds.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

import django

SWEEPS, LOOKS = 5, 20
"""Seconds between two looks of the loops `promises` and `lateness`."""
DAY_IN_SECONDS = 900
"""A day of the demo is played in so many."""


@dataclass
class Desk:
    """Takes the simulator's letters where the post would bring them."""

    store: Any

    def post(self, letters: Iterable[Any], *, now: datetime) -> None:
        from passaparola.demo import seed
        from passaparola.demo.seed import facts_of
        from passaparola.orders import actions as orders
        from passaparola.tracking import actions as tracking

        told = list(letters)
        shop = [seed.sourced(one, self.store) for one in told if one.role == "connector"]
        carriers = [
            (self.store.pk, found) for one in told if one.role == "carrier" for found in facts_of(one)
        ]
        if shop:
            orders.record(shop, now=now)
        if carriers:
            tracking.record_trackers(carriers, now=now)

    def empty_bag(self, **_: Any) -> None:
        """Nothing waits here."""


def main() -> None:
    django.setup()
    from django.db import transaction

    from passaparola.demo import shop
    from passaparola.demo.notebook import Notebook
    from passaparola.demo.seed import seed
    from passaparola.demo.simulator import Simulator
    from passaparola.demo.world.history import build

    days, orders = map(int, sys.argv[1:3])
    began = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0)
    world, base = build(began, orders=orders), "http://127.0.0.1:8000/static/demo/"
    store = shop.open_shop(now=began)
    seed(store, world, base=base, now=began, say=lambda _: None)
    notebook = Notebook.open(Path(mkdtemp()), now=began)
    desk: Any = Desk(store)
    life = Simulator(world, notebook, desk, base, Random(5), lambda _: None, lambda *_: ())
    life.begin(began)
    now = began
    for day in range(days):
        morning = began + timedelta(days=day)
        _sleep_until(now, morning)
        for second in range(0, DAY_IN_SECONDS, SWEEPS):
            now = morning + timedelta(seconds=second)
            with transaction.atomic():
                life.turn(float(day * DAY_IN_SECONDS + second), now)
            _look(now, lateness=second % LOOKS == 0)
    print(json.dumps(_found(began)))


def _look(now: datetime, *, lateness: bool) -> None:
    from passaparola.promises import actions as promises
    from passaparola.tracking import actions as tracking

    while lateness and tracking.check_due(now=now):
        pass
    while promises.sweep(now=now):
        pass


def _sleep_until(now: datetime, morning: datetime) -> None:
    """Let the night pass: the loops turn, and find something only where a time has come."""
    from django.db.models import Min

    from passaparola.promises.models import Promise
    from passaparola.tracking.models import FirstPromise, Parcel

    while True:
        looks = [
            Parcel.objects.aggregate(at=Min("check_at")),
            FirstPromise.objects.aggregate(at=Min("check_at")),
        ]
        # At the worst: the loop has just looked.
        due = [found["at"] + timedelta(seconds=LOOKS) for found in looks if found["at"]]
        if at := Promise.objects.aggregate(at=Min("check_at"))["at"]:
            due.append(at + timedelta(seconds=SWEEPS))
        if not due or min(due) >= morning:
            return
        now = max(now, min(due))
        _look(now, lateness=True)


def _found(began: datetime) -> dict[str, Any]:
    from passaparola.cases.models import Case, Remedy, Trouble
    from passaparola.kernel.models import EventRecord
    from passaparola.promises.models import Promise

    broken = list(Promise.objects.filter(told_at__gte=began))
    keys = Counter(
        Trouble.objects.filter(kind="broken_promise").exclude(case=None).values_list("key", flat=True)
    )
    told = Counter(EventRecord.objects.filter(kind="PromiseBroken").values_list("subject_id", flat=True))
    open_ = Counter(Case.objects.filter(closed_at=None).exclude(order=None).values_list("order", flat=True))
    sorry = Counter(Remedy.objects.filter(kind="apologise").values_list("case__order", flat=True))
    waited = [(one.told_at - max(one.due_at, began)).total_seconds() for one in broken if one.told_at]
    seen = Promise.objects.filter(told_at__gte=began, kind="delivery", endangered_at__isnull=False)
    return {
        "breaches": len(broken),
        "without_case": sum(not keys[f"broken:{one.pk}"] for one in broken),
        "longest": max(waited, default=0.0),
        "twice": sum(n > 1 for counts in (keys, told, open_, sorry) for n in counts.values()),
        "late": Promise.objects.filter(told_at__gte=began, kind="delivery").count(),
        "seen": seen.count(),
        "seen_a_day_ahead": sum(
            one.due_at - one.endangered_at >= timedelta(hours=24) for one in seen if one.endangered_at
        ),
    }


if __name__ == "__main__":
    main()
