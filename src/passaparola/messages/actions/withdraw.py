"""Taking messages back that are no longer wanted by whoever asked for them."""

from collections.abc import Sequence
from datetime import datetime

from passaparola.messages.models import WAITING, Message


def withdraw(keys: Sequence[tuple[int, str]], *, now: datetime) -> int:
    """Drop those of the messages that still wait: store and key. What is being handed over goes out.

    In the caller's transaction; returns how many were taken back.
    """
    if not keys:
        return 0
    stores, names = ({*part} for part in zip(*keys, strict=True))
    waiting = Message.objects.filter(WAITING, store_id__any=stores, key__any=names, claimed_at=None)
    return waiting.update(dropped_at=now, reason="withdrawn", reason_data={})
