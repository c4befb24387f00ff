"""EasyPost's events as facts."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from passaparola.inbound.reading import many, one, parsed, parsed_object, text
from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanFacts, TrackerFacts
from passaparola.tracking.carriers.easypost.statuses import state_of
from passaparola.tracking.countries import country_in, zone_of
from passaparola.tracking.known_carriers import key_of_words
from passaparola.tracking.moments import has_clock, moment, settled
from passaparola.tracking.numbers import number_in
from passaparola.tracking.reading import CODE, NAME, first_line, line


def topic(body: bytes) -> str:
    try:
        return text(one(parsed(body)).get("description"), 100)
    except UnreadableError:
        return ""


def trackers(body: bytes) -> tuple[TrackerFacts, ...]:
    """Return the tracker of a `tracker.…` event; nothing for the many other events EasyPost sends."""
    event = parsed_object(body)
    if event.get("object") == "Tracker":
        return (_tracker(event),)
    result = one(event.get("result"))
    is_about_a_tracker = (
        text(event.get("description")).startswith("tracker.") or result.get("object") == "Tracker"
    )
    if not is_about_a_tracker:
        if not text(event.get("description")):
            raise UnreadableError("This is no event of EasyPost: it has no description.")
        return ()
    return (_tracker(result),)


def _tracker(told: Mapping[str, Any]) -> TrackerFacts:
    number = number_in(told.get("tracking_code"))
    if not number:
        raise UnreadableError("EasyPost's tracker names no tracking code.")
    status = text(told.get("status")).casefold()
    detail = one(told.get("carrier_detail"))
    scans = tuple(scan for detail_ in many(told.get("tracking_details")) if (scan := _scan(detail_)))
    return TrackerFacts(
        number=number,
        carrier=_carrier(text(told.get("carrier"))),
        scans=scans,
        estimated_date=_estimated_date(told, detail),
        service=line(detail.get("service"), NAME),
        signed_by=line(told.get("signed_by"), NAME),
        is_final=status in {"delivered", "cancelled"},
    )


def _carrier(words: str) -> str:
    """Return our key; EasyPost's bare `GLS` is not surely the Italian one."""
    slug = "-".join(words.casefold().split())[:CODE] or "easypost"
    return slug if slug == "gls" else key_of_words(words) or slug


def _scan(told: Mapping[str, Any]) -> ScanFacts | None:
    """Return one scan. EasyPost gives UTC; the place's own clock is shown where its country has one."""
    where = one(told.get("tracking_location"))
    country = country_in(text(where.get("country")))
    value = told.get("datetime")
    at = moment(value, UTC)
    if at is None:
        return None
    has_time = has_clock(value)
    return ScanFacts(
        state=state_of(text(told.get("status")), text(told.get("status_detail"))),
        at=_there(at, country) if has_time else at,
        has_time=has_time,
        place=", ".join(part for name in ("city", "state") if (part := line(where.get(name), 75))),
        country=country,
        words=first_line(told, "message", "description"),
        code=first_line(told, "carrier_code", "status_detail", "status", longest=CODE),
    )


def _there(at: datetime, country: str) -> datetime:
    zone = zone_of(country)
    return settled(at.astimezone(zone)) if zone else at


def _estimated_date(told: Mapping[str, Any], detail: Mapping[str, Any]) -> date | None:
    """Return the day, the carrier's local one first: in UTC an evening can fall on the day after."""
    for value in (detail.get("est_delivery_date_local"), told.get("est_delivery_date")):
        if at := moment(text(value)[:10] if isinstance(value, str) else value):
            return at.date()
    return None
