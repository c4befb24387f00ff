"""By hand as a carrier."""

from typing import ClassVar

from passaparola.inbound.source import Posted
from passaparola.tracking.carrier import Carrier


class Manual(Carrier):
    name: ClassVar[str] = "By hand"

    def is_authentic(self, posted: Posted, secret: str) -> bool:  # noqa: ARG002 - it posts nothing
        return False

    def new_secret(self) -> str | None:
        return None
