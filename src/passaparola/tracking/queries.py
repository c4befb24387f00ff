"""How right the arrival windows were, as the team's page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count

from passaparola.stores.models import Store
from passaparola.tracking.models import ArrivalRecord, Disruption, Parcel
from passaparola.tracking.rules.eta.months import Teller

LATEST = 3
"""Months that the figures and lanes are about, this one included; the chart shows a year."""
A_YEAR = 12
FEWEST = 20
"""On fewer parcels a lane's share would be an accident."""
MOST_LANES = 30
LATE_DAYS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of somebody's windows."""

    parcels: int
    inside: int
    in_time: int
    days: int

    @property
    def right(self) -> float:
        return self.inside / self.parcels

    @property
    def kept(self) -> float:
        """The share that came by the last day told."""
        return self.in_time / self.parcels

    @property
    def width(self) -> float:
        return self.days / self.parcels


@dataclass(frozen=True, slots=True)
class LaneShown:
    carrier: str
    country: str
    learned: Told
    rule: Told | None
    carriers: Told | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """`learned`, `rule` and `carriers` are of the latest months; None where there is nothing to tell."""

    learned: Told | None
    rule: Told | None
    carriers: Told | None
    months: Sequence[tuple[date, Told | None, Told | None]]
    """A year, oldest first: what was learned, and the rule."""
    lanes: Sequence[LaneShown]
    late: Sequence[tuple[str, int]]
    """Parcels late in the last 90 days, by whose doing, the most frequent first."""
    disruptions: Sequence[Disruption]


def arrivals(store: Store, *, when: str, now: datetime) -> Arrivals:
    today = now.astimezone(store.zone).date()
    records = ArrivalRecord.objects.filter(store=store, moment=when)
    latest = records.filter(month__gte=_back(today, LATEST - 1))
    total = _by_teller(latest.summed("teller"))
    return Arrivals(
        learned=total.get(Teller.LEARNED),
        rule=total.get(Teller.RULE),
        carriers=total.get(Teller.CARRIER),
        months=_months(records.filter(month__gte=_back(today, A_YEAR - 1)).summed("month", "teller")),
        lanes=_lanes(latest.summed("carrier", "country", "teller")),
        late=_late(store, now),
        disruptions=list(
            Disruption.objects.filter(store=store).current(today=today).order_by("-last", "-pk")
        ),
    )


def _back(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _told(row: Mapping[str, Any]) -> Told:
    return Told(row["parcels"], row["inside_90"], row["in_time"], row["days"])


def _by_teller(rows: Sequence[Mapping[str, Any]]) -> dict[str, Told]:
    return {row["teller"]: _told(row) for row in rows if row["parcels"]}


def _months(rows: Sequence[Mapping[str, Any]]) -> list[tuple[date, Told | None, Told | None]]:
    found: dict[date, dict[str, Told]] = {}
    for row in rows:
        if row["parcels"]:
            found.setdefault(row["month"], {})[row["teller"]] = _told(row)
    return [(month, of.get(Teller.LEARNED), of.get(Teller.RULE)) for month, of in sorted(found.items())]


def _lanes(rows: Sequence[Mapping[str, Any]]) -> list[LaneShown]:
    found: dict[tuple[str, str], dict[str, Told]] = {}
    for row in rows:
        if row["parcels"]:
            found.setdefault((row["carrier"], row["country"]), {})[row["teller"]] = _told(row)
    shown = [
        LaneShown(carrier, country, of[Teller.LEARNED], of.get(Teller.RULE), of.get(Teller.CARRIER))
        for (carrier, country), of in found.items()
        if Teller.LEARNED in of and of[Teller.LEARNED].parcels >= FEWEST
    ]
    return sorted(shown, key=lambda lane: (-lane.learned.parcels, lane.carrier, lane.country))[:MOST_LANES]


def _late(store: Store, now: datetime) -> list[tuple[str, int]]:
    late = Parcel.objects.filter(store=store, late_since__gte=now - LATE_DAYS, cancelled_at=None)
    rows = late.exclude(delay_cause="").values("delay_cause").annotate(n=Count("pk"))
    return [(row["delay_cause"], row["n"]) for row in rows.order_by("-n", "delay_cause")]
