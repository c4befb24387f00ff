"""Were broken promises seen coming: precision and recall of the alarm, a day and more before the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from bench.replay import Period, Told
from bench.table import Row
from passaparola.tracking.rules.danger import ENDANGERED
from passaparola.tracking.rules.eta.lane import Leg, Shipment, lane_of_leg
from passaparola.tracking.rules.eta.risk import chance_after
from passaparola.tracking.rules.eta.table import LaneTable

PRECISE = 0.7


@dataclass(frozen=True, slots=True)
class Watched:
    """One promise, and what was thought of it each evening until a day before its end."""

    evenings: tuple[tuple[int, float], ...]
    """Days before the promise's last day, and the chance of a breach."""
    is_broken: bool

    @property
    def worst(self) -> float:
        return max((chance for _, chance in self.evenings), default=0.0)

    def ahead(self, threshold: float) -> int:
        return next(days for days, chance in self.evenings if chance >= threshold)


def watch(table: LaneTable, told: Told) -> Watched:
    """Ask each evening, with what was scanned by then, whether the 90 % window's last day will be kept."""
    parcel, last = told.past.parcel, told.window.windows[90].last
    evenings = []
    day = parcel.ordered_on
    while day < min(last, parcel.arrived_on):
        now = datetime(day.year, day.month, day.day, 20, 5)  # noqa: DTZ001 - local at the destination
        chance = chance_after(table, _known(told, day), last=last, now=now)
        if chance is not None:
            evenings.append(((last - day).days, chance))
        day += timedelta(days=1)
    return Watched(tuple(evenings), parcel.arrived_on > last)


def _known(told: Told, evening: date) -> Shipment:
    """Return what was known of the parcel that evening."""
    parcel = told.past.parcel
    has_left = parcel.handed_over_on is not None and parcel.handed_over_on <= evening
    return Shipment(
        lane=parcel.lane if has_left else lane_of_leg(Leg.ORDERED, parcel.lane),
        origin=parcel.origin,
        ordered_on=parcel.ordered_on,
        handed_over_on=parcel.handed_over_on if has_left else None,
        moved_on=tuple(moved for moved in parcel.moved_on if moved <= evening),
    )


def danger(what: str, periods: Sequence[Period]) -> list[Row]:
    """Choose the threshold on the first half of the periods, and count on the second half."""
    half = len(periods) // 2
    earlier, later = list(_watched(periods[:half])), list(_watched(periods[half:]))
    chosen = _chosen(earlier)
    rows = [Row(name=f"{what}: promises of 90 % windows that were broken", value=_share(later), unit="%")]
    for name, threshold in (("chosen on earlier promises", chosen), ("the house's", ENDANGERED)):
        precision, recall = _counted(later, threshold)
        rows += [
            Row(
                name=f"{what}: breach seen a day ahead, precision at {threshold:.2f} ({name})",
                value=precision,
                unit="",
                goal="0.7",
                met=precision >= PRECISE,
            ),
            Row(
                name=f"{what}: breach seen a day ahead, recall at {threshold:.2f} ({name})",
                value=recall,
                unit="",
                goal="0.6",
                met=recall >= 0.6,
            ),
        ]
    seen = [one.ahead(chosen) for one in later if one.is_broken and one.worst >= chosen]
    rows.append(
        Row(name=f"{what}: days before its end that a breach is seen", value=median(seen), unit="days")
    )
    return rows


def _watched(periods: Sequence[Period]) -> Iterator[Watched]:
    return (watch(period.table, told) for period in periods for told in period.told)


def _share(watched: Sequence[Watched]) -> float:
    return 100 * sum(one.is_broken for one in watched) / len(watched)


def _chosen(watched: Sequence[Watched]) -> float:
    """Return the threshold that sees most breaches while alarms are right often enough."""
    candidates = [step / 100 for step in range(20, 96)]
    good = [at for at in candidates if _counted(watched, at)[0] >= PRECISE + 0.02]
    return min(good, default=max(candidates))


def _counted(watched: Sequence[Watched], threshold: float) -> tuple[float, float]:
    """Return precision and recall."""
    alarms = [one for one in watched if one.worst >= threshold]
    right = sum(one.is_broken for one in alarms)
    broken = sum(one.is_broken for one in watched)
    return right / len(alarms) if alarms else 0.0, right / broken if broken else 0.0
