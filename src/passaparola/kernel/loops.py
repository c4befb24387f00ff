"""Work that is never finished: each concept registers a loop, every worker process runs them all.

A loop claims a batch with FOR UPDATE SKIP LOCKED and says how many rows it did, so any number of workers
on any number of machines share the work. It sleeps only when there was nothing; a doorbell (NOTIFY) wakes
it early, but the table is the truth: a doorbell that nobody heard costs one pause.
"""

import gc
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from psycopg import sql

logger = logging.getLogger(__name__)

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 10.0
_IN_EACH_OTHERS_WAY = {"40001", "40P01"}
_LISTEN_SECONDS = 0.5
"""How long the doorbell keeper may take to see that it should stop."""


def ring(doorbell: str) -> None:
    """Wake whoever waits for this doorbell: heard when, and only if, this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("NOTIFY {}").format(sql.Identifier(doorbell)).as_string(None))


@dataclass(frozen=True, slots=True)
class Loop:
    """One kind of never-ending work."""

    name: str
    run_once: Callable[[datetime], int]
    """Does one batch in transactions of its own, given the time; returns how many it did, 0 for none.

    What it raises is logged and tried again later: it must not have lost anything by then.
    """
    doorbell: str | None = None
    """The NOTIFY channel that announces work."""
    every: timedelta = timedelta(seconds=1)
    """How long to sleep at most when there was nothing to do."""


LOOPS: list[Loop] = []
"""Filled by each concept's `AppConfig.ready()`."""


def register(loop: Loop) -> None:
    """Have every worker run this loop."""
    LOOPS.append(loop)


AHEAD: list[Callable[[], None]] = []
"""What is better done before the first batch than in it."""


def register_ahead(work: Callable[[], None]) -> None:
    """Have every worker do this before its loops begin; where it fails, they begin all the same."""
    AHEAD.append(work)


def get_ready() -> None:
    for work in AHEAD:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker goes on
            _report(f"Getting ready ({work.__module__})", error)
    connection.close()
    # All of the code and what was got ready stays for good: to look through it for garbage again and again was a
    # twentieth of sending mails.
    gc.collect()
    gc.freeze()


def run(
    loops: Iterable[Loop], stopping: Event, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> None:
    """Run loops, one thread each, until `stopping` is set and each has finished the batch it is in."""
    runners = [_Runner(loop, stopping, now) for loop in loops]
    doorbells = {runner.loop.doorbell for runner in runners if runner.loop.doorbell}
    threads = [Thread(target=runner.run, name=runner.loop.name) for runner in runners]
    if doorbells:
        threads.append(Thread(target=_keep_listening, args=(runners, doorbells, stopping), name="doorbells"))
    for thread in threads:
        thread.start()
    stopping.wait()
    for runner in runners:
        runner.bell.set()
    for thread in threads:
        thread.join()


@dataclass(slots=True)
class _Runner:
    loop: Loop
    stopping: Event
    now: Callable[[], datetime]
    bell: Event = field(default_factory=Event)
    pause: float = _FIRST_PAUSE

    def run(self) -> None:
        while not self.stopping.is_set():
            self.bell.clear()  # before looking: what comes while we look rings again
            done = self._once()
            if done == 0:
                self.bell.wait(self.loop.every.total_seconds())
        connection.close()

    def _once(self) -> int | None:
        """Do one batch; after a failure wait a little longer each time, and return None."""
        try:
            done = self.loop.run_once(self.now())
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker goes on
            _report(f"The loop “{self.loop.name}”", error)
            connection.close()
            self.stopping.wait(self.pause)
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)
            return None
        self.pause = _FIRST_PAUSE
        return done


def _keep_listening(runners: list[_Runner], doorbells: set[str], stopping: Event) -> None:
    pause = _FIRST_PAUSE
    while not stopping.is_set():
        try:
            pause = _FIRST_PAUSE
            _listen(runners, doorbells, stopping)
        except (DatabaseError, psycopg.Error) as error:
            _report("Listening for doorbells", error)
            stopping.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        finally:
            connection.close()


def _listen(runners: list[_Runner], doorbells: set[str], stopping: Event) -> None:
    connection.ensure_connection()
    line = connection.connection
    for doorbell in doorbells:
        line.execute(sql.SQL("LISTEN {}").format(sql.Identifier(doorbell)))
    for runner in runners:
        runner.bell.set()  # what rang while nobody listened
    while not stopping.is_set():
        for notice in line.notifies(timeout=_LISTEN_SECONDS):
            for runner in runners:
                if runner.loop.doorbell == notice.channel:
                    runner.bell.set()
            if stopping.is_set():
                return


def _report(who: str, error: Exception) -> None:
    cause = getattr(error.__cause__, "sqlstate", None)
    if cause in _IN_EACH_OTHERS_WAY:
        logger.info("%s got into another worker's way and tries again.", who)
    elif isinstance(error, (OperationalError, InterfaceError, psycopg.Error)):
        logger.warning("%s lost the database and tries again: %s", who, str(error).partition("\n")[0])
    else:
        logger.error("%s failed and tries again.", who, exc_info=error)
