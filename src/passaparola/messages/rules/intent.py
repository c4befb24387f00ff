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
    is_noisy: bool = False
    """The channel rings or buzzes: also what may be sent at any hour waits for the morning."""
