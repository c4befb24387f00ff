"""The small process between PostgreSQL and everybody who uses it: `python -m …keeper DATA [--not-durable]`.

It starts the server as its child, starts it again when it dies, and stops it when the last user has gone.
So any command may be the first or the last, and none pulls the server away from under another.

Standard output is a pipe to the command that asked: one sentence if the server can't run, closed without
a word as soon as it answers.
"""

import os
import signal
import sys
import time
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

from passaparola.kernel.database import cluster, locks
from passaparola.kernel.database.cluster import Cluster, Server
from passaparola.kernel.database.errors import PrivateDatabaseError

_GLANCE_SECONDS = 0.01
_LOOK_SECONDS = 0.1
_LONGEST_PAUSE = 5.0
_OTHERS_SECONDS = 1.0


def main() -> None:
    """Keep one data folder's database until nobody uses it."""
    data, durable = Path(sys.argv[1]), "--not-durable" not in sys.argv
    _detach()
    lock = _become_the_keeper(data)
    if lock is None:
        return
    try:
        server = _started(Cluster(data, durable))
    except (PrivateDatabaseError, OSError) as error:
        os.write(1, str(error).encode())
        sys.exit(1)
    _end_of_telling()
    _keep(Cluster(data, durable), server)


def _detach() -> None:
    """The end of a terminal or of the first user is not ours: only the last user's is."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _become_the_keeper(data: Path) -> BinaryIO | None:
    """Somebody who only asks whether there is a keeper holds the lock for a moment; a keeper holds it on."""
    until = time.monotonic() + _OTHERS_SECONDS
    while time.monotonic() < until:
        lock = locks.try_to_take(locks.keeper(data), locks.ALONE)
        if lock:
            return lock
        time.sleep(_GLANCE_SECONDS)
    return None


def _started(kept: Cluster) -> Server:
    kept.make()
    server = kept.start()
    while not kept.is_ready():
        if server.poll() is not None:
            raise PrivateDatabaseError(
                f"The private database in {kept.data} does not start: {kept.last_words()}"
            )
        time.sleep(_GLANCE_SECONDS)
    return server


def _end_of_telling() -> None:
    os.dup2(2, 1)


def _keep(kept: Cluster, server: Server) -> None:
    last_user_gone = Event()
    Thread(target=_await_the_last_user, args=(kept.data, last_user_gone), daemon=True).start()
    pause = _LOOK_SECONDS
    while not last_user_gone.wait(pause):
        if server.poll() is None:
            pause = _LOOK_SECONDS
            continue
        print("The server ended unexpectedly and is started again.", file=sys.stderr, flush=True)  # noqa: T201
        try:
            server = _started(kept)
        except (PrivateDatabaseError, OSError) as error:
            print(error, file=sys.stderr, flush=True)  # noqa: T201 - the log file
            pause = min(pause * 2, _LONGEST_PAUSE)
    cluster.stop(server)


def _await_the_last_user(data: Path, gone: Event) -> None:
    """Whoever comes now waits for the lock until this process has ended, and starts afresh."""
    _held.append(locks.take(locks.users(data), locks.ALONE))
    gone.set()


_held: list[BinaryIO] = []

if __name__ == "__main__":
    main()
