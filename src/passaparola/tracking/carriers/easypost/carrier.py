"""EasyPost as a carrier."""

from typing import ClassVar

from passaparola.inbound.source import Posted
from passaparola.tracking.carrier import Carrier, TrackerFacts
from passaparola.tracking.carriers.easypost import signature, translation


class EasyPost(Carrier):
    name: ClassVar[str] = "EasyPost"
    posts_webhooks: ClassVar[bool] = True

    def lacks(self, posted: Posted) -> tuple[str, ...]:
        """Ask for either of two headers: which one comes depends on the version."""
        return (
            ()
            if any(name in posted.headers for name in (signature.HEADER, signature.NEWER_HEADER))
            else (signature.HEADER,)
        )

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        return signature.is_valid(posted, secret)

    def topic(self, posted: Posted) -> str:
        return translation.topic(posted.body)

    def read(self, posted: Posted) -> tuple[TrackerFacts, ...]:
        return translation.trackers(posted.body)
