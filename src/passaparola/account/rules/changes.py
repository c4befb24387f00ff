"""What may still be asked about an order: another address, or not to send it at all."""

from datetime import datetime, timedelta

KINDS = ("address", "cancel")


def may_ask(
    *, placed_at: datetime | None, hours: int, is_sent: bool, is_cancelled: bool, now: datetime
) -> bool:
    """Tell whether the shop's window is still open: it ends with the hours, and with anything having been sent."""
    if is_sent or is_cancelled or placed_at is None:
        return False
    return now - placed_at < timedelta(hours=hours)
