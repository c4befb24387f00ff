"""What mail providers tell of mails: their webhooks, normalised by anymail, which has proved the sender.

Each mail goes out with the number of its row (`metadata`), which providers give back with every event.
"""

import re
from datetime import UTC, datetime
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from passaparola.messages import actions
from passaparola.messages.models import Message
from passaparola.messages.rules.bounces import Returned, What
from passaparola.messages.rules.retry import is_hard_bounce

OURS = "message"
"""The name of our number among what a provider gives back."""


def hear(sender: Any, event: AnymailTrackingEvent, esp_name: str, **more: Any) -> None:
    """React to one event. What raises here is answered 500, and the provider tells it again."""
    del sender, more
    told = str((event.metadata or {}).get(OURS, ""))
    message = Message.objects.filter(pk=int(told)).first() if told.isdecimal() and len(told) < 19 else None  # noqa: PLR2004 - of a bigint
    if message is None:
        return
    now, source = datetime.now(UTC), f"provider:{esp_name.lower()}"
    if event.event_type == EventType.UNSUBSCRIBED:
        actions.unsubscribe(message, source=source, now=now)
        return
    what = what_of(event)
    if what is not None:
        one = Returned(
            what=what,
            address=(event.recipient or message.to_address).lower(),
            message_id=message.message_id,
            words=_words(event),
        )
        actions.hear_returned([one], source=source, now=now)


def what_of(event: AnymailTrackingEvent) -> What | None:
    """Return what an event says of a mail; None where it brings nothing back."""
    if event.event_type == EventType.COMPLAINED:
        return What.COMPLAINT
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED}:
        return None
    if event.reject_reason == RejectReason.INVALID:
        return What.GONE
    words = _words(event)
    code = re.search(r"\b5\d\d\b", words)
    if event.reject_reason == RejectReason.BOUNCED and is_hard_bounce(int(code[0]) if code else 0, words):
        return What.GONE
    return What.NOT_TAKEN


def _words(event: AnymailTrackingEvent) -> str:
    return " ".join(str(event.mta_response or event.description or "").split())[:300]
