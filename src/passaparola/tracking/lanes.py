"""From rows of lanes to the table that the rules ask, and back; kept per process until learned anew."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from passaparola.tracking.models import LaneEstimate
from passaparola.tracking.rules.eta.estimate import CALIBRATED
from passaparola.tracking.rules.eta.lane import Lane, Leg
from passaparola.tracking.rules.eta.table import Key, LaneRow, LaneTable

_kept: dict[int, tuple[datetime, int, LaneTable]] = {}
"""By store: a table is some hundreds of rows, and asked for with every batch of orders."""


def tables(stores: Collection[int]) -> dict[int, LaneTable]:
    """Return the table of each store that has one to rely on: one question, two when it was learned anew."""
    if not stores:
        return {}
    newest = LaneEstimate.objects.totals().filter(store__in=stores, parcels__gte=CALIBRATED)
    return {
        store: _table(store, learned_at, row)
        for store, learned_at, row in newest.values_list("store_id", "learned_at", "pk")
    }


def _table(store: int, learned_at: datetime, row: int) -> LaneTable:
    kept = _kept.get(store)
    if kept is None or kept[:2] != (learned_at, row):
        rows = LaneEstimate.objects.filter(store=store, learned_at=learned_at)
        kept = _kept[store] = (learned_at, row, LaneTable(dict(map(row_of, rows))))
    return kept[2]


def row_of(stored: LaneEstimate) -> tuple[Key, LaneRow]:
    lane = Lane(stored.carrier, stored.service, stored.country, stored.zone)
    weekends = stored.weekends
    return (Leg(stored.leg), lane), LaneRow(
        parcels=stored.parcels,
        weekdays={
            int(weekday): {(first, last): weighed for first, last, weighed in counts}
            for weekday, counts in stored.counts.items()
        },
        weekends=(weekends[0], weekends[1]) if weekends else None,
        surprises={int(percent): surprise for percent, surprise in stored.surprises.items()},
        coverage={int(percent): share for percent, share in stored.coverage.items()},
        width=stored.width,
        measured_on=stored.measured_on,
    )


def columns_of(key: Key, row: LaneRow) -> dict[str, Any]:
    leg, lane = key
    return {
        "leg": leg.value,
        **lane._asdict(),
        "parcels": row.parcels,
        "counts": {
            weekday: [[*spent, weighed] for spent, weighed in sorted(counts.items())]
            for weekday, counts in sorted(row.weekdays.items())
        },
        "weekends": row.weekends,
        "surprises": row.surprises,
        "coverage": row.coverage,
        "width": row.width,
        "measured_on": row.measured_on,
    }
