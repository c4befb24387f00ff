"""`timemachine`: 90 days of 100,000 orders gone through once more with another journey and a stricter policy."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg

from bench._enrolled import NOW, enrol, open_shop
from bench.rig import rig
from bench.table import Row

GOAL = 60.0
DAYS = 90
# Every order arrives some days after it is placed, one in ten with a delay; for each the shop asked for a
# thank-you and for tips, most of which went out; one customer in twenty was in trouble for a week.
_PAST = """
UPDATE orders_order SET placed_at = %(now)s - mod(id * 7919, 129600) * interval '1 minute' - interval '2 days',
       delivered_at = %(now)s - mod(id * 7919, 129600) * interval '1 minute' + mod(id, 5) * interval '1 day';
UPDATE customers_customer SET accepts_marketing = mod(id, 3) > 0, consent_at = %(now)s - interval '400 days';
INSERT INTO kernel_event (store_id, kind, happened_at, customer_id, order_id, data, key, is_history)
SELECT 1, 'OrderDelivered', o.delivered_at, o.customer_id, o.id, '{}', 'delivered:' || o.id, false
  FROM orders_order o WHERE o.delivered_at <= %(now)s;
INSERT INTO kernel_event (store_id, kind, happened_at, customer_id, order_id, data, key, is_history)
SELECT 1, 'ParcelDelayed', o.placed_at + interval '1 day', o.customer_id, o.id, '{}', 'delayed:' || o.id, false
  FROM orders_order o WHERE mod(o.id, 10) = 0;
INSERT INTO cases_case (store_id, customer_id, opened_at, closed_at {columns})
SELECT 1, c.id, %(now)s - interval '40 days', %(now)s - interval '33 days' {values}
  FROM customers_customer c WHERE mod(c.id, 20) = 0;
"""
_MESSAGES = """
INSERT INTO outgoing_message (store_id, customer_id, order_id, key, kind, purpose, channel, to_address, language, data,
                              fallback, asked_at, not_before, expires_at, due_at, sent_at, reason,
                              reason_data, asked_by)
SELECT 1, o.customer_id, o.id, k.kind || ':' || o.id, k.kind, k.purpose, 'email', 'n@posta.example', 'it', '{}', '',
       a.at, a.at, a.at + interval '7 days', a.at, CASE WHEN mod(o.id, 7) > 0 THEN a.at + interval '1 minute' END,
       '', '{}', 'journey:1:say'
  FROM orders_order o, (VALUES ('thank_you_care', 'service', 1), ('tips', 'news', 6)) k(kind, purpose, days),
       LATERAL (SELECT o.delivered_at + k.days * interval '1 day' AS at) a
 WHERE a.at <= %(now)s
"""
_GO = """
import json, resource, sys, time, django
django.setup()
from dataclasses import replace
from bench._enrolled import NOW
from passaparola.journeys.known import known
from passaparola.journeys.rules.document import define
from passaparola.journeys.shelf import of_key
from passaparola.messages.policies import policy_of
from passaparola.messages.rules.policy import cap
from passaparola.messages.rules.values import WANTED
from passaparola.stores.models import Store
from passaparola.timemachine.change import Change, JourneyChange
from passaparola.timemachine.travel import travel
store = Store.objects.get()
strict = replace(policy_of(store), caps=(cap("all", *WANTED, most=1, days=30),))
journey = JourneyChange(journey_id=1, definition=define(of_key("tips_and_stories", "en").document, known=known()))
started = time.perf_counter()
trip = travel(store, Change(policy=strict, journey=journey), days=90, now=NOW)
took = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([took, trip.asked, trip.really.letters, trip.would.letters, trip.agreement, peak]))
"""


def run(*, quick: bool) -> list[Row]:
    """Time one whole trip: loading, the journey, the unchanged past and the changed one."""
    orders = 10_000 if quick else 100_000
    root = str(Path(__file__).parents[1])
    with rig() as shop, open_shop(shop) as line:
        enrol(line, 1, orders)
        _write(line)
        env = shop.env | {"PYTHONPATH": f"{root}:{shop.env.get('PYTHONPATH', '')}"}
        done = subprocess.run(
            [sys.executable, "-c", _GO], env=env, capture_output=True, text=True, check=False, cwd=root
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    took, asked, really, would, agreement, peak = json.loads(done.stdout.splitlines()[-1])
    unit = f"s, {asked:,} messages asked for, {really:,} really sent, {would:,} would have been"
    return [
        Row(
            name=f"{DAYS} days of {orders:,} orders, another journey and policy",
            value=took,
            unit=unit,
            goal=f"< {GOAL:g} s",
            met=took < GOAL or quick,
        ),
        Row(name="how the unchanged past is told", value=agreement * 100, unit="% as it was"),
        Row(name="memory at its peak", value=peak, unit="MB"),
    ]


def _write(line: psycopg.Connection) -> None:
    """Fill whatever columns a case needs beside those named above with their type's nothing."""
    cursor = psycopg.ClientCursor(line)
    cursor.execute(
        """
        SELECT column_name, data_type FROM information_schema.columns
         WHERE table_name = 'cases_case' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
           AND column_name NOT IN ('store_id', 'customer_id', 'opened_at', 'closed_at')
        """
    )
    nothing = {"jsonb": "'{}'", "boolean": "false", "character varying": "''", "text": "''"}
    rest = [(name, nothing.get(type_, "now()" if "time" in type_ else "0")) for name, type_ in cursor]
    columns = "".join(f", {name}" for name, _ in rest)
    values = "".join(f", {value}" for _, value in rest)
    cursor.execute(_PAST.replace("{columns}", columns).replace("{values}", values), {"now": NOW})
    cursor.execute(_MESSAGES, {"now": NOW})
    for table in ("orders_order", "customers_customer", "kernel_event", "outgoing_message", "cases_case"):
        line.execute(f"VACUUM ANALYZE {table}")
