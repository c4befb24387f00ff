"""`arbiter`: decisions per second with all they rest on (consent, silences, history, troubles), by batch of 1,000.

Beside it the same decisions made one message at a time through the ORM, in the same run, on the same rows; and
the rules alone, with everything already loaded.
"""

import json
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.rig import Rig, rig
from bench.table import Row, rounds

BATCH = 1_000
GOAL = 10_000
KINDS = ("newsletter", "offer", "question", "letter", "card")


def run(*, quick: bool) -> list[Row]:
    people, history, turns = (5_000, 40_000, 3) if quick else (100_000, 1_000_000, 9)
    with rig() as shop:
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        found = _measured(shop, people, history, turns)
    batched, rules, by_row = (rounds(found[name]) for name in ("batched", "rules", "by_row"))
    return [
        Row(
            name=f"arbiter, {history:,} messages before",
            value=batched,
            unit="decisions/s",
            against=by_row,
            ratio=batched / by_row,
            goal=f">= {GOAL:,}/s",
            met=batched >= GOAL,
        ),
        Row(name="arbiter, the rules alone", value=rules, unit="decisions/s"),
    ]


def _measured(shop: Rig, people: int, history: int, turns: int) -> dict[str, list[float]]:
    program = f"from bench.arbiter import measure; measure({people}, {history}, {turns})"
    done = subprocess.run(
        [sys.executable, "-c", program], env=shop.env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(people: int, history: int, turns: int) -> None:
    """Print the rates of some batches, each of other people."""
    import django

    django.setup()
    from passaparola.messages.actions import Wanted
    from passaparola.stores.models import Store

    store, now = Store.objects.get(slug="bench"), datetime.now(UTC)
    first = _seed(store, people, history, now)
    found: dict[str, list[float]] = {"batched": [], "rules": [], "by_row": []}
    luck = random.Random(5)
    for turn in range(turns):
        chosen = luck.sample(range(first, first + people), BATCH)
        wanted = [
            Wanted(
                store_id=store.pk,
                key=f"{turn}:{n}",
                kind=KINDS[n % len(KINDS)],
                customer_id=pk,
                asked_by="campaign:9",
            )
            for n, pk in enumerate(chosen)
        ]
        for name, work in (("batched", _batched), ("by_row", _by_row)):
            some = wanted if name == "batched" else wanted[:100]
            started = time.perf_counter()
            verdicts = work(some, now)
            found[name].append(len(some) / (time.perf_counter() - started))
            if name == "batched":
                in_batch = verdicts
            elif verdicts != in_batch[: len(verdicts)]:
                raise AssertionError("Row by row was decided otherwise than by the batch.")
        found["rules"].append(_rules_alone(wanted, now))
    print(json.dumps(found))


def _seed(store: Any, people: int, history: int, now: datetime) -> int:
    """Write people, half of whom agreed to everything, and what was said to them in the last three months."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO customers_customer (store_id, known, first_name, last_name, email, phone, language, country,
                   time_zone, tags, accepts_marketing, consent_at, consent_source, orders_count, spent,
                   birthday, first_order_at)
            SELECT %s, '{}', 'Giulia' || n, 'Moretti', 'giulia' || n || '@posta.example', '', 'it', 'IT', '', '[]',
                   n %% 2 = 0, %s, '', 1, 0,
                   to_char(date '2024-01-01' + n %% 366, 'MM-DD'), now() - n %% 800 * interval '1 day'
              FROM generate_series(1, %s) n RETURNING id
            """,
            [store.pk, now - timedelta(days=400), people],
        )
        first = int(cursor.fetchone()[0])
        cursor.execute(
            """
            INSERT INTO outgoing_message (store_id, customer_id, key, kind, purpose, channel, to_address, language,
                   data, fallback, asked_at, not_before, expires_at, due_at, sent_at, reason, reason_data)
            SELECT %(store)s, %(first)s + n %% %(people)s, 'past:' || n, kind, purpose, 'email',
                   'giulia' || n %% %(people)s || '@posta.example', 'it', '{}', '', at, at, at, at, at, '', '{}'
              FROM (SELECT n, %(now)s - random() * interval '90 days' AS at, (ARRAY['newsletter', 'offer',
                           'question', 'letter', 'shipped', 'delivered', 'confirmation_simple'])[1 + n %% 7] AS kind,
                           (ARRAY['news', 'offer', 'ask', 'service', 'transactional', 'transactional',
                           'transactional'])[1 + n %% 7] AS purpose FROM generate_series(1, %(history)s) n) past
            """,
            {"store": store.pk, "first": first, "people": people, "history": history, "now": now},
        )
        cursor.execute("VACUUM ANALYZE")
    return first


def _batched(wanted: list[Any], now: datetime) -> list[str]:
    from passaparola.messages.situations import Situations

    found = Situations.of(wanted, now)
    return [_decided(one, found, now) for one in wanted]


def _by_row(wanted: list[Any], now: datetime) -> list[str]:
    """Decide as a program would that loads one message's world through the ORM, and then the next one's."""
    from passaparola.customers.models import Customer
    from passaparola.messages.kind import kind_of
    from passaparola.messages.models import Consent, Message, Suppression
    from passaparola.messages.policies import policy_of
    from passaparola.messages.rules import consents
    from passaparola.messages.rules.decide import decide
    from passaparola.messages.rules.intent import thing_of
    from passaparola.messages.rules.values import Purpose, Said, Situation, Trouble
    from passaparola.messages.zones import zone_of

    verdicts = []
    for one in wanted:
        person = Customer.objects.select_related("store", "message_preference").get(pk=one.customer_id)
        policy = policy_of(person.store)
        ids = person.all_ids()
        said = [
            consents.Said(consent.purpose, consent.is_given, consent.said_at)
            for consent in Consent.objects.filter(customer__in=ids, channel="email")
        ]
        silenced = Suppression.objects.filter(address=person.email, channel="email", lifted_at=None).first()
        before = Message.objects.filter(customer__in=ids, sent_at__gt=now - policy.looks_back)
        troubles = [
            Trouble(kind=trouble.kind, opened_at=trouble.opened_at, settled_at=trouble.settled_at)
            for case in person.cases.all()
            for trouble in case.troubles.all()
        ]
        situation = Situation(
            consents=consents.agreed(person.accepts_marketing, person.consent_at, said),
            suppressed=silenced.reason if silenced else "",
            troubles=tuple(troubles),
            zone=zone_of(person.time_zone, person.country, person.store.time_zone),
        )
        history = tuple(
            Said(
                kind=message.kind,
                parcel_id=message.parcel_id,
                sent_at=message.sent_at,
                order_id=message.order_id,
                purpose=Purpose(message.purpose),
                thing=thing_of(message.kind, message.template_id, message.asked_by),
                coupon=message.data.get("coupon", ""),
                is_apology=bool((kind := kind_of(message.kind)) and kind.is_apology),
            )
            for message in before.exclude(purpose="transactional")
        )
        decision = decide(_intent(one, person.email, now), history, situation, policy, now)
        verdicts.append(f"{decision.verdict} {decision.reason}")
    return verdicts


def _decided(one: Any, found: Any, now: datetime) -> str:
    from passaparola.messages.rules.decide import decide

    intent = _intent(one, found.address(one), now)
    decision = decide(intent, found.history(one), found.situation(one), found.policy(one), now)
    return f"{decision.verdict} {decision.reason}"


def _rules_alone(wanted: list[Any], now: datetime) -> float:
    from passaparola.messages.rules.decide import decide
    from passaparola.messages.situations import Situations

    found = Situations.of(wanted, now)
    asked = [
        (_intent(one, found.address(one), now), found.history(one), found.situation(one), found.policy(one))
        for one in wanted
    ]
    started = time.perf_counter()
    for intent, history, situation, policy in asked:
        decide(intent, history, situation, policy, now)
    return len(asked) / (time.perf_counter() - started)


def _intent(one: Any, address: str, now: datetime) -> Any:
    from passaparola.messages import kind as kinds
    from passaparola.messages.rules.intent import Intent, thing_of

    kind = kinds.KINDS[one.kind]
    return Intent(
        kind=kind,
        to_address=address,
        not_before=now,
        expires_at=now + kind.lasts,
        asked_at=now,
        thing=thing_of(one.kind, one.template_id, one.asked_by),
    )
