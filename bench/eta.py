"""`eta`: are learned arrival windows as right as they say, how narrow, and how fast.

The seeded simulator has a truth that the method doesn't know; `--data FOLDER` reads orders that nobody here made.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from datetime import time as dt_time
from pathlib import Path
from statistics import mean

from bench.danger import danger
from bench.olist import NotThereError, read
from bench.parcels import START, parcels
from bench.replay import Past, Period, Told, tell, walk
from bench.rivals import Rule, boosted, by_rule, by_shop, corrected, lane_means, narrowest, pinball, took
from bench.table import Row
from passaparola.tracking.rules.arrival import Destination, lane_of
from passaparola.tracking.rules.eta.estimate import estimate
from passaparola.tracking.rules.eta.lane import Shipment
from passaparola.tracking.rules.eta.learn import learn
from passaparola.tracking.rules.eta.risk import chance_after
from passaparola.tracking.rules.eta.table import LaneTable

SEED = 20260302
DAYS = 480


def run(*, quick: bool, data: str | None = None) -> list[Row]:
    """Replay the simulator, small shops, and the folder if one is given; then time it."""
    pasts = [Past(parcel) for parcel in parcels(12_000 if quick else 40_000, seed=SEED)]
    since = START + timedelta(days=240)
    periods = list(walk(pasts, since=since, until=START + timedelta(days=DAYS - 45), step=14 if quick else 7))
    rows = [*_right("simulated", periods), *_narrow("simulated", periods, by_rule)]
    rows += _pinballs("simulated", periods[-1:] if quick else periods[::6], by_rule)
    rows += danger("simulated", periods)
    rows += _coverage("simulated", periods)
    rows += _small_shops(6 if quick else 20)
    rows += _speed()
    return rows + (_on_data(Path(data), quick=quick) if data else [])


def _right(what: str, periods: Sequence[Period]) -> list[Row]:
    """Return how often windows were right on parcels ordered after the day they were learned on."""
    ordered = [told for period in periods for told in period.told]
    handed_over = [told for period in periods for told in period.handed_over]
    asked = sum(len(period.ordered) for period in periods)
    countries: defaultdict[str, list[Told]] = defaultdict(list)
    for told in ordered:
        countries[told.past.parcel.lane.country].append(told)
    worst = min(_share(found, 90) for found in countries.values() if len(found) >= 200)
    return [
        _between(f"{what}: 90 % window at the order, right", _share(ordered, 90), 88, 92),
        _between(f"{what}: 90 % window at handover, right", _share(handed_over, 90), 88, 92),
        _between(f"{what}: 80 % window at the order, right", _share(ordered, 80), 77, 84),
        Row(name=f"{what}: 50 % window at the order, right", value=_share(ordered, 50), unit="%"),
        Row(name=f"{what}: country where it is right least often", value=worst, unit="%"),
        Row(
            name=f"{what}: orders a calibrated window was told of", value=100 * len(ordered) / asked, unit="%"
        ),
    ]


def _coverage(what: str, periods: Sequence[Period]) -> list[Row]:
    """Return the table: 90 % windows by how far they go and by month, and how many days wide they were."""
    kinds: defaultdict[str, list[Told]] = defaultdict(list)
    for told in (told for period in periods for told in period.told):
        lane, ordered = told.past.parcel.lane, told.past.parcel.ordered_on
        far = lane_of(told.past.parcel.origin, Destination(country=lane.country, postcode=lane.zone))
        kinds[f"lanes: {far.value}"].append(told)
        kinds[f"month: {ordered:%Y-%m}"].append(told)
    rows = []
    for kind, found in sorted(kinds.items()):
        if len(found) < _TELLS:
            continue
        days = mean(one.window.windows[90].count for one in found)
        name = f"{what}: 90 % window at the order, {kind} ({len(found)} parcels, {days:.1f} days wide), right"
        rows.append(Row(name=name, value=_share(found, 90), unit="%"))
    return rows


_TELLS = 50


def _between(name: str, value: float, least: float, most: float) -> Row:
    return Row(name=name, value=value, unit="%", goal=f"{least}-{most} %", met=least <= value <= most)


def _share(found: Sequence[Told], percent: int) -> float:
    return 100 * mean(told.is_right(percent) for told in found)


def _narrow(what: str, periods: Sequence[Period], rule: Rule) -> list[Row]:
    """Compare widths at the same coverage; the other side's window is found with hindsight."""
    told = [told for period in periods for told in period.told]
    widths = [one.window.windows[90].count for one in told]
    right = _share(told, 90) / 100
    windows = rule([one.past for one in told])
    misses = [took(one.past.parcel) - last for one, (_, last) in zip(told, windows, strict=True)]
    against = narrowest(misses, right)
    own = mean(widths)
    return [
        Row(
            name=f"{what}: 90 % window, against the shop's own at equal coverage",
            value=own,
            unit="days",
            against=against,
            ratio=own / against,
            goal="narrower",
            met=own < against,
        )
    ]


def _pinballs(what: str, periods: Sequence[Period], rule: Rule) -> list[Row]:
    """Compare pinball losses at the order; each side learned from the same parcels up to the same morning."""
    losses: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for period in periods:
        pasts = [one.past for one in period.told]
        came = [took(past.parcel) for past in pasts]
        sides = {
            "": [one.quantiles for one in period.told],
            "the rule, corrected": corrected(rule, period.known, pasts),
            "lane means": lane_means(period.known, pasts),
            "gradient boosting": boosted(period.known, pasts),
        }
        for name, told in sides.items():
            if told is not None:
                losses[name].append((pinball(told, came), len(pasts)))
    own, *others = [
        (name, sum(loss * n for loss, n in found) / sum(n for _, n in found))
        for name, found in losses.items()
    ]
    if "gradient boosting" not in losses:
        print("scikit-learn is not installed: nothing is held against gradient boosting.", file=sys.stderr)
    return [
        Row(
            name=f"{what}: pinball loss, against {name}",
            value=own[1],
            unit="days",
            against=loss,
            ratio=own[1] / loss,
            goal="less",
            met=own[1] < loss,
        )
        for name, loss in others
    ]


def _small_shops(count: int) -> list[Row]:
    """Return how right windows are where a shop has just enough parcels for them to be called calibrated."""
    right, shops = [], 0
    for seed in range(count):
        pasts = [Past(parcel) for parcel in parcels(450, seed=seed, days=240)]
        day = START + timedelta(days=170)
        table = LaneTable(learn((p.parcel for p in pasts if p.parcel.arrived_on < day), today=day))
        later = [past for past in pasts if day <= past.parcel.ordered_on < day + timedelta(days=28)]
        found = [told.is_right(90) for past in later if (told := tell(table, past))]
        right += found
        shops += bool(found)
    name = f"simulated: {shops} shops with about 300 parcels each: 90 % window, right"
    return [Row(name=name, value=100 * mean(right), unit="%")] if right else []


def _speed() -> list[Row]:
    """Time what a night of learning and a morning of looking cost, in seconds of one core."""
    past = parcels(100_000, seed=SEED)
    day = START + timedelta(days=DAYS)
    known = [parcel for parcel in past if parcel.arrived_on < day]
    started = time.process_time()
    table = LaneTable(learn(known, today=day))
    learned = time.process_time() - started
    asked = [Past(parcel) for parcel in past[-10_000:]]
    started = time.process_time()
    for one in asked:
        tell(table, one, handed_over=one.parcel.ordered_on.day % 2 == 0)
    told = time.process_time() - started
    started = time.process_time()
    for one in asked:
        _on_the_way(table, one)
    watched = time.process_time() - started
    return [
        Row(
            name="learning from 100,000 parcels", value=learned, unit="s CPU", goal="< 10 s", met=learned < 10
        ),
        Row(name="arrival of 10,000 parcels", value=told, unit="s CPU", goal="< 2 s", met=told < 2),
        Row(
            name="arrival and danger of 10,000 parcels on the road",
            value=watched,
            unit="s CPU",
            goal="< 2 s",
            met=watched < 2,
        ),
    ]


def _on_the_way(table: LaneTable, past: Past) -> None:
    """Ask what a scan asks: when it comes now, and whether its day is in danger."""
    parcel = past.parcel
    evening = parcel.moved_on[len(parcel.moved_on) // 2]
    moved_on = tuple(day for day in parcel.moved_on if day <= evening)
    asked = Shipment(
        lane=parcel.lane,
        origin=parcel.origin,
        ordered_on=parcel.ordered_on,
        handed_over_on=parcel.handed_over_on,
        moved_on=moved_on,
    )
    now = datetime.combine(evening, dt_time(20, 5))
    estimate(table, asked, now=now)
    chance_after(table, asked, last=evening + timedelta(days=2), now=now)


def _on_data(folder: Path, *, quick: bool) -> list[Row]:
    """Replay the orders of a folder; a sentence where there are none."""
    try:
        pasts = read(folder)
    except NotThereError as error:
        print(error, file=sys.stderr)
        return []
    days = [past.parcel.ordered_on for past in pasts]
    since, until = days[len(days) * 4 // 10], days[-len(days) // 50]
    periods = list(walk(pasts, since=since, until=until, step=28 if quick else 14))
    rows = _right("data", periods) + danger("data", periods) + _coverage("data", periods)
    if all(past.estimated for past in pasts):
        rows += _narrow("data", periods, by_shop)
        rows += _pinballs("data", periods[::2], by_shop)
    return rows
