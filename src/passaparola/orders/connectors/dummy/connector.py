"""The dummy connector. What it should do stands in the body, so it works across processes too.

    {"id": "1", "number": "BL-1", "email": "anna@example.com", "total": "10.00"}   an order
    {"fail": "unreadable"}    raises `UnreadableError`, as for a payload nobody understands
    {"fail": "explode"}       raises `DummyExplosionError`, as a bug would

Within one process `prepare(facts)` returns a body that is read as exactly these facts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hmac import compare_digest
from typing import Any, ClassVar

from passaparola.customers.facts import CustomerFacts
from passaparola.inbound import reading
from passaparola.inbound.source import Posted, UnreadableError
from passaparola.orders.connector import Connector, FileRow
from passaparola.orders.connectors.dummy.signature import HEADER, signature
from passaparola.orders.facts import Facts, LineFacts, OrderFacts


class DummyExplosionError(RuntimeError):
    """Raised on demand."""


class Dummy(Connector):
    name: ClassVar[str] = "Dummy"
    required_headers: ClassVar[tuple[str, ...]] = (HEADER.lower(),)
    kept_headers: ClassVar[tuple[str, ...]] = ("x-dummy-topic", "x-dummy-delivery", "x-dummy-at")
    max_bytes: ClassVar[int] = 64 * 1024
    reads_files: ClassVar[bool] = True

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop what was recorded and prepared: call it at the start of a test."""
        self.read_bodies: list[bytes] = []
        self.prepared: dict[str, Facts] = {}

    def prepare(self, facts: Facts) -> bytes:
        name = f"prepared-{len(self.prepared) + 1}"
        self.prepared[name] = facts
        return json.dumps({"facts": name}).encode()

    def is_authentic(self, posted: Posted, secret: str) -> bool:
        given = posted.headers.get(HEADER.lower(), "").encode(errors="replace")
        return bool(secret) and compare_digest(signature(posted.body, secret).encode(), given)

    def topic(self, posted: Posted) -> str:
        return posted.headers.get("x-dummy-topic", "")[:100]

    def key(self, posted: Posted) -> str:
        return posted.headers.get("x-dummy-delivery", "")[:200] or super().key(posted)

    def read(self, posted: Posted) -> Facts:
        self.read_bodies.append(posted.body)
        return self._facts(reading.parsed_object(posted.body), posted.received_at)

    def _facts(self, payload: Mapping[str, Any], seen_at: datetime) -> Facts:
        if payload.get("fail") == "unreadable":
            raise UnreadableError("The dummy was told not to understand this.")
        if payload.get("fail") == "explode":
            raise DummyExplosionError("The dummy was told to explode.")
        if "facts" in payload:
            return self.prepared.get(str(payload["facts"]), Facts(note="Prepared in another process."))
        return Facts(orders=(_order(payload, seen_at),))

    def read_file(self, lines: Iterable[str], mapping: Mapping[str, str]) -> Iterator[FileRow]:  # noqa: ARG002 - one JSON object a line needs no mapping
        for number, line in enumerate(lines, 1):
            try:
                payload = reading.parsed_object(line.encode(errors="replace"))
                facts = self._facts(payload, datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
            except UnreadableError as error:
                yield FileRow(number, None, str(error), {"line": line.rstrip("\n")})
            else:
                yield FileRow(number, facts)


def _order(payload: Mapping[str, Any], seen_at: datetime) -> OrderFacts:
    own_id = reading.identity(payload.get("id"))
    if not own_id:
        raise UnreadableError("The order has no id.")
    total = reading.amount(payload.get("total"))
    placed_at = reading.time(payload.get("placed_at")) or seen_at
    item = LineFacts(
        external_id="1", title=reading.text(payload.get("item")) or "Tazza", quantity=1, total=total
    )
    return OrderFacts(
        external_id=own_id,
        number=reading.text(payload.get("number")) or own_id,
        placed_at=placed_at,
        updated_at=reading.time(payload.get("updated_at")) or placed_at,
        currency=reading.currency(payload.get("currency")) or "EUR",
        total=total,
        subtotal=total,
        language=reading.language(payload.get("language")),
        customer=CustomerFacts(email=reading.text(payload.get("email"))),
        lines=(item,),
    )
