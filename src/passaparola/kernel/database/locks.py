"""The two locks around a private database. The kernel frees a lock when its process ends, however it does.

`postgres.users`: shared by everybody who uses the database; the keeper takes it alone to stop the server.
`postgres.lock`: held by the one keeper.
"""

import fcntl
from pathlib import Path
from typing import BinaryIO

SHARED, ALONE = fcntl.LOCK_SH, fcntl.LOCK_EX


def users(data: Path) -> Path:
    """Return the file everybody who uses the database locks."""
    return data / "postgres.users"


def keeper(data: Path) -> Path:
    """Return the file the keeper locks."""
    return data / "postgres.lock"


def take(path: Path, how: int) -> BinaryIO:
    """Wait for a lock; closing the file lets go of it."""
    file = path.open("ab")
    fcntl.flock(file, how)
    return file


def try_to_take(path: Path, how: int) -> BinaryIO | None:
    """Take a lock if that is possible now."""
    file = path.open("ab")
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def is_free(path: Path, how: int) -> bool:
    """Tell whether a lock could be taken now."""
    file = try_to_take(path, how)
    if file:
        file.close()
    return file is not None
