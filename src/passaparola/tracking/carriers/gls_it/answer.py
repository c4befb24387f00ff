"""GLS Italy's answer as facts."""

import re
from datetime import datetime
from xml.etree.ElementTree import Element

from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.carriers.gls_it.codes import state_of
from passaparola.tracking.carriers.gls_it.document import groups, holds, inside, name, parsed, said
from passaparola.tracking.italian import date_in, going_back
from passaparola.tracking.italian import state_of as state_of_words
from passaparola.tracking.moments import ROME, clock_in, local
from passaparola.tracking.reading import CODE, NAME, PLACE, line

_NOT_FOUND = re.compile(
    r"nessun|non (e )?(stat[ao] )?(trovat|presente|esist)|inesistente|not found", re.IGNORECASE
)


def split_number(number: str) -> tuple[str, str]:
    """Return the depot's two letters, if the number has them, and the digits."""
    match = re.fullmatch(r"([A-Z][A-Z0-9])?(\d{6,})", number)
    return (match[1] or "", match[2]) if match else ("", number)


def facts(body: bytes, number: str) -> TrackerFacts | None:
    """Return what the answer says about the number; None where GLS doesn't know it (yet)."""
    root = parsed(body)
    shipment = _shipment(root, number)
    if shipment is None or not holds(shipment, "tracking", "trackingint", "statospedizione"):
        _complain(root, shipment)
        return None
    scans = _scans(shipment)
    return TrackerFacts(
        number=number,
        carrier="gls_it",
        scans=scans,
        service=line(said(shipment, "tiposervizio", "servizio"), NAME),
        signed_by=line(said(shipment, "firmatario", "nomefirmatario"), NAME),
        is_final=bool(scans) and scans[-1].state in {ScanState.DELIVERED, ScanState.RETURNED},
    )


def _complain(root: Element, shipment: Element | None) -> None:
    """Raise where GLS says more than that it doesn't know the number, or where it isn't GLS who answers."""
    complaint = said(root, "testoerrore", "errore", "descrizioneerrore")
    if complaint and not _NOT_FOUND.search(complaint):
        raise UnreadableError(f"GLS answers: {line(complaint, 200)}")
    if not complaint and shipment is None and name(root) not in {"elenco", "spedizione"}:
        raise UnreadableError("This is no tracking answer of GLS.")


def _shipment(root: Element, number: str) -> Element | None:
    """Return the shipment asked for; a pick-up order (`RITIRO`), with its own codes, may stand around it."""
    found = list(inside(root, "spedizione"))
    digits = split_number(number)[1]
    for shipment in found:
        if split_number(said(shipment, "numsped").upper())[1].lstrip("0") == digits.lstrip("0"):
            return shipment
    if len(found) == 1:
        return found[0]  # GLS answers with its own form of the number
    return None if found or not holds(root, "tracking") else root


def _scans(shipment: Element) -> tuple[ScanFacts, ...]:
    way_back = {
        id(row) for block in inside(shipment, "spedizionedirientro") for row in inside(block, *_TRACKING)
    }
    scans: list[ScanFacts] = []
    after: datetime | None = None
    for block in inside(shipment, *_TRACKING):
        for row in groups(block):
            scan = _scan(row, after=after, is_abroad=name(block) == "trackingint")
            if scan is not None:
                after = scan.at
                scans.append(going_back(scan) if id(block) in way_back else scan)
    return _with_way_back(_in_time(scans or _from_header(shipment)))


_TRACKING = ("tracking", "trackingint")


def _in_time(scans: list[ScanFacts]) -> list[ScanFacts]:
    """Bring days in order; within a day GLS's order stands, turned if it gives the newest first."""
    is_newest_first = len(scans) > 1 and scans[0].at > scans[-1].at
    return sorted(reversed(scans) if is_newest_first else scans, key=lambda scan: scan.at.date())


def _with_way_back(scans: list[ScanFacts]) -> tuple[ScanFacts, ...]:
    """Let all that follows a turning around be the way back: «consegnata» is then the sender's."""
    turned = next(
        (place for place, scan in enumerate(scans) if scan.state is ScanState.RETURNING), len(scans)
    )
    return (*scans[:turned], *(going_back(scan) for scan in scans[turned:]))


def _scan(row: dict[str, str], *, after: datetime | None, is_abroad: bool) -> ScanFacts | None:
    day = date_in(row.get("data", ""))
    if day is None:
        return None
    clock = clock_in(row.get("ora", ""))
    words, note = line(row.get("stato")), line(row.get("note"))
    return ScanFacts(
        state=state_of(line(row.get("codice"), CODE), words, note),
        at=local(day, clock, ROME, after),
        has_time=clock is not None,
        place=line(row.get("luogo"), PLACE),
        country="" if is_abroad else "IT",
        words=line(" – ".join(part for part in (words, note) if part)),
        code=line(row.get("codice"), CODE),
    )


def _from_header(shipment: Element) -> list[ScanFacts]:
    """Return the delivery where only the header tells it: its day, without a time."""
    words, day = said(shipment, "statospedizione"), date_in(said(shipment, "dataconsegna"))
    state = state_of_words(words)
    if day is None or state not in {ScanState.DELIVERED, ScanState.RETURNED}:
        return []
    return [
        ScanFacts(state=state, at=local(day, None, ROME), has_time=False, country="IT", words=line(words))
    ]
