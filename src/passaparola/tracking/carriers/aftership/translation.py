"""AfterShip's messages as facts. Field names of version 4 and of the dated versions since 2022-07."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from passaparola.inbound.reading import many, one, parsed, parsed_object, text
from passaparola.inbound.source import UnreadableError
from passaparola.tracking.carrier import ScanFacts, ScanState, TrackerFacts
from passaparola.tracking.carriers.aftership.tags import state_of
from passaparola.tracking.countries import country_in, zone_of
from passaparola.tracking.known_carriers import key_of_slug
from passaparola.tracking.moments import has_clock, moment, settled
from passaparola.tracking.numbers import number_in
from passaparola.tracking.reading import CODE, NAME, PLACE, first_line, line


def topic(body: bytes) -> str:
    try:
        return text(one(parsed(body)).get("event"), 100)
    except UnreadableError:
        return ""


def trackers(body: bytes) -> tuple[TrackerFacts, ...]:
    """Return the one tracker that a webhook tells of."""
    message = _message(parsed_object(body))
    number = number_in(message.get("tracking_number"))
    if not number:
        raise UnreadableError("AfterShip's message names no tracking number.")
    return (_tracker(number, message),)


def _message(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the tracking, which its API answers wrap once more than its webhooks."""
    for candidate in (told.get("msg"), one(told.get("data")).get("tracking"), told.get("tracking"), told):
        found = one(candidate)
        if found.get("tracking_number"):
            return found
        if isinstance(found.get("tracking"), dict):
            return one(found["tracking"])
    return {}


def _tracker(number: str, message: Mapping[str, Any]) -> TrackerFacts:
    scans = _scans(message)
    first, last = _window(message)
    tag, subtag = text(message.get("tag")), text(message.get("subtag"))
    state = state_of(tag, subtag)
    return TrackerFacts(
        number=number,
        carrier=key_of_slug(first_line(message, "slug", "courier_slug", longest=CODE)) or "aftership",
        scans=scans,
        estimated_date=_estimated_date(message),
        estimated_from=first,
        estimated_until=last,
        service=first_line(message, "shipment_type", "service_type_name", "service_type", longest=NAME),
        signed_by=first_line(message, "signed_by", longest=NAME),
        is_final=state in {ScanState.DELIVERED, ScanState.RETURNED} or tag.casefold() == "expired",
    )


def _scans(message: Mapping[str, Any]) -> tuple[ScanFacts, ...]:
    checkpoints = many(message.get("checkpoints")) or many([message.get("checkpoint")])
    scans = [scan for checkpoint in checkpoints if (scan := _scan(checkpoint))]
    if not scans and state_of(text(message.get("tag")), text(message.get("subtag"))) is ScanState.DELIVERED:
        # Some carriers give AfterShip the delivery and nothing before it.
        lone = {**message, "checkpoint_time": message.get("shipment_delivery_date"), "message": ""}
        scans = [scan for scan in [_scan(lone)] if scan]
    return tuple(scans)


def _scan(checkpoint: Mapping[str, Any]) -> ScanFacts | None:
    country = country_in(
        first_line(checkpoint, "country_iso3", "country_region", "country_region_name", "country_name")
    )
    when = _when(checkpoint, country)
    if when is None:
        return None
    at, has_time = when
    return ScanFacts(
        state=state_of(text(checkpoint.get("tag")), text(checkpoint.get("subtag"))),
        at=at,
        has_time=has_time,
        place=_place(checkpoint),
        country=country,
        words=first_line(checkpoint, "message"),
        code=first_line(checkpoint, "subtag", "tag", "raw_tag", longest=CODE),
    )


def _when(checkpoint: Mapping[str, Any], country: str) -> tuple[datetime, bool] | None:
    """Return the checkpoint's time and whether it has a clock.

    AfterShip passes on what the carrier gives: a day, a local time, or a time with its offset. Without
    offset the country's clock is meant; where the country is unknown or has several zones, UTC is assumed,
    which may be wrong by the offset but never mixes up the days by more than one.
    """
    zone: tzinfo = zone_of(country) or UTC
    for name in ("checkpoint_time", "checkpoint_date", "created_at"):
        value = checkpoint.get(name)
        at = moment(value, zone)
        if at is not None:
            return at, has_clock(value)
    return None


def _place(checkpoint: Mapping[str, Any]) -> str:
    parts = (line(checkpoint.get("city"), 80), line(checkpoint.get("state"), 70))
    return line(checkpoint.get("location"), PLACE) or ", ".join(part for part in parts if part)


_ESTIMATES = (
    "latest_estimated_delivery",
    "courier_estimated_delivery_date",
    "courier_estimated_delivery",
    "aftership_estimated_delivery_date",
    "custom_estimated_delivery_date",
    "first_estimated_delivery",
)


def _estimated_date(message: Mapping[str, Any]) -> date | None:
    """Return the day named by the newest estimate, the courier's own before AfterShip's reckoning."""
    for name in _ESTIMATES:
        said = message.get(name)
        value = (
            first_line(said, "estimated_delivery_date", "datetime") if isinstance(said, dict) else text(said)
        )
        if found := _day(value):
            return found
    return _day(text(message.get("expected_delivery")))


def _window(message: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    for name in _ESTIMATES:
        said = one(message.get(name))
        least = first_line(said, "estimated_delivery_date_min", "datetime_min")
        most = first_line(said, "estimated_delivery_date_max", "datetime_max")
        if least or most:
            zone = zone_of(_destination(message)) or UTC
            return moment(least, zone), _end(moment(most, zone), is_day=not has_clock(most))
    return None, None


def _end(at: datetime | None, *, is_day: bool) -> datetime | None:
    """Let a window that ends on a day end when the day does."""
    return settled(at.replace(hour=23, minute=59)) if at and is_day else at


def _destination(message: Mapping[str, Any]) -> str:
    names = ("destination_country_iso3", "destination_country_region", "courier_destination_country_iso3")
    return country_in(first_line(message, *names))


def _day(value: str) -> date | None:
    """Return the day as written, in the place's own clock: shifting it into another zone could change it."""
    match = re.match(r"\d{4}-\d{2}-\d{2}", value)
    at = moment(match[0]) if match else None
    return at.date() if at else None
