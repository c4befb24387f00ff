"""AfterShip as a carrier."""

from typing import ClassVar

from passaparola.inbound.source import Posted
from passaparola.tracking.carrier import Carrier, TrackerFacts
from passaparola.tracking.carriers.aftership import signature, translation


class AfterShip(Carrier):
    name: ClassVar[str] = "AfterShip"
    posts_webhooks: ClassVar[bool] = True

    def lacks(self, posted: Posted) -> tuple[str, ...]:
        """Ask for either of two headers: which one comes depends on the version."""
        return () if any(name in posted.headers for name in signature.HEADERS) else (signature.HEADERS[0],)

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        return signature.is_valid(posted, secret)

    def topic(self, posted: Posted) -> str:
        return translation.topic(posted.body)

    def read(self, posted: Posted) -> tuple[TrackerFacts, ...]:
        return translation.trackers(posted.body)

    def new_secret(self) -> str | None:
        """Make none: AfterShip shows its own under Settings, Webhooks."""
        return None
