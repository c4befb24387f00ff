"""What a killed owner or a power cut leaves: a server without an owner, and lock files of the dead."""

import os
import signal
import time
from pathlib import Path

_PATIENCE = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def clear(folder: Path, socket: Path) -> None:
    """End a server that stands in this folder, and remove lock files that name a process that isn't one.

    After a power cut or in a new container the old number may belong to anybody, and PostgreSQL would
    refuse to start; a server always stands in its own folder, so that is how it is known. Where the
    system doesn't tell (no /proc), PostgreSQL's own check has to do.
    """
    pid = _pid(folder)
    if pid is None or not Path("/proc/self/cwd").exists():
        return
    for number, seconds in _PATIENCE:
        if _ends(pid, folder, number, seconds):
            break
    for lock in (folder / "postmaster.pid", Path(f"{socket}.lock")):
        lock.unlink(missing_ok=True)


def _pid(folder: Path) -> int | None:
    try:
        return abs(int((folder / "postmaster.pid").read_text().split("\n")[0]))
    except (OSError, ValueError):
        return None


def _stands_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def _ends(pid: int, folder: Path, number: int, seconds: float) -> bool:
    """Ask it to end, and wait. It may be ending already: being told twice does no harm."""
    until = time.monotonic() + seconds
    if _stands_in(pid, folder):
        os.kill(pid, number)
    while _stands_in(pid, folder) and time.monotonic() < until:
        time.sleep(0.01)
    return not _stands_in(pid, folder)
