"""BRT's answer as facts. No complete real one is public: this takes every shape that clients of it expect."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from passaparola.inbound.reading import many, one, parsed_object, text, whole
from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.italian import date_in, state_of
from passaparola.tracking.moments import ROME, clock_in, local
from passaparola.tracking.reading import CODE, NAME, PLACE, line

_NOT_FOUND = re.compile(
    r"non (e )?(stat[ao] )?(trovat|presente|esist)|nessun|inesistente|not found", re.IGNORECASE
)


def facts(body: bytes, number: str) -> TrackerFacts | None:
    """Return what the answer says about the number; None where BRT doesn't know it (yet)."""
    told = _lowered(parsed_object(body))
    root = next(
        (one(told[name]) for name in ("ttparcelidresponse", "parcelidresult", "return") if name in told), told
    )
    consignment = one(root.get("bolla"))
    rows = _rows(root) or _rows(consignment)
    _complain(root, is_empty=not rows and not consignment)
    if not rows and not consignment:
        return None
    delivery = one(consignment.get("dati_consegna"))
    scans = _scans(rows)
    day = date_in(line(delivery.get("data_teorica_consegna")))
    since, until = (_at(day, delivery.get(f"ora_teorica_consegna_{end}")) for end in ("da", "a"))
    return TrackerFacts(
        number=number,
        carrier="brt",
        scans=scans,
        estimated_date=day,
        estimated_from=since,
        estimated_until=until,
        signed_by=line(delivery.get("firmatario_consegna"), NAME),
        is_final=bool(scans) and scans[-1].state in {ScanState.DELIVERED, ScanState.RETURNED},
    )


def _lowered(value: Any) -> Any:
    """Lower the case of all names: the older interface shouts them. The parser has bounded the depth."""
    if isinstance(value, dict):
        return {str(name).lower(): _lowered(inner) for name, inner in value.items()}
    return [_lowered(inner) for inner in value] if isinstance(value, list) else value


def _complain(root: Mapping[str, Any], *, is_empty: bool) -> None:
    message = one(root.get("executionmessage"))
    said = line(message.get("message")) or line(message.get("codedesc"))
    if whole(message.get("code")) < 0 and not _NOT_FOUND.search(said):
        raise UnreadableError(f"BRT answers: {said[:200] or 'an error without words'}")
    if is_empty and not message and "lista_eventi" not in root:
        raise UnreadableError("This is no tracking answer of BRT.")


def _rows(holder: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the events that say something: the list is padded with empty ones."""
    listed = holder.get("lista_eventi", holder.get("eventi"))
    if isinstance(listed, dict):
        listed = listed.get("evento", [])
    wrapped = many(listed if isinstance(listed, list) else [listed])
    rows = [dict(one(row.get("evento"))) if "evento" in row else row for row in wrapped]
    return [row for row in rows if text(row.get("data")) and text(row.get("descrizione"))]


def _scans(rows: list[dict[str, Any]]) -> tuple[ScanFacts, ...]:
    """Return the scans, oldest first. BRT gives the newest first, which decides between equal times."""
    scans: list[ScanFacts] = []
    after: datetime | None = None
    for row in reversed(rows):
        scan = _scan(row, after)
        if scan is not None:
            after = scan.at
            scans.append(scan)
    return tuple(sorted(scans, key=lambda scan: scan.at))


def _scan(row: Mapping[str, Any], after: datetime | None) -> ScanFacts | None:
    day, clock = date_in(line(row.get("data"))), clock_in(line(row.get("ora")))
    if day is None:
        return None
    words = line(row.get("descrizione"))
    return ScanFacts(
        state=state_of(words),
        at=local(day, clock, ROME, after),
        has_time=clock is not None,
        place=line(row.get("filiale"), PLACE),
        country="IT",
        words=words,
        code=line(row.get("id"), CODE),
    )


def _at(day: date | None, clock: Any) -> datetime | None:
    read: time | None = clock_in(line(clock))
    return local(day, read, ROME) if day and read else None
