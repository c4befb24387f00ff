"""A shop with many people in one journey: written by SQL, so that a million take seconds."""

import json
from datetime import UTC, datetime

import psycopg

from bench.rig import Rig

NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
JOURNEY = {
    "name": "Bench",
    "trigger": {"on": "OrderDelivered"},
    "steps": [
        {"id": "rest", "kind": "wait", "for": "1 day"},
        {
            "id": "dear",
            "kind": "branch",
            "if": {"field": "order.total", "is": "at_least", "value": 100},
            "next": {"yes": "days", "no": "week"},
        },
        {"id": "days", "kind": "wait", "for": "3 days", "next": "say"},
        {"id": "week", "kind": "wait", "for": "7 days", "next": "say"},
        {"id": "say", "kind": "send_message", "message": "delivered"},
    ],
}
STEP = 500_000  # written in one go
_ROWS = """
INSERT INTO customers_customer (store_id, known, first_name, last_name, email, phone, language, country, time_zone,
                                tags, consent_source, orders_count, spent)
SELECT 1, '{}', 'N' || n, 'Bench', 'n' || n || '@posta.example', '', 'it', 'IT', '', '[]', '', 1, mod(n, 200)
  FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO orders_order (store_id, source, external_id, version, number, customer_id, placed_at, currency, total,
                          subtotal, shipping, tax, discount, payment_state, payment_method, cancel_reason, is_test,
                          is_history, language, email, phone, note, discount_codes, shipping_method, shipping_address,
                          billing_address, search, page_version)
SELECT 1, 'bench', c.id::text, '', 'B-' || c.id, c.id, %(now)s - interval '9 days', 'EUR', mod(c.id, 200),
       0, 0, 0, 0, 'paid', '', '', false, false, 'it', c.email, '', '', '[]', '', '{"country": "IT"}', '{}', '', 0
  FROM customers_customer c WHERE c.id BETWEEN %(first)s AND %(last)s;
INSERT INTO journeys_enrolment (store_id, journey_id, version_id, customer_id, row_id, order_id, event_key, data,
                                entry_key, position, since_at, due_at, begun_at, entered_at, path)
SELECT 1, 1, 1, o.customer_id, o.customer_id, o.id, 'e' || o.id, '{}', 'order:' || o.id, 'rest',
       %(now)s, %(now)s + interval '1 day' + mod(o.id, 100000) * interval '10 seconds', %(now)s, %(now)s, '[]'
  FROM orders_order o WHERE o.customer_id BETWEEN %(first)s AND %(last)s;
INSERT INTO journeys_due (due_at, enrolment_id)
SELECT due_at, id FROM journeys_enrolment WHERE customer_id BETWEEN %(first)s AND %(last)s;
"""


def open_shop(shop: Rig) -> psycopg.Connection:
    """Return a line to a shop with the journey, switched on, and nobody in it."""
    shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
    line = psycopg.connect(shop.env["DATABASE_URL"], autocommit=True)
    line.execute(
        "INSERT INTO journeys_journey (id, store_id, key, name, switched_on_at) VALUES (1, 1, 'bench', 'Bench', %s)",
        [NOW],
    )
    line.execute(
        "INSERT INTO journeys_version (id, journey_id, number, document) VALUES (1, 1, 1, %s)",
        [json.dumps(JOURNEY)],
    )
    line.execute("UPDATE journeys_journey SET live_id = 1")
    return line


def enrol(line: psycopg.Connection, first: int, last: int) -> None:
    """Enrol customers of these numbers, each with an order; none is due before tomorrow.

    Without triggers, as a replica writes: ten million times asking whether a customer exists is half of the time.
    """
    cursor = psycopg.ClientCursor(line)
    cursor.execute("SET session_replication_role = replica")
    for start in range(first, last + 1, STEP):
        cursor.execute(_ROWS, {"first": start, "last": min(start + STEP - 1, last), "now": NOW})
    cursor.execute("SET session_replication_role = origin")
    for table in ("customers_customer", "orders_order", "journeys_enrolment", "journeys_due"):
        line.execute(f"VACUUM ANALYZE {table}")


def make_due(line: psycopg.Connection, count: int) -> None:
    """Let the wait be over for so many, spread evenly over everybody who is in."""
    line.execute(
        """
        UPDATE journeys_enrolment SET position = 'rest', since_at = %(now)s - interval '2 days',
               due_at = %(now)s - interval '1 day', path = '[]', hops = 0, ended_at = NULL, ended_by = ''
         WHERE id IN (SELECT id FROM journeys_enrolment ORDER BY hashint8(id + %(salt)s) LIMIT %(count)s)
        """,
        {"now": NOW, "count": count, "salt": count % 1000},
    )
    line.execute("CHECKPOINT")
