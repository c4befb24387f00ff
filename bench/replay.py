"""Going through a shop's past as it happened: learn, estimate what is ordered next, go on, learn again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from passaparola.tracking.rules.eta.estimate import chances_of, estimate
from passaparola.tracking.rules.eta.lane import Delivered, Leg, Shipment, lane_of_leg
from passaparola.tracking.rules.eta.learn import learn
from passaparola.tracking.rules.eta.table import LaneTable
from passaparola.tracking.rules.eta.window import EtaWindow, quantile

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles whose pinball loss is taken."""


@dataclass(frozen=True, slots=True)
class Past:
    """A parcel that came, and what the shop itself had said, where that is known."""

    parcel: Delivered
    estimated: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of a parcel before anybody knew."""

    past: Past
    window: EtaWindow
    quantiles: tuple[int, ...]
    """Days from the order, at `SHARES`."""

    def is_right(self, percent: int) -> bool:
        days = self.window.windows[percent]
        return days.first <= self.past.parcel.arrived_on <= days.last


@dataclass(frozen=True, slots=True)
class Period:
    """What was known on a morning, and what was ordered in the days after it."""

    known: list[Past]
    table: LaneTable
    ordered: list[Past]
    told: list[Told]
    """At the order; fewer than `ordered` where nothing could be said."""
    handed_over: list[Told]
    """The same parcels, told again when the carrier got them."""


def walk(pasts: Sequence[Past], *, since: date, until: date, step: int) -> Iterator[Period]:
    """Learn every `step` days from what had arrived by then, and tell what was ordered in those days."""
    day = since
    while day < until:
        known = [past for past in pasts if past.parcel.arrived_on < day]
        ordered = [past for past in pasts if day <= past.parcel.ordered_on < day + timedelta(days=step)]
        table = LaneTable(learn((past.parcel for past in known), today=day))
        yield Period(
            known,
            table,
            ordered,
            [told for past in ordered if (told := tell(table, past))],
            [told for past in ordered if (told := tell(table, past, handed_over=True))],
        )
        day += timedelta(days=step)


def tell(table: LaneTable, past: Past, *, handed_over: bool = False) -> Told | None:
    """Estimate one parcel on the morning of its order, or of its handover; None where not calibrated."""
    parcel = past.parcel
    asked = Shipment(
        lane=parcel.lane if handed_over else lane_of_leg(Leg.ORDERED, parcel.lane),
        origin=parcel.origin,
        ordered_on=parcel.ordered_on,
        handed_over_on=parcel.handed_over_on if handed_over else None,
        moved_on=parcel.moved_on[:1] if handed_over else (),
    )
    day = (parcel.handed_over_on if handed_over else None) or parcel.ordered_on
    found = estimate(table, asked, now=datetime(day.year, day.month, day.day, 8))  # noqa: DTZ001 - local
    if found is None or not found.is_calibrated:
        return None
    _, days = chances_of(table, asked, soonest=day.toordinal())
    start = parcel.ordered_on.toordinal()
    return Told(past, found, tuple(quantile(days, share) - start for share in SHARES))
