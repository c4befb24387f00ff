"""The key that signs links and encrypts kept secrets, where nobody gave one."""

import os
import secrets
from pathlib import Path

_FILE = "secret-key"


def of(data: Path) -> str:
    """Return the data folder's key; the first asker makes it.

    Several processes may ask first at the same moment: each writes its own and only one link succeeds, so
    all read the same key and nobody reads half of one.
    """
    kept = data / _FILE
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        _keep(kept)
    return kept.read_text().strip()


def _keep(kept: Path) -> None:
    mine = kept.with_name(f"{_FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(mine, kept)
    except FileExistsError:
        pass  # another process was first; its key is the one
    finally:
        mine.unlink()
