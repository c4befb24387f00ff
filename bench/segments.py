"""`segments`: how long it takes to find whom a condition means, among a million customers."""

import subprocess
import sys
from pathlib import Path

from bench._enrolled import NOW, enrol, open_shop
from bench.rig import rig
from bench.table import Row

GOAL = 5.0
CONDITIONS = {
    "quiet for 90 days": {
        "all": [
            {"field": "customer.orders", "is": "at_least", "value": 1},
            {"field": "customer.last_order", "is": "longer_ago_than", "value": "90 days"},
        ]
    },
    "a large last order this year": {
        "all": [
            {"field": "order.total", "is": "at_least", "value": 150},
            {"field": "order.placed", "is": "in_last", "value": "1 year"},
        ]
    },
    "delayed twice in 60 days": {
        "field": "history.events", "of": "ParcelDelayed", "is": "at_least", "value": 2, "within": "60 days",
    },
    "never delayed, bought over 100": {
        "all": [
            {"field": "history.events", "of": "ParcelDelayed", "is": "is", "value": 0},
            {"some_order": [{"field": "order.total", "is": "more_than", "value": 100}]},
        ]
    },
}  # fmt: skip
_ASK = """
import json, statistics, sys, time, django
django.setup()
from bench._enrolled import NOW
from passaparola.segments import queries
from passaparola.stores.models import Store
store = Store.objects.get()
for tree in json.loads(sys.argv[1]):
    condition, times = queries.read(tree), []
    for _ in range(3):
        started = time.perf_counter()
        found = queries.count(store, condition, NOW)
        times.append(time.perf_counter() - started)
    print(statistics.median(times), found)
"""


def run(*, quick: bool) -> list[Row]:
    """The median of three counts for each; half the customers had a delay, a quarter two."""
    everybody = 50_000 if quick else 1_000_000
    root = str(Path(__file__).parents[1])
    import json

    with rig() as shop, open_shop(shop) as line:
        enrol(line, 1, everybody)
        line.execute(
            "UPDATE customers_customer SET last_order_at = %(now)s - mod(id, 400) * interval '1 day', first_order_at ="
            " %(now)s - interval '400 days'",
            {"now": NOW},
        )
        line.execute(
            "INSERT INTO kernel_event (store_id, kind, happened_at, customer_id, order_id, data, key, is_history)"
            " SELECT 1, 'ParcelDelayed', %(now)s - mod(c.id, 120) * interval '1 day', c.id, NULL, '{}', 'd' || n || ':'"
            " || c.id, false FROM customers_customer c, generate_series(1, 2) n WHERE mod(c.id, 2 * n) = 0",
            {"now": NOW},
        )
        for table in ("customers_customer", "kernel_event"):
            line.execute(f"VACUUM ANALYZE {table}")
        env = shop.env | {"PYTHONPATH": f"{root}:{shop.env.get('PYTHONPATH', '')}"}
        command = [sys.executable, "-c", _ASK, json.dumps(list(CONDITIONS.values()))]
        told = subprocess.run(command, env=env, capture_output=True, text=True, check=True, cwd=root).stdout
    rows = []
    for name, said in zip(CONDITIONS, told.splitlines(), strict=True):
        seconds, found = said.split()
        took = float(seconds)
        unit = f"s, {int(found):,} of {everybody:,}"
        rows.append(
            Row(name=f"segment: {name}", value=took, unit=unit, goal=f"< {GOAL:g} s", met=took < GOAL)
        )
    return rows
