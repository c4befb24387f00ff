"""What somebody wants to have said."""

from dataclasses import dataclass
from datetime import datetime

from passaparola.messages.kind import MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One message as it was asked for."""

    kind: MessageKind
    to_address: str
    not_before: datetime
    expires_at: datetime
    order_id: int | None = None
    parcel_id: int | None = None
    fallback: MessageKind | None = None
    """Sent instead where an offer may not be made."""
    channel: str = "email"
    is_noisy: bool = False
    """The channel rings or buzzes: also what may be sent at any hour waits for the morning."""
    asked_at: datetime | None = None
    thing: str = ""
    """Names the same thing said again; see `thing_of`."""
    coupon: str = ""

    @property
    def news_of(self) -> tuple[int, str] | None:
        """What it may share a letter about: an order's parcels, on one channel. None: it goes by itself."""
        return (self.order_id, self.channel) if self.order_id and self.kind.urgency else None


def thing_of(kind: str, template: int | None, asked_by: str) -> str:
    """Return what makes two messages the same thing: a campaign, the shop's own texts, or the kind."""
    if asked_by.startswith("campaign:"):
        return asked_by
    return f"template:{template}" if template else kind
