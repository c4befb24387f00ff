"""What a killed keeper or a power cut leaves: processes without an owner, and lock files of the dead."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def clear(folder: Path, socket: Path) -> None:
    """End every server process that stands in this folder; only then remove lock files that name the dead.

    After a power cut or in a new container the number in a lock file may belong to anybody, and PostgreSQL
    would refuse to start. But the file also keeps a new server from running beside processes of a killed
    one, which would ruin the data: so it goes only when nobody at all stands in the folder. Where the system
    doesn't tell (no /proc), PostgreSQL's own check has to do.
    """
    lock = folder / "postmaster.pid"
    if not lock.exists() or not Path("/proc/self/cwd").exists():
        return
    if not _have_ended(folder, _pid(lock)):
        return  # PostgreSQL itself will refuse, and say why
    for left_over in (lock, Path(f"{socket}.lock")):
        left_over.unlink(missing_ok=True)


def _have_ended(folder: Path, server: int | None) -> bool:
    """Ask the server, which asks its own; processes that outlived it are ended one by one."""
    for number, seconds in _PATIENCE:
        standing = _standing_in(folder)
        if number == signal.SIGINT and server not in standing:
            continue  # to the others it means something else
        for pid in [server] if number == signal.SIGINT and server else standing:
            with suppress(ProcessLookupError):  # being told twice does no harm either
                os.kill(pid, number)
        until = time.monotonic() + seconds
        while _standing_in(folder) and time.monotonic() < until:
            time.sleep(0.02)
    return not _standing_in(folder)


def _standing_in(folder: Path) -> list[int]:
    """A server and all its processes have their database's folder as their working directory."""
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and _stands_in(process, folder)
    ]


def _stands_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").samefile(folder)
    except OSError:
        return False


def _pid(lock: Path) -> int | None:
    try:
        return abs(int(lock.read_text().split("\n")[0]))
    except (OSError, ValueError):
        return None
