"""One webhook, ready to be signed and posted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    role: str
    """`connector` or `carrier`."""
    kind: str
    topic: str
    payload: Mapping[str, Any]
    at: datetime
    """When it happened."""

    @property
    def body(self) -> bytes:
        return json.dumps(self.payload, ensure_ascii=False, separators=(",", ":")).encode()


def letter(kind: str, topic: str, payload: Mapping[str, Any], at: datetime) -> Letter:
    return Letter(role="connector", kind=kind, topic=topic, payload=payload, at=at)
