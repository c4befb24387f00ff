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
    address = (event.recipient or message.to_address).lower()
    if _is_unsubscribed(event):
        if address == message.to_address.lower():
            actions.unsubscribe(message, source=source, now=now)
        return
    what = what_of(event)
    if what is not None:
        one = Returned(
            what=what,
            address=address,
            message_id=message.message_id,
            words=_words(event),
        )
        actions.hear_returned([one], source=source, now=now)


def _is_unsubscribed(event: AnymailTrackingEvent) -> bool:
    """By a click, or since before: a provider that keeps such a list of its own sends nothing to who is on it."""
    is_refused = event.event_type == EventType.REJECTED
    is_on_list = is_refused and event.reject_reason == RejectReason.UNSUBSCRIBED
    return bool(event.event_type == EventType.UNSUBSCRIBED or is_on_list)


def what_of(event: AnymailTrackingEvent) -> What | None:
    """Return what an event says of a mail; None where it brings nothing back."""
    is_refused = event.event_type == EventType.REJECTED
    if event.event_type == EventType.COMPLAINED or (is_refused and event.reject_reason == RejectReason.SPAM):
        return What.COMPLAINT
    if event.event_type != EventType.BOUNCED and not is_refused:
        return None
    return What.GONE if _is_gone(event) else What.NOT_TAKEN


_FOR_GOOD = re.compile(r"permanent|hard ?bounce", re.IGNORECASE)


def _is_gone(event: AnymailTrackingEvent) -> bool:
    """Tell whether the address itself is no good: by the server's words, else by what the provider calls it."""
    if event.reject_reason not in {RejectReason.BOUNCED, None}:
        return bool(event.reject_reason == RejectReason.INVALID)
    if event.event_type == EventType.REJECTED:  # where it bounced before, the provider did not even try
        return bool(event.reject_reason)
    words = _words(event)
    if code := re.search(r"\b[45]\d\d\b|\b[45]\.\d{1,3}\.\d{1,3}\b", words):
        return is_hard_bounce(int(code[0]) if code[0].isdecimal() else 0, words)
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    return bool(_FOR_GOOD.search(f"{event.description or ''} {told.get('SuppressionReason') or ''}"))


def _words(event: AnymailTrackingEvent) -> str:
    return " ".join(str(event.mta_response or event.description or "").split())[:300]
