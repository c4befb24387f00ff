"""`chaos`: web, worker and PostgreSQL are killed at random while webhooks flow; then everything is counted.

What got 200 must be recorded exactly once, every event and every message be there once, every mail have
gone out, and one that went out twice must be marked as such.
"""

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.load import post, read_answer
from bench.orders import signed
from bench.rig import Rig, await_port, free_port, tree
from bench.sink import Sink
from bench.table import Row
from passaparola.kernel.database import private

REPEATED = 0.1
"""Share of deliveries that the sender sends again although it got its 200."""


@dataclass(slots=True)
class Report:
    """What was counted in the end."""

    taken: int
    kills: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    sent_twice: int = 0


def run(*, quick: bool) -> list[Row]:
    report = run_chaos(2_000 if quick else 20_000, seed=random.randrange(10**6))
    kills = sum(report.kills.values())
    goal = "every 200 once, nothing lost"
    return [
        Row(name="chaos deliveries", value=report.taken, unit=f"taken through {kills} kills"),
        Row(
            name="chaos faults",
            value=len(report.faults),
            unit="; ".join(report.faults) or "faults",
            goal=goal,
            met=not report.faults,
        ),
        Row(name="chaos mails sent twice", value=report.sent_twice, unit="all of them marked as uncertain"),
    ]


def run_chaos(
    count: int,
    *,
    seed: int,
    pause: tuple[float, float] = (0.2, 1.0),
    at_least: int = 0,
    made: Path | None = None,
) -> Report:
    """Send `count` orders through a shop whose processes die; `pause` is the time between two kills.

    A quick machine may have sent everything before `at_least` kills: then they go on while it works it off.
    `made` is as for `rig`.
    """
    luck = random.Random(seed)
    with Sink() as sink, _shop(made, MAIL_URL=sink.url) as (shop, serving, port, opened):
        report = Report(0)
        calm = threading.Event()
        killer = threading.Thread(
            target=_kill, args=(serving.pid, port, calm, luck), kwargs={"pause": pause, "kills": report.kills}
        )
        killer.start()
        try:
            report.taken = _send_all(count, port, opened, random.Random(seed + 1))
            until = time.monotonic() + 30
            while sum(report.kills.values()) < at_least and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            calm.set()
            killer.join()
        _await_rest(shop)
        report.faults = _faults(shop, count)
        report.sent_twice = _judge_mails(shop, sink, report.faults)
        return report


@contextmanager
def _shop(
    made: Path | None, **env: str
) -> Iterator[tuple[Rig, subprocess.Popen[bytes], int, dict[str, str]]]:
    """A whole installation as a small shop runs it: `serve`, with its own private PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="pp-chaos-") as folder:
        environ = os.environ | {
            "PASSAPAROLA_DATA": folder,
            "PASSAPAROLA_LOG": "error",
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        environ.pop("DATABASE_URL", None)
        if made:
            shutil.copytree(made / "postgres", Path(folder) / "postgres")
        shop = Rig(Path(folder), environ | env)
        shop.ask("stores", "add", "Bench", "--url", "https://bench.example")
        opened = shop.ask("connect", "bench", "shopify")
        port = free_port()
        serving = shop.start("serve", "--port", str(port))
        try:
            await_port(port, 60)
            with private.running(shop.data) as url:
                shop.env["DATABASE_URL"] = url
                yield shop, serving, port, opened
        finally:
            for process in list(shop.running):
                shop.end(process)


def _kill(
    root: int,
    port: int,
    calm: threading.Event,
    luck: random.Random,
    *,
    pause: tuple[float, float],
    kills: dict[str, int],
) -> None:
    """End one process after the other, chosen by luck, as a power cut or the OOM killer would.

    Only once the web server answers again: on a busy machine one that is killed while it starts never would.
    """
    while not calm.wait(luck.uniform(*pause)):
        if not _is_answering(port):
            continue
        victims = [(kind, pid) for pid in [*tree(root), *_postmasters(root)] if (kind := _kind(pid))]
        if not victims:
            continue
        kind = luck.choice(sorted({kind for kind, _ in victims}))
        pid = luck.choice([pid for other, pid in victims if other == kind])
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            kills[kind] = kills.get(kind, 0) + 1


def _is_answering(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request("GET", "/hooks/")
        line.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True


def _postmasters(root: int) -> list[int]:
    """The database may live beside the tree, kept by its keeper: find it by its data folder."""
    environ = Path(f"/proc/{root}/environ").read_bytes().split(b"\0")
    data = next(e.partition(b"=")[2].decode() for e in environ if e.startswith(b"PASSAPAROLA_DATA="))
    try:
        return [int((Path(data) / "postgres" / "postmaster.pid").read_text().split()[0])]
    except (OSError, ValueError, IndexError):
        return []


def _kind(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    if b"worker" in words:
        return "worker"
    if b"web" in words:
        return "web"
    return "postgres" if words[0].endswith(b"postgres") else ""


def _send_all(count: int, port: int, opened: dict[str, str], luck: random.Random) -> int:
    """Send each order until it got its 200, some of them once more; return how many were taken."""
    path = "/" + opened["address"].split("/", 3)[3]
    again = [luck.random() < REPEATED for _ in range(count)]
    with ThreadPoolExecutor(6) as pool:
        jobs = [
            pool.submit(_insist, port, post(port, path, *signed(n + 1, opened["secret"])), 1 + again[n])
            for n in range(count)
        ]
        return sum(job.result() for job in jobs)


def _insist(port: int, request: bytes, times: int) -> bool:
    for _ in range(times):
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", port), 10) as line:
                    line.sendall(request)
                    if read_answer(line) == 200:
                        break
            except (OSError, IndexError, ValueError):
                pass
            time.sleep(0.05)
        else:
            return False
    return True


def _await_rest(shop: Rig, seconds: float = 300) -> None:
    """Wait until nothing waits any more."""
    until = time.monotonic() + seconds
    waiting: object = None
    while time.monotonic() < until:
        try:
            with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True, connect_timeout=5) as line:
                row = line.execute(
                    "SELECT (SELECT count(*) FROM inbound_delivery WHERE read_at IS NULL),"
                    " (SELECT count(*) FROM outgoing_message"
                    "   WHERE sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL)"
                ).fetchone()
        except psycopg.OperationalError:
            row = None
        if row == (0, 0):
            return
        waiting = row
        time.sleep(0.5)
    raise TimeoutError(f"Deliveries and messages still wait: {waiting}\n{shop.log()[-3000:]}")


_COUNTS = {
    "deliveries": "SELECT count(*) FROM inbound_delivery",
    "deliveries recorded": "SELECT count(*) FROM inbound_delivery WHERE outcome = 'recorded'",
    "orders": "SELECT count(*) FROM orders_order WHERE placed_at IS NOT NULL",
    "events of orders placed": "SELECT count(*) FROM kernel_event WHERE kind = 'OrderPlaced'",
    "confirmations": "SELECT count(*) FROM outgoing_message",
    "confirmations sent": "SELECT count(*) FROM outgoing_message WHERE sent_at IS NOT NULL",
}


def _faults(shop: Rig, count: int) -> list[str]:
    faults = []
    with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True) as line:
        for what, question in _COUNTS.items():
            row = line.execute(question).fetchone()  # type: ignore[call-overload] # our own constants
            if row and row[0] != count:
                faults.append(f"{row[0]} {what} instead of {count}")
    return faults


def _judge_mails(shop: Rig, sink: Sink, faults: list[str]) -> int:
    """Compare what reached the mail server with what the outbox says; return how many went twice."""
    with psycopg.connect(shop.env["DATABASE_URL"], autocommit=True) as line:
        rows = line.execute(
            "SELECT to_address, count(*), count(uncertain_at) FROM outgoing_message GROUP BY 1"
        ).fetchall()
    twice = 0
    for address, messages, uncertain in rows:
        arrived = len(sink.arrived.get(address, ()))
        if arrived < messages:
            faults.append(f"a mail to {address} is lost")
        if arrived > messages:
            twice += arrived - messages
            if not uncertain:
                faults.append(f"a mail to {address} went twice and nobody knows")
    return twice
