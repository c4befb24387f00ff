"""The contract of whatever may post webhooks to us: how a delivery proves itself and what names it.

Connectors and carriers are both sources. A source is pure: it sees bytes, headers and a secret, and
never a model, a clock or the network.
"""

from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import ClassVar


class UnreadableError(ValueError):
    """The delivery proved itself but can't be understood. The sentence is shown to the team as it is."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One HTTP request as it came: header names in lower case, body untouched."""

    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    url: str = ""
    """The whole address as the sender knows it: some sign that too."""


class Source(ABC):
    """Contract. Subclasses set the class variables and override what their sender does differently."""

    name: ClassVar[str]
    """As people call it: `Shopify`."""
    required_headers: ClassVar[tuple[str, ...]] = ()
    """Lower case. A request without one of them is answered 400."""
    max_bytes: ClassVar[int] = 2 * 1024 * 1024
    """A larger body is answered 413 and not read to its end."""
    thanks: ClassVar[HTTPStatus] = HTTPStatus.OK
    """What a delivery that is kept is answered with, always without a word."""
    settings: ClassVar[tuple[str, ...]] = ()
    """Names of what the shop must give where we ask and not they post (`contract`, `depot`)."""
    optional: ClassVar[tuple[str, ...]] = ()
    """Those of `settings` that may be left empty."""
    kept_headers: ClassVar[tuple[str, ...]] = ()
    """Lower case; those that `read`, `topic` or `key` need later. Never the signature."""

    def lacks(self, posted: Posted) -> tuple[str, ...]:
        """Name the required headers that are not there. Overridden where a sender's test call has none."""
        return tuple(header for header in self.required_headers if header not in posted.headers)

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        """Tell, over the raw bytes and in constant time, whether the sender knows the secret.

        `posted.received_at` is there for signatures with a time limit. Never parses the body.
        Returns False rather than raise, whatever the headers hold.
        """
        raise NotImplementedError

    def greeting(self, asked: Mapping[str, str], token: str) -> str | None:  # noqa: ARG002 - for those who do
        """Answer a GET by which a sender asks if this address is ours; None: nothing is said.

        `asked` is its query, `token` the last part of the address, which only we and the sender know.
        """
        return None

    def key(self, posted: Posted) -> str:
        """Name this delivery: a repetition has the same key. At most 200 characters."""
        return sha256(posted.body).hexdigest()

    def topic(self, posted: Posted) -> str:  # noqa: ARG002 - for those who override it
        """What it is about, in the sender's words (`orders/create`), or the empty string."""
        return ""

    def new_secret(self) -> str | None:
        """Return a fresh secret where ours is used by the sender; None where the sender makes it."""
        from secrets import token_urlsafe

        return token_urlsafe(32)
