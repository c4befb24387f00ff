"""The dummy's messages as facts."""

from collections.abc import Mapping
from typing import Any

from passaparola.inbound.reading import many, parsed_object, text, yes
from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.countries import country_in
from passaparola.tracking.moments import ROME, has_clock, moment
from passaparola.tracking.numbers import number_in
from passaparola.tracking.reading import CODE, NAME, PLACE, line

STATES = {state.value: state for state in ScanState}


def trackers(body: bytes, asked: str = "") -> tuple[TrackerFacts, ...]:
    """Return what is told; raise whatever we were told to fail with."""
    told = parsed_object(body)
    if failure := line(told.get("fail")):
        raise UnreadableError(failure)
    if yes(told.get("unknown")):
        return ()
    return tuple(_tracker(one, asked) for one in many(told.get("trackers")) or [told])


def _tracker(told: Mapping[str, Any], asked: str) -> TrackerFacts:
    number = number_in(told.get("number")) or asked
    if not number:
        raise UnreadableError("The message names no tracking number.")
    day = moment(text(told.get("estimated_date"))[:10])
    return TrackerFacts(
        number=number,
        carrier=text(told.get("carrier"), CODE) or "dummy",
        scans=tuple(scan for one in many(told.get("scans")) if (scan := _scan(one))),
        estimated_date=day.date() if day else None,
        estimated_from=moment(told.get("estimated_from"), ROME),
        estimated_until=moment(told.get("estimated_until"), ROME),
        service=line(told.get("service"), NAME),
        signed_by=line(told.get("signed_by"), NAME),
        is_final=yes(told.get("is_final")),
    )


def _scan(told: Mapping[str, Any]) -> ScanFacts | None:
    at = moment(told.get("at"), ROME)
    if at is None:
        return None
    return ScanFacts(
        state=STATES.get(text(told.get("state")), ScanState.UNKNOWN),
        at=at,
        has_time=has_clock(told.get("at")) and told.get("has_time") is not False,
        place=line(told.get("place"), PLACE),
        country=country_in(text(told.get("country"))),
        words=line(told.get("words")),
        code=line(told.get("code"), CODE),
    )
