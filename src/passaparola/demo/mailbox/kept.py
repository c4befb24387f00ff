"""The mails that came in: the last few hundred, in memory."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from threading import Lock

MOST = 500
_LANGUAGE = re.compile(r"<html[^>]*\blang=[\"']?([a-z]{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    number: int
    raw: bytes
    came_at: datetime
    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    language: str

    @property
    def subject(self) -> str:
        return header(self.message, "Subject") or "(no subject)"

    @property
    def text(self) -> str:
        return _part(self.message, "plain")

    @property
    def html(self) -> str:
        return _part(self.message, "html")


@dataclass(slots=True)
class Kept:
    """Safe to use from several threads."""

    mails: deque[Mail] = field(default_factory=lambda: deque(maxlen=MOST))
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: Lock = field(default_factory=Lock)

    def add(self, raw: bytes, *, sender: str, recipients: tuple[str, ...], came_at: datetime) -> Mail:
        message = message_from_bytes(raw, policy=policy.default)
        with self._lock:
            mail = Mail(next(self._numbers), raw, came_at, sender, recipients, message, language_of(message))
            self.mails.append(mail)
        return mail

    def newest_first(self, language: str = "") -> list[Mail]:
        with self._lock:
            return [mail for mail in reversed(self.mails) if language in {"", mail.language}]

    def languages(self) -> dict[str, int]:
        """Return how many mails there are in each language."""
        with self._lock:
            found = [mail.language for mail in self.mails]
        return {language: found.count(language) for language in sorted(set(found))}

    def find(self, number: int) -> Mail | None:
        with self._lock:
            return next((mail for mail in self.mails if mail.number == number), None)


def language_of(message: EmailMessage) -> str:
    """Return the language that the mail says it is in, two letters, or the empty string."""
    said = header(message, "Content-Language")[:2].lower()
    found = _LANGUAGE.search(_part(message, "html")[:2000]) if not said else None
    return said or (found[1].lower() if found else "")


def header(message: EmailMessage, name: str) -> str:
    """Return a header in words; what can't be read is shown as it came."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError):  # the parser trips over some malformed headers
        return str(dict(message.raw_items()).get(name, ""))


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
