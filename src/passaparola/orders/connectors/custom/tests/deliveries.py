"""Messages as a shop posts them, for the tests of this folder."""

import json
from datetime import UTC, datetime
from typing import Any

from passaparola.inbound.source import Posted
from passaparola.orders.connectors.custom import example, kind
from passaparola.orders.connectors.custom.signature import sign
from passaparola.orders.facts import Facts

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECRET = "whsec_Qm90dGVnYSBMdW5hIGluIEZhZW56YQ=="


def posted(message: Any, delivery: str = "msg_1") -> Posted:
    body = json.dumps(message).encode()
    headers = sign(body, SECRET, topic="", delivery=delivery, at=AT)
    return Posted({name.lower(): value for name, value in headers.items()}, body, AT)


def read(event: str, **data: Any) -> Facts:
    return kind.read(posted({"type": event, "data": data}))


def order(**changes: Any) -> dict[str, Any]:
    return example.order(AT) | changes
