"""The port the last `serve` listened on, so that `connect` prints an address that leads to it."""

from contextlib import suppress
from pathlib import Path


def of(data: Path) -> str:
    """Return the recorded port, or the empty string."""
    with suppress(OSError):
        recorded = _record(data).read_text().strip()
        return recorded if recorded.isdecimal() else ""
    return ""


def remember(data: Path, port: int) -> None:
    """Record it for commands that are started beside the server."""
    data.mkdir(parents=True, exist_ok=True)
    _record(data).write_text(f"{port}\n")


def _record(data: Path) -> Path:
    return data / "last-port"
