"""Which parcels resemble each other: from the lane outwards to everything the shop sends."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from passaparola.tracking.rules.eta.clock import Clock

ZONE_LENGTH = 2


class Lane(NamedTuple):
    """A way that parcels take. Also a group of ways: what is empty stands for any."""

    carrier: str = ""
    service: str = ""
    country: str = ""
    zone: str = ""


EVERYTHING = Lane()


class Leg(StrEnum):
    """A stretch of time that is learned by itself."""

    PREPARATION = "preparation"
    """From the order, its cut-off heeded, to the handover."""
    TRANSIT = "transit"
    """From the handover to the arrival."""
    ROAD = "road"
    """From an evening on the road to the arrival, by how far the parcel had come and how long it was silent."""
    SILENCE = "silence"
    """From one move to the next or to the arrival: after how long without a word something is wrong."""
    TOUR = "tour"
    """From the van to the door: nearly always the same day."""
    ORDERED = "ordered"
    """Preparation and transit together: nothing is counted for it, but it has its own correction."""


class Group(StrEnum):
    """How wide the circle is from which an estimate was learned."""

    LANE = "lane"
    CARRIER = "carrier"
    """This carrier (or service, while the carrier isn't known) to this country."""
    COUNTRY = "country"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """What is known of a parcel, as days at the destination."""

    lane: Lane
    origin: str
    ordered_on: date
    """The order's day, or the next one after the cut-off (`order_day`)."""
    handed_over_on: date | None = None
    tour_on: date | None = None
    """The start of its latest tour to the door."""
    moved_on: tuple[date, ...] = ()
    """The days on which a scan told that it moved, the handover's first, in order, each once."""
    held_up: tuple[int, ...] = ()
    """Days (ordinals) on which nothing moves on its way, in order: strikes and closures that the team knows of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Shipment):
    """A parcel that came: what is learned from."""

    arrived_on: date
    told_on: date | None = None
    """The first day that the carrier ever named."""


@lru_cache(maxsize=65536)
def widening(lane: Lane) -> tuple[Lane, Lane, Lane, Lane]:
    """Return everything, the country, carrier and country, and the lane itself: each a part of the former."""
    country = Lane(country=lane.country)
    middle = (
        country._replace(carrier=lane.carrier) if lane.carrier else country._replace(service=lane.service)
    )
    return EVERYTHING, country, middle, lane


def group_of(lane: Lane) -> Group:
    """Tell how wide this group is."""
    if lane.zone or (lane.carrier and lane.service):
        return Group.LANE
    if lane.carrier or lane.service:
        return Group.CARRIER
    return Group.COUNTRY if lane.country else Group.EVERYTHING


@lru_cache(maxsize=65536)
def lane_of_leg(leg: Leg, lane: Lane) -> Lane:
    """Return what of a lane matters for one leg: where it goes doesn't change how it is packed."""
    if leg is Leg.PREPARATION:
        return Lane(service=lane.service)
    if leg is Leg.ORDERED:  # nobody knows yet who will carry it
        return lane._replace(carrier="")
    if leg in {Leg.TOUR, Leg.SILENCE}:
        return Lane(carrier=lane.carrier, country=lane.country)
    return lane


def zone_of(postcode: str) -> str:
    """Return what a postcode begins with: the first two figures, or the one letter before one (`N1` is N)."""
    country, dash, rest = postcode.partition("-")  # `I-20121`, as people write abroad
    postcode = rest if dash and country.strip().isalpha() else postcode
    code = "".join(character for character in postcode.upper() if character.isalnum())[:8]
    letters = len(code) - len(code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return code[: letters if letters == 1 else ZONE_LENGTH]


def order_day(ordered_at: datetime, zone: tzinfo, cut_off: time) -> date:
    """Return the day from which preparation counts."""
    ordered = ordered_at.astimezone(zone)
    return ordered.date() + timedelta(days=1 if ordered.time() >= cut_off else 0)


def _countries(leg: Leg, origin: str, lane: Lane) -> tuple[str, ...]:
    """Return whose holidays count: the shop's while preparing, then both ends'."""
    if leg is Leg.PREPARATION:
        return (origin,)
    return tuple(sorted({origin, lane.country or origin}))


def clock_of(
    leg: Leg, origin: str, lane: Lane, weekends: tuple[int, int], held_up: tuple[int, ...] = ()
) -> Clock:
    return Clock(_countries(leg, origin, lane), *weekends, held_up)
