"""What really happens to a parcel between Faenza and a door: scans with times, in the carrier's words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from passaparola.demo.world.days import Calendar, at_hour, moment
from passaparola.demo.world.order import Step
from passaparola.demo.world.places import Town
from passaparola.demo.world.ways import DHL, Way
from passaparola.tracking.carrier import ScanState as S


class Trouble(StrEnum):
    NONE = "none"
    LATE = "late"
    STRIKE = "strike"
    CUSTOMS = "customs"
    ABSENT = "absent"
    PICK_UP = "pick_up"
    """Nobody home; left at a shop, fetched a day or two later."""
    RETURNED = "returned"
    LOST = "lost"


_WORDS: dict[str, tuple[str, str]] = {
    "label": ("Spedizione creata dal mittente", "Shipment information received"),
    "picked_up": ("Spedizione ritirata presso il mittente", "Shipment picked up"),
    "hub": ("Spedizione in transito", "Processed at facility"),
    "depot": ("Spedizione arrivata in filiale", "Arrived at delivery facility"),
    "out": ("Spedizione in consegna", "With delivery courier"),
    "delivered": ("Spedizione consegnata", "Delivered"),
    "late": ("Consegna in ritardo: nuova data prevista", "Delivery delayed, a new date is given"),
    "strike": ("Consegna in ritardo per sciopero", "Delayed by a strike"),
    "customs": ("Spedizione trattenuta in dogana", "Held at customs, clearance in progress"),
    "cleared": ("Spedizione sdoganata", "Released by customs"),
    "absent": ("Destinatario assente, lasciato avviso", "Delivery attempted, recipient not home"),
    "ready": (
        "Disponibile per il ritiro presso il punto di ritiro",
        "Available for collection at service point",
    ),
    "fetched": ("Ritirata dal destinatario", "Delivered, collected by the recipient"),
    "returning": ("In restituzione al mittente", "Returning to shipper"),
    "returned": ("Restituita al mittente", "Returned to shipper"),
    "lost": ("Spedizione smarrita", "Shipment lost"),
}
_FETCHED_AT = ("Tabaccheria Centrale", "Edicola della Stazione", "Cartoleria Arcobaleno")


@dataclass(slots=True)
class Trip:
    """One parcel under way; each method writes the steps of one stretch and returns nothing."""

    rng: Random
    calendar: Calendar
    way: Way
    town: Town
    packed_at: datetime
    steps: list[Step] = field(default_factory=list)
    due: date | None = None
    day: date = field(init=False)

    def __post_init__(self) -> None:
        self.day = self.packed_at.date()

    def say(
        self, state: S, at: datetime, what: str, place: str = "", country: str = "", **more: object
    ) -> None:
        words = _WORDS[what][1 if self.way.carrier is DHL else 0]
        if self.steps and at <= self.steps[-1].at:
            at = self.steps[-1].at + timedelta(minutes=self.rng.randint(6, 25))
        self.steps.append(
            Step(
                state=state,
                at=at,
                place=place or self.town.name,
                country=country or self.town.country,
                words=words,
                due=self.due,
                **more,  # type: ignore[arg-type]
            )
        )

    def leave(self) -> None:
        """From the bottega into the carrier's hands, on the same afternoon."""
        days = 0 if self.way.is_same_day else self.rng.randint(self.way.least, self.way.most)
        label_at = self.packed_at + timedelta(minutes=self.rng.randint(1, 4))
        self.due = self.calendar.after(self.day, 0 if self.way.is_same_day else self.way.most)
        self.say(S.LABEL_CREATED, label_at, "label", "Faenza", "IT")
        pick_up = label_at + timedelta(minutes=self.rng.randint(25, 90))
        self.say(S.PICKED_UP, max(pick_up, moment(self.rng, self.day, 15.5, 18)), "picked_up", "Faenza", "IT")
        self.day = self.calendar.after(self.day, days)

    def cross(self) -> None:
        """Through the hubs, spread over the days up to the tour."""
        if self.way.is_same_day:
            return
        start, end = self.steps[-1].at, at_hour(self.day, 5)
        for number, (place, country) in enumerate(self.way.hubs, 1):
            share = number / (len(self.way.hubs) + 1)
            at = start + (end - start) * share + timedelta(minutes=self.rng.randint(-30, 30))
            self.say(S.IN_TRANSIT, min(at, end), "hub", place, country)

    def wait(self, what: str, state: S, days: int, *, place: str = "", tells_date: bool = True) -> None:
        """Stand still for some working days."""
        self.say(state, moment(self.rng, self.day, 7, 12), what, place)
        self.day = self.calendar.after(self.day, days)
        if tells_date:
            self.due = self.day
            last = self.steps[-1]
            self.steps[-1] = Step(
                state=last.state,
                at=last.at,
                place=last.place,
                country=last.country,
                words=last.words,
                due=self.day,
            )

    def tour(self) -> int:
        """Put it on the van; return the hour at which the announced window begins."""
        begins = self.rng.choice((9, 10, 10, 11, 13, 14))
        if not self.way.is_same_day:
            self.say(S.IN_TRANSIT, moment(self.rng, self.day, 5.2, 6.5), "depot")
        self.due = self.day
        self.say(
            S.OUT_FOR_DELIVERY, moment(self.rng, self.day, 7.3, 8.8), "out", due_hours=(begins, begins + 4)
        )
        return begins

    def ring(self, what: str = "delivered", state: S = S.DELIVERED) -> None:
        begins = self.tour()
        self.say(state, moment(self.rng, self.day, begins, begins + 4), what)


def travel(
    rng: Random, calendar: Calendar, *, way: Way, town: Town, packed_at: datetime, trouble: Trouble
) -> tuple[Step, ...]:
    """Return every step of the parcel, in order of time."""
    trip = Trip(rng, calendar, way, town, packed_at)
    trip.leave()
    trip.cross()
    _COURSES[trouble](trip)
    return tuple(trip.steps)


def _smoothly(trip: Trip) -> None:
    trip.ring()


def _late(trip: Trip) -> None:
    trip.day = max(trip.day, trip.due or trip.day)
    trip.wait("late", S.DELAYED, trip.rng.randint(1, 3), place=trip.way.hubs[-1][0])
    trip.ring()


def _strike(trip: Trip) -> None:
    trip.wait("strike", S.DELAYED, trip.rng.randint(1, 2), place=trip.way.hubs[-1][0])
    trip.ring()


def _customs(trip: Trip) -> None:
    trip.wait("customs", S.HELD, trip.rng.randint(1, 3), place=trip.way.hubs[-1][0], tells_date=False)
    trip.due = trip.calendar.after(trip.day, 1)
    trip.say(S.IN_TRANSIT, moment(trip.rng, trip.day, 8, 15), "cleared", trip.way.hubs[-1][0])
    trip.day = trip.due
    trip.ring()


def _absent(trip: Trip) -> None:
    trip.ring("absent", S.ATTEMPTED)
    trip.day = trip.calendar.after(trip.day, 1)
    trip.ring()


def _pick_up(trip: Trip) -> None:
    trip.ring("absent", S.ATTEMPTED)
    trip.day = trip.calendar.after(trip.day, 1)
    place = f"{trip.rng.choice(_FETCHED_AT)}, {trip.town.name}"
    trip.due = None
    trip.say(S.READY_FOR_PICKUP, moment(trip.rng, trip.day, 9, 12), "ready", place)
    trip.day = trip.calendar.after(trip.day, trip.rng.randint(1, 2))
    trip.say(S.DELIVERED, moment(trip.rng, trip.day, 9, 19), "fetched", place)


def _returned(trip: Trip) -> None:
    for _ in range(2):
        trip.ring("absent", S.ATTEMPTED)
        trip.day = trip.calendar.after(trip.day, 1)
    trip.due = None
    trip.day = trip.calendar.after(trip.day, 5)
    trip.say(S.RETURNING, moment(trip.rng, trip.day, 9, 16), "returning")
    trip.day = trip.calendar.after(trip.day, 3)
    trip.say(S.RETURNED, moment(trip.rng, trip.day, 9, 16), "returned", "Faenza", "IT")


def _lost(trip: Trip) -> None:
    trip.due = None
    trip.day = trip.calendar.after(trip.day, 9)
    trip.say(S.LOST, moment(trip.rng, trip.day, 10, 16), "lost", trip.way.hubs[-1][0])


_COURSES: dict[Trouble, Callable[[Trip], None]] = {
    Trouble.NONE: _smoothly,
    Trouble.LATE: _late,
    Trouble.STRIKE: _strike,
    Trouble.CUSTOMS: _customs,
    Trouble.ABSENT: _absent,
    Trouble.PICK_UP: _pick_up,
    Trouble.RETURNED: _returned,
    Trouble.LOST: _lost,
}
