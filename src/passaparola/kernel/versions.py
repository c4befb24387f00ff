"""Telling which of two versions of the same thing is the newer, whichever arrives first."""

from datetime import UTC, datetime
from hashlib import blake2b


def version(at: datetime | None, rank: int, content: object) -> str:
    """Order what one source said about one thing: later first, then further, then by content.

    Sources stamp whole seconds, so two different versions may carry the same time: `rank` (0 to 99) tells
    the further one, and the digest makes the choice the same for everybody.
    """
    stamp = at.astimezone(UTC).strftime("%Y%m%d%H%M%S%f") if at else "0" * 20
    digest = blake2b(repr(content).encode(), digest_size=6).hexdigest()
    return f"{stamp}.{rank:02d}.{digest}"
