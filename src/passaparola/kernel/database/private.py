"""The private PostgreSQL: the first command that needs it has it started, others join, the last one ends it.

Using it is holding a lock, so a user that is killed has left like any other, and no state can be stale.
Should the keeper be killed, its server goes with it and one of the users has another started, at the same
address: a restart of the database like any other.
"""

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

import passaparola
from passaparola.kernel.database import locks
from passaparola.kernel.database.cluster import Cluster
from passaparola.kernel.database.errors import PrivateDatabaseError

logger = logging.getLogger(__name__)

_GLANCE_SECONDS = 0.01
_LOOK_SECONDS = 0.2
_START_SECONDS = 60.0
"""After a power cut everything that was committed is read from the log again first."""


@contextmanager
def running(data: Path, *, durable: bool = True) -> Iterator[str]:
    """Use the private database of a data folder for as long as the block lasts; gives its address."""
    database = PrivateDatabase(data, durable=durable)
    try:
        database.start()
        yield database.url
    finally:
        database.stop()


class PrivateDatabase:
    """This process's use of the private database of one data folder."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self._cluster = Cluster(data.resolve(), durable)
        self._data = self._cluster.data
        self._use: BinaryIO | None = None
        self._keepers: list[int] = []
        self._leaving = Event()
        self._watch = Thread(target=self._look_after, name="private-database", daemon=True)

    @property
    def url(self) -> str:
        """The address for DATABASE_URL, once started."""
        return self._cluster.url

    def start(self) -> None:
        """Return as soon as the database answers, or raise PrivateDatabaseError with one sentence."""
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            self._use = locks.take(locks.users(self._data), locks.SHARED)
        except OSError as error:
            reason = f"The data folder {self._data} can't be used: {error.strerror}"
            raise PrivateDatabaseError(f"{reason}; give another with --data.") from None
        self._await_answer()
        self._watch.start()

    def stop(self) -> None:
        """Leave; the last one to leave waits until nothing runs any more."""
        self._leaving.set()
        if self._watch.ident is not None:
            self._watch.join()
        if self._use:
            self._use.close()
            self._await_end()
        self._bury()

    def _await_answer(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while not self._cluster.is_ready():
            self._see_to_a_keeper()
            if time.monotonic() > until:
                words = self._cluster.last_words()
                raise PrivateDatabaseError(f"The private database in {self._data} does not answer: {words}")
            time.sleep(_GLANCE_SECONDS)

    def _look_after(self) -> None:
        while not self._leaving.wait(_LOOK_SECONDS):
            try:
                self._see_to_a_keeper()
            except (PrivateDatabaseError, OSError) as error:
                logger.error("%s", error)  # noqa: TRY400 - a sentence for people, and it says it all
            self._bury()

    def _see_to_a_keeper(self) -> None:
        if not locks.is_free(locks.keeper(self._data), locks.SHARED):
            return
        answer, telling = os.pipe()
        with os.fdopen(answer, "rb") as pipe:
            self._keepers.append(self._spawn(telling))
            os.close(telling)
            problem = pipe.read().decode(errors="replace")
        if problem:
            raise PrivateDatabaseError(problem)

    def _spawn(self, telling: int) -> int:
        """Start a keeper that may outlive us, so nothing of our terminal or pipes goes with it."""
        durable = [] if self._cluster.durable else ["--not-durable"]
        command = [
            sys.executable,
            "-P",
            "-m",
            "passaparola.kernel.database.keeper",
            str(self._data),
            *durable,
        ]
        source = str(Path(passaparola.__file__).parent.parent)
        path = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))
        with Path(os.devnull).open() as nothing, self._cluster.log.open("ab") as log:
            streams = [(nothing.fileno(), 0), (telling, 1), (log.fileno(), 2)]
            actions = [(os.POSIX_SPAWN_DUP2, ours, theirs) for ours, theirs in streams]
            return os.posix_spawn(
                sys.executable, command, os.environ | {"PYTHONPATH": path}, file_actions=actions
            )

    def _await_end(self) -> None:
        users = locks.users(self._data)
        while not locks.is_free(locks.keeper(self._data), locks.SHARED):
            is_used = not locks.is_free(users, locks.ALONE) and locks.is_free(users, locks.SHARED)
            if is_used:
                return  # by another command; the database is theirs now
            time.sleep(_GLANCE_SECONDS)

    def _bury(self) -> None:
        for pid in list(self._keepers):
            with suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG) == (0, 0):
                    continue
            self._keepers.remove(pid)
