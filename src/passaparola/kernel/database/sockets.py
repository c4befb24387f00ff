"""Where the private database listens: a unix socket in a folder nobody else may enter.

The kernel allows 107 bytes for a socket's path, and PostgreSQL's clients end a host's name at a comma.
Where the data folder's own path won't do, a short folder under /tmp takes its place, and a file in the
data folder says which.
"""

import os
import stat
import tempfile
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
_LONGEST = 107


def folder_of(data: Path) -> Path:
    """Return the socket folder of a data folder; a difficult one has none that works before a start."""
    own = _own(data)
    return own if _is_usable(own) else (_recorded(data) or own)


def make_folder_for(data: Path) -> Path:
    """Return the socket folder, made and recorded where it must be a short one. For the keeper only."""
    if not _is_usable(_own(data)) and _recorded(data) is None:
        unfinished = data / "postgres.socket-folder.unfinished"
        unfinished.write_text(tempfile.mkdtemp(prefix="passaparola-", dir="/tmp"))
        unfinished.replace(_record(data))
    return folder_of(data)


def _own(data: Path) -> Path:
    return data / "postgres"


def _is_usable(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET)) <= _LONGEST and "," not in str(folder)


def _record(data: Path) -> Path:
    return data / "postgres.socket-folder"


def _recorded(data: Path) -> Path | None:
    """Return the recorded folder if it still is there and still ours: anybody may make folders in /tmp."""
    try:
        folder = Path(_record(data).read_text())
        found = folder.lstat()
    except OSError:
        return None
    closed = not stat.S_IMODE(found.st_mode) & 0o077
    return folder if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and closed else None
