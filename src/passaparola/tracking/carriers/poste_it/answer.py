"""Poste's answer as facts: one object (`ricercasemplice`) or a list of them (`ricercamultipla`)."""

from collections.abc import Mapping
from typing import Any

from passaparola.inbound.reading import many, parsed, text, yes
from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.countries import country_in
from passaparola.tracking.italian import date_in, going_back, is_fragment, plain, state_of
from passaparola.tracking.moments import ROME, moment
from passaparola.tracking.numbers import number_in
from passaparola.tracking.reading import CODE, NAME, PLACE, line

S = ScanState

_NOT_FOUND = {"1", "2"}
_BOXES = {"1": S.LABEL_CREATED, "2": S.PICKED_UP, "3": S.IN_TRANSIT, "5": S.DELIVERED}
"""The picture that Poste's page lights up. For 4 some read «out for delivery», others «failed»: not known."""
_ONLINE = "sito poste"
"""What was bought on the web site is accepted on paper, but still lies with the sender."""


def facts(body: bytes, number: str) -> TrackerFacts | None:
    """Return what the answer says about the number; None where Poste doesn't know it (yet)."""
    told = _about(parsed(body), number)
    if told is None:
        return None
    movements = many(told.get("listaMovimenti"))
    if not movements and text(told.get("esitoRicerca")) in _NOT_FOUND:
        return None
    if not movements and not {"esitoRicerca", "stato", "listaMovimenti"} & told.keys():
        raise UnreadableError("This is no tracking answer of Poste Italiane.")
    scans = _scans(told, movements)
    service = line(told.get("tipoProdotto"), NAME)
    return TrackerFacts(
        number=number,
        carrier="poste_it",
        scans=scans,
        estimated_date=date_in(
            line(told.get("dataPrevistaConsegna")), near=scans[-1].at.date() if scans else None
        ),
        service="" if number_in(service) == number_in(told.get("idTracciatura")) else service,
        is_final=bool(scans) and scans[-1].state in {S.DELIVERED, S.RETURNED},
    )


def _about(answer: Any, number: str) -> Mapping[str, Any] | None:
    """Return the part about this number; a lone object is the answer to our question, under whatever name."""
    if isinstance(answer, dict):
        return answer
    if not isinstance(answer, list):
        raise UnreadableError("This is no tracking answer of Poste Italiane.")
    parts = many(answer)
    matching = [part for part in parts if number_in(part.get("idTracciatura")) == number]
    if matching:
        return matching[0]
    return parts[0] if len(parts) == 1 else None


def _scans(told: Mapping[str, Any], movements: list[dict[str, Any]]) -> tuple[ScanFacts, ...]:
    dated = [(at, movement) for movement in movements if (at := moment(movement.get("dataOra"), ROME))]
    dated.sort(key=lambda pair: pair[0])  # stable: Poste's order decides between equal times
    goes_back = yes(told.get("flagRitorno"))
    says_which = any(yes(movement.get("flagRitorno")) for _, movement in dated)
    scans = []
    for place, (at, movement) in enumerate(dated):
        is_last = place == len(dated) - 1
        scan = _scan(
            movement, at=at, box=text(movement.get("box")) or (text(told.get("stato")) if is_last else "")
        )
        turned = yes(movement.get("flagRitorno")) or (goes_back and not says_which and is_last)
        scans.append(going_back(scan) if turned else scan)
    return tuple(scans)


def _scan(movement: Mapping[str, Any], *, at: Any, box: str) -> ScanFacts:
    said, place = line(movement.get("statoLavorazione")), line(movement.get("luogo"), PLACE)
    words = "" if is_fragment(said) else said
    state = state_of(words)
    if state is S.UNKNOWN:
        state = _BOXES.get(box, S.UNKNOWN)
    if state is S.PICKED_UP and plain(place).startswith(_ONLINE):
        state = S.LABEL_CREATED
    return ScanFacts(
        state=state,
        at=at,
        place=place,
        country=_country(place),
        words=words,
        code=text(movement.get("box"), CODE),
    )


def _country(place: str) -> str:
    """Return the country if the place is one (`SVIZZERA`), or Italy if it ends in a province: `(BO)`."""
    if found := country_in(place):
        return found
    last = place.replace("(", " ").replace(")", " ").split()[-1:]
    return "IT" if last and len(last[0]) == len("BO") and last[0].isalpha() and last[0].isupper() else ""
