"""When a parcel will arrive: what the carrier says, else what the shop's own parcels taught, else by rule of thumb.

A rule of thumb gives a window of days, never a single one, and says that it is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.eta.window import EtaWindow
from passaparola.tracking.rules.holidays import is_holiday
from passaparola.tracking.rules.islands import is_island
from passaparola.tracking.rules.status import ParcelStatus

LAST_DELIVERY_HOUR = 20
"""After this hour nothing more comes today."""
SATURDAY, SUNDAY = 5, 6
EUROPEAN_UNION = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)


class Lane(StrEnum):
    """How far it goes."""

    DOMESTIC = "domestic"
    ISLANDS = "islands"
    """Sicily and Sardinia: a ferry more."""
    UNION = "union"
    WORLD = "world"


class Source(StrEnum):
    CARRIER = "carrier"
    LEARNED = "learned"
    RULE = "rule"


class Confidence(StrEnum):
    """How sure the window is, to be put into words where it is shown."""

    TODAY = "today"
    """It is on the van."""
    TOLD = "told"
    """The carrier names the day."""
    MEASURED = "measured"
    """Windows like this one were right nine times out of ten (`rules.eta`)."""
    USUAL = "usual"
    """Parcels on this way usually take so long."""
    GUESS = "guess"
    """It should have been there already, and nobody says when it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How the shop ships."""

    origin: str = "IT"
    zone: tzinfo | None = None
    """The shop's own clock, which its cut-off is read from; None where the destination's is the same."""
    cut_off: time = time(14)
    """What is ordered before is prepared from the same day."""
    preparation_days: int = 1
    """Working days from order to handing over; 0 is the same day."""
    prepares_on: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """Weekdays, Monday being 0."""
    transit_days: Mapping[Lane, tuple[int, int]] = field(
        default_factory=lambda: {
            Lane.DOMESTIC: (1, 3),
            Lane.ISLANDS: (2, 5),
            Lane.UNION: (3, 7),
            Lane.WORLD: (6, 15),
        }
    )
    """Least and most, in working days from the handing over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    country: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What the carrier says; all empty where it says nothing."""

    on: date | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    first: date
    last: date
    """Both inclusive; the last day is what may be promised."""
    time_from: time | None = None
    time_until: time | None = None
    """The hours on the destination's clocks, where the carrier names them and it is one day."""
    source: Source
    confidence: Confidence
    day: date | None = None
    """The one day to show, where it was learned: as likely before as after."""

    def misses(self, deadline: date) -> bool:
        """Tell whether it will rather come after that day. Of a learned window the end alone says little."""
        return (self.day or self.last) > deadline


_NOTHING_COMES = frozenset(
    {
        ScanState.DELIVERED,
        ScanState.READY_FOR_PICKUP,
        ScanState.RETURNING,
        ScanState.RETURNED,
        ScanState.LOST,
        ScanState.CANCELLED,
    }
)


def arrival_of(
    *,
    ordered_at: datetime,
    now: datetime,
    zone: tzinfo,
    destination: Destination,
    status: ParcelStatus | None = None,
    told: Estimate | None = None,
    rhythm: Rhythm | None = None,
    learned: EtaWindow | None = None,
    held_up: tuple[int, ...] = (),
) -> Arrival | None:
    """Return the days on which the parcel arrives; None where it has arrived, won't, or nobody can know.

    `learned` comes from `rules.learned.window_of`, None where that can't be relied on.
    `zone` is the destination's, or the shop's where that isn't known. Neither day lies in the past.
    `held_up` are days (ordinals) on which nothing moves on its way; what the carrier says knows of them already.
    """
    status = status or ParcelStatus()
    if status.state in _NOTHING_COMES:
        return None
    today = now.astimezone(zone).date()
    said = _as_told(told or Estimate(), today=today, zone=zone)
    tour = status.out_for_delivery_at
    if status.state is ScanState.OUT_FOR_DELIVERY and tour and tour.astimezone(zone).date() == today:
        times = (
            (said.time_from, said.time_until) if said and said.first == said.last == today else (None, None)
        )
        return _window(today, today, times, source=Source.CARRIER, confidence=Confidence.TODAY)
    if said is not None:
        return said
    if status.state is ScanState.HELD:
        return None  # it waits for somebody; a rule of thumb would be a lie
    if learned is not None:
        return Arrival(
            first=learned.windows[90].first,
            last=learned.windows[90].last,
            source=Source.LEARNED,
            confidence=Confidence.MEASURED,
            day=learned.day,
        )
    return _by_rule(
        ordered_at=ordered_at,
        now=now,
        zone=zone,
        destination=destination,
        status=status,
        rhythm=rhythm or Rhythm(),
        held_up=held_up,
    )


def lane_of(origin: str, destination: Destination) -> Lane:
    country = destination.country or origin
    if country == origin:
        return Lane.ISLANDS if is_island(country, destination.postcode) else Lane.DOMESTIC
    both = {country, origin} <= EUROPEAN_UNION
    return Lane.UNION if both else Lane.WORLD


def hand_over_day(ordered_at: datetime, zone: tzinfo, rhythm: Rhythm) -> date:
    """Return the day on which the carrier gets what was ordered then."""
    ordered = ordered_at.astimezone(rhythm.zone or zone)
    start = ordered.date() + timedelta(days=1 if ordered.time() >= rhythm.cut_off else 0)
    off = frozenset(range(7)) - rhythm.prepares_on
    return plus_days(start, rhythm.preparation_days, off=off, countries=(rhythm.origin,))


# Kept: a shop's orders of one hour all start from the same few days.
@lru_cache(maxsize=4096)
def plus_days(
    day: date,
    count: int,
    *,
    off: frozenset[int],
    countries: tuple[str, ...],
    held_up: tuple[int, ...] = (),
) -> date:
    """Go so many working days on; from a day off the count starts at the next working day."""
    day = _next_working(day, off, countries, held_up)
    for _ in range(count):
        day = _next_working(day + timedelta(days=1), off, countries, held_up)
    return day


def _next_working(
    day: date, off: frozenset[int], countries: tuple[str, ...], held_up: tuple[int, ...]
) -> date:
    # So long without a working day would be a rhythm without weekdays: take the day as it is.
    for ahead in range(_LONGEST_PAUSE + len(held_up)):
        candidate = day + timedelta(days=ahead)
        if (
            candidate.weekday() not in off
            and candidate.toordinal() not in held_up
            and not any(is_holiday(candidate, country) for country in countries)
        ):
            return candidate
    return day


_LONGEST_PAUSE = 21
"""Days."""


def _by_rule(
    *,
    ordered_at: datetime,
    now: datetime,
    zone: tzinfo,
    destination: Destination,
    status: ParcelStatus,
    rhythm: Rhythm,
    held_up: tuple[int, ...],
) -> Arrival:
    here = now.astimezone(zone)
    soonest = here.date() + timedelta(days=1 if here.hour >= LAST_DELIVERY_HOUR else 0)
    countries = tuple({rhythm.origin, destination.country or rhythm.origin})
    handed_over = (
        status.picked_up_at.astimezone(zone).date()
        if status.picked_up_at
        else max(hand_over_day(ordered_at, zone, rhythm), here.date())
    )
    least, most = rhythm.transit_days[lane_of(rhythm.origin, destination)]
    # Some deliver on Saturdays, some don't: the first day hopes for it, the last doesn't.
    first = plus_days(handed_over, least, off=frozenset({SUNDAY}), countries=countries, held_up=held_up)
    last = plus_days(
        handed_over, most, off=frozenset({SATURDAY, SUNDAY}), countries=countries, held_up=held_up
    )
    if last < soonest:
        first = plus_days(soonest, 0, off=frozenset({SUNDAY}), countries=countries, held_up=held_up)
        last = plus_days(first, 2, off=frozenset({SATURDAY, SUNDAY}), countries=countries, held_up=held_up)
        return _window(first, last, source=Source.RULE, confidence=Confidence.GUESS)
    first = max(first, plus_days(soonest, 0, off=frozenset({SUNDAY}), countries=countries, held_up=held_up))
    return _window(first, max(first, last), source=Source.RULE, confidence=Confidence.USUAL)


def _as_told(told: Estimate, *, today: date, zone: tzinfo) -> Arrival | None:
    since = told.since.astimezone(zone) if told.since else None
    until = told.until.astimezone(zone) if told.until else None
    days = [day for day in (told.on, since and since.date(), until and until.date()) if day]
    if not days or max(days) < today:
        return None
    first, last = max(min(days), today), max(days)
    hours = since.time() if since else None, until.time() if until else None
    times = hours if first == last else (None, None)
    return _window(first, last, times, source=Source.CARRIER, confidence=Confidence.TOLD)


def _window(
    first: date,
    last: date,
    times: tuple[time | None, time | None] = (None, None),
    *,
    source: Source,
    confidence: Confidence,
) -> Arrival:
    return Arrival(
        first=first, last=last, time_from=times[0], time_until=times[1], source=source, confidence=confidence
    )
