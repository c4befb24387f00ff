"""The mails that came in: the last few hundred, in memory, and in a folder where one is given."""

import json
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from threading import Lock

MOST = 500
_ENDING = ".mail"
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
    folder: Path | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def within(cls, folder: Path) -> "Kept":
        """Return what an earlier run kept in this folder, to go on from there."""
        folder.mkdir(parents=True, exist_ok=True)
        read = [mail for file in sorted(folder.glob(f"*{_ENDING}")) if (mail := _read(file))]
        last = read[-1].number if read else 0
        return cls(deque(read, maxlen=MOST), folder, count(last + 1))

    def add(self, raw: bytes, *, sender: str, recipients: tuple[str, ...], came_at: datetime) -> Mail:
        with self._lock:
            mail = _mail(next(self._numbers), raw, came_at, sender, recipients)
            if self.folder is not None:
                self._write(mail, self.folder)
            self.mails.append(mail)
        return mail

    def _write(self, mail: Mail, folder: Path) -> None:
        """Keep it in one go: a stop in the middle leaves no half a mail. The one that makes room goes."""
        about = {"came_at": mail.came_at.isoformat(), "from": mail.sender, "to": mail.recipients}
        beside = folder / "coming"
        with suppress(OSError):  # a full disk keeps nobody from reading it now
            beside.write_bytes(json.dumps(about).encode() + b"\n" + mail.raw)
            beside.replace(_file(folder, mail.number))
            if len(self.mails) == MOST:
                _file(folder, self.mails[0].number).unlink(missing_ok=True)

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


def _mail(number: int, raw: bytes, came_at: datetime, sender: str, recipients: tuple[str, ...]) -> Mail:
    message = message_from_bytes(raw, policy=policy.default)
    return Mail(number, raw, came_at, sender, recipients, message, language_of(message))


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number:09}{_ENDING}"


def _read(file: Path) -> Mail | None:
    """Return the mail of a file; None where it is none of ours."""
    try:
        about, _, raw = file.read_bytes().partition(b"\n")
        told = json.loads(about)
        came_at = datetime.fromisoformat(told["came_at"])
        return _mail(int(file.stem), raw, came_at, str(told["from"]), tuple(map(str, told["to"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


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
