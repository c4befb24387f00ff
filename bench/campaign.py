"""`campaign`: one letter to many, each decided on, written for one person, handed over and recorded by name.

Two workers do everything, as in production: write the recipients down, ask for their messages, decide, render,
send and record. Then the same with 20,000 people and one worker killed with SIGKILL again and again: everybody is
written to, and twice only those whose rows say that they may have been.
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.mail import SMTP_SINK, _sink
from bench.rig import Rig, cpu_seconds, rig
from bench.sink import Sink
from bench.table import Row

GOAL, MOST_MB = 2_000, 300
WORKERS = 2
KILLS = 4
SENT = "SELECT count(*) FROM outgoing_message WHERE sent_at IS NOT NULL"


def run(*, quick: bool, full: bool = False) -> list[Row]:
    """Measure speed and memory, then kill."""
    count = 5_000 if quick else 1_000_000 if full else 50_000
    return [*_speed(count), *_killed(2_000 if quick else 20_000)]


def _speed(count: int) -> list[Row]:
    with _sink() as url, rig(MAIL_URL=url) as shop:
        _seed(shop, count)
        workers = [shop.start("worker") for _ in range(WORKERS)]
        with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True) as line:
            _await(line, 1)
            began, cpu = time.perf_counter(), sum(cpu_seconds(worker.pid) for worker in workers)
            first = _count(line)
            largest = _await(line, count, [worker.pid for worker in workers])
            seconds = time.perf_counter() - began
            spent = sum(cpu_seconds(worker.pid) for worker in workers) - cpu
        for worker in workers:
            shop.end(worker)
    rate = (count - first) / seconds
    sink = "smtp-sink" if SMTP_SINK else "a sink in Python"
    return [
        Row(
            name=f"campaign to {count:,} ({sink})",
            value=rate,
            unit="mails/s",
            goal=f">= {GOAL:,}/s",
            met=rate >= GOAL,
        ),
        Row(name="campaign cost", value=spent / (count - first) * 1e3, unit="ms CPU/mail"),
        Row(
            name="campaign memory, the larger worker",
            value=largest,
            unit="MB RSS",
            goal=f"< {MOST_MB} MB",
            met=largest < MOST_MB,
        ),
    ]


@dataclass(frozen=True, slots=True)
class Killed:
    """What was counted after workers were killed."""

    missing: int
    unnamed: int
    """Arrived twice, though no row says that it may have."""
    uncertain: int
    twice: int


def killed(count: int, *, kills: int, made: Path | None = None) -> Killed:
    """Kill one of two workers in the middle of it, several times, and compare what arrived with what is recorded."""
    with Sink() as sink, rig(made=made, MAIL_URL=sink.url) as shop:
        _seed(shop, count)
        workers = [shop.start("worker") for _ in range(WORKERS)]
        with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True) as line:
            for number in range(1, kills + 1):
                _await(line, count * number // (kills + 1))
                _kill(shop, workers.pop(0))
                workers.append(shop.start("worker"))
            _await(line, count)
            uncertain = {
                str(row[0])
                for row in line.execute(
                    "SELECT to_address FROM outgoing_message WHERE uncertain_at IS NOT NULL"
                ).fetchall()
            }
        for worker in workers:
            shop.end(worker)
        arrived = {address: len(times) for address, times in sink.arrived.items()}
    twice = {address for address, times in arrived.items() if times > 1}
    return Killed(count - len(arrived), len(twice - uncertain), len(uncertain), len(twice))


def _killed(count: int) -> list[Row]:
    found = killed(count, kills=KILLS)
    return [
        Row(
            name=f"killed {KILLS} times: missing of {count:,}",
            value=found.missing,
            unit="mails",
            goal="0",
            met=found.missing == 0,
        ),
        Row(
            name="killed: twice and not named",
            value=found.unnamed,
            unit="mails",
            goal="0",
            met=found.unnamed == 0,
        ),
        Row(name="killed: named as uncertain", value=found.uncertain, unit="mails"),
        Row(name="killed: really arrived twice", value=found.twice, unit="mails"),
    ]


def _kill(shop: Rig, worker: "subprocess.Popen[bytes]") -> None:
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    shop.running.remove(worker)


def _seed(shop: Rig, count: int) -> None:
    shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
    command = [sys.executable, "-c", f"from bench.campaign import seed; seed({count})"]
    done = subprocess.run(command, env=shop.env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)


def seed(count: int) -> None:
    """Make the customers, a letter and a campaign that may begin at once, at any hour."""
    import django

    django.setup()
    from datetime import UTC, datetime, time

    from django.db import connection

    from passaparola.campaigns import actions
    from passaparola.campaigns.models import Campaign
    from passaparola.messages.actions import templates
    from passaparola.stores.models import Store

    now = datetime.now(UTC)
    Store.objects.update(quiet_from=time(0), quiet_until=time(0))
    store = Store.objects.get(slug="bench")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO customers_customer (store_id, known, first_name, last_name, email, phone, language, country,
                                            time_zone, tags, accepts_marketing, consent_at, consent_source,
                                            orders_count, spent)
            SELECT %s, '{}', 'Giulia', 'N' || n, 'n' || n || '@posta.example', '',
                   CASE n %% 4 WHEN 0 THEN 'en' ELSE 'it' END, 'IT', '', '[]', true, now(), '', 0, 0
              FROM generate_series(1, %s) n
            """,
            [store.pk, count],
        )
        cursor.execute("ANALYZE customers_customer")
    letter = templates.write(store, name="Bench", kind="newsletter", by=None, now=now)
    templates.publish(letter.versions.get(), now=now)
    campaign = Campaign.objects.create(
        store=store, name="Bench", template=letter, starts_at=now, made_at=now, opens=time(0), closes=time.max
    )
    actions.schedule(campaign, now=now)


def _count(line: psycopg.Connection) -> int:
    row = line.execute(SENT).fetchone()
    return int(row[0]) if row else 0


def _await(line: psycopg.Connection, wanted: int, pids: list[int] | None = None) -> float:
    """Wait until so many are recorded as sent; return the most memory that one worker took meanwhile, in MB."""
    largest, last, since = 0.0, -1, time.monotonic()
    while True:
        largest = max([largest, *(_rss(pid) for pid in pids or ())])
        sent = _count(line)
        if sent >= wanted:
            return largest
        if sent > last:
            last, since = sent, time.monotonic()
        if time.monotonic() - since > 90:
            states = line.execute("SELECT reason, count(*) FROM outgoing_message GROUP BY 1").fetchall()
            raise TimeoutError(f"{sent} of {wanted} mails went out; reasons: {states}")
        time.sleep(0.1 if wanted < 100_000 else 1)


def _rss(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in status.splitlines() if row.startswith("VmHWM")), 0.0)
