"""The post: letters are signed as their senders sign and posted over real HTTP, with the post's bad habits.

Only ever to this machine. Webhooks in the wild come twice, late, and in the wrong order; so do some here.
"""

import http.client
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from random import Random
from urllib.parse import urlsplit

from passaparola.demo.payloads.letter import Letter

_PACKAGES = {"connector": "passaparola.orders.connectors", "carrier": "passaparola.tracking.carriers"}
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_SECONDS = 10
TWICE, LATE = 0.06, 0.05
"""How many letters come twice, and how many are overtaken by the next."""

Send = Callable[[str, bytes, Mapping[str, str]], int]
"""Posts a body with headers to a path and returns the status, 0 where nobody answered."""


class NotHereError(ValueError):
    """The demo's post goes to this machine only."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where letters of one kind go, and the secret they are signed with."""

    path: str
    secret: str


def signed(letter: Letter, secret: str, *, now: datetime) -> dict[str, str]:
    """Return the headers with which this kind of sender posts the letter."""
    sign = import_module(f"{_PACKAGES[letter.role]}.{letter.kind}.signature").sign
    if letter.role == "carrier":
        headers: dict[str, str] = {"Content-Type": "application/json", **sign(letter.body, secret)}
        return headers
    delivery = sha256(letter.topic.encode() + letter.body).hexdigest()[:32]
    # Standard Webhooks signs the moment of sending; the others tell when it happened.
    at = now if letter.kind == "custom" else letter.at
    return dict(sign(letter.body, secret, topic=letter.topic, delivery=delivery, at=at))


def over_http(base: str) -> Send:
    """Return a sender to the server at this address. Raises NotHereError for any other machine."""
    parts = urlsplit(base)
    host = parts.hostname or ""
    if host not in _THIS_MACHINE or parts.scheme != "http":
        raise NotHereError(f"The demo posts to this machine only, not to {base}.")

    def send(path: str, body: bytes, headers: Mapping[str, str]) -> int:
        line = http.client.HTTPConnection(host, parts.port or 80, timeout=_SECONDS)
        try:
            line.request("POST", path, body, dict(headers))
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()

    return send


def answers(base: str) -> bool:
    """Tell whether somebody listens there."""
    parts = urlsplit(base)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 80), timeout=1).close()
    except OSError:
        return False
    return True


@dataclass(slots=True)
class Postman:
    boxes: Mapping[tuple[str, str], Box]
    send: Send
    rng: Random
    waiting: list[Letter] = field(default_factory=list)
    """Not delivered yet: held back, or refused for now."""
    delivered: int = 0

    def post(self, letters: tuple[Letter, ...], *, now: datetime | None = None) -> None:
        """Deliver these letters and those that wait; what is not taken (5xx, nobody there) waits for more."""
        now = now or datetime.now(UTC)
        late = [letter for letter in letters if self.rng.random() < LATE]
        at_once = [letter for letter in letters if letter not in late]
        before, self.waiting = self.waiting, late
        for letter in [*at_once, *before]:
            self._deliver(letter, now)
            if self.rng.random() < TWICE:
                self._deliver(letter, now)

    def empty_bag(self, *, now: datetime | None = None) -> None:
        """Deliver what still waits."""
        before, self.waiting = self.waiting, []
        for letter in before:
            self._deliver(letter, now or datetime.now(UTC))

    def _deliver(self, letter: Letter, now: datetime) -> None:
        box = self.boxes[letter.role, letter.kind]
        status = self.send(box.path, letter.body, signed(letter, box.secret, now=now))
        if status == 0 or status >= http.client.INTERNAL_SERVER_ERROR:
            self.waiting.append(letter)
        else:
            self.delivered += 1
