"""`lateness`: from a step's time to its message in the mail server's hands, a thousand due in one second."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

from bench._enrolled import enrol, open_shop
from bench.rig import rig
from bench.sink import Sink
from bench.table import Row

GOAL = 2.0


def run(*, quick: bool) -> list[Row]:
    """Everything runs: two workers with all their loops, SMTP, durable commits."""
    count, turns = (200, 1) if quick else (1_000, 5)
    waits: list[float] = []
    with Sink() as sink, rig(MAIL_URL=sink.url) as shop, open_shop(shop) as line:
        enrol(line, 1, count * turns)
        for _ in range(2):
            shop.start("worker")
        time.sleep(4)
        for turn in range(turns):
            before = len(sink.arrived)
            due = datetime.now(UTC) + timedelta(seconds=2)
            line.execute(
                "UPDATE journeys_enrolment SET position = 'say', since_at = %(due)s, due_at = %(due)s WHERE id BETWEEN"
                " %(first)s AND %(last)s",
                {"due": due, "first": turn * count + 1, "last": (turn + 1) * count},
            )
            at = time.perf_counter() + (due - datetime.now(UTC)).total_seconds()
            until = time.monotonic() + 60
            while len(sink.arrived) < before + count:
                if time.monotonic() > until:
                    raise TimeoutError(
                        f"{len(sink.arrived) - before} of {count} mails came.\n{shop.log()[-2000:]}"
                    )
                time.sleep(0.05)
            waits += [times[0] - at for times in list(sink.arrived.values())[before:]]
    p99 = quantiles(waits, n=100)[-1] if len(waits) > 1 else waits[0]
    return [
        Row(
            name="lateness p99",
            value=p99,
            unit=f"s, {count:,} due at once",
            goal=f"< {GOAL:g} s",
            met=p99 < GOAL,
        ),
        Row(name="lateness median", value=median(waits), unit="s"),
    ]
