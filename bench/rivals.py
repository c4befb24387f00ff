"""Other ways to say when a parcel arrives, given the same parcels: what the learned windows are held against."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import mean

from bench.replay import SHARES, Past
from passaparola.tracking.rules.arrival import Destination, Rhythm, arrival_of, plus_days
from passaparola.tracking.rules.eta.lane import Delivered, Lane

Quantiles = Sequence[Sequence[float]]
"""Per parcel, the days from the order at `SHARES`."""


Rule = Callable[[Sequence[Past]], list[tuple[int, int]]]
"""First and last day from the order on, for each parcel."""


def pinball(told: Quantiles, came: Sequence[int]) -> float:
    """Return the mean loss in days: what is early and what is late costs as each quantile says."""
    losses = [
        (day - said) * share if day >= said else (said - day) * (1 - share)
        for quantiles, day in zip(told, came, strict=True)
        for said, share in zip(quantiles, SHARES, strict=True)
    ]
    return mean(losses)


def took(parcel: Delivered) -> int:
    """Return the days from order to arrival."""
    return (parcel.arrived_on - parcel.ordered_on).days


def by_rule(pasts: Sequence[Past]) -> list[tuple[int, int]]:
    """Return first and last day, from the order on, by the rule of thumb of a shop that learned nothing."""
    rhythm = Rhythm(cut_off=time(23, 59))
    found = []
    for past in pasts:
        ordered = datetime.combine(past.parcel.ordered_on, time(8), UTC)
        lane = past.parcel.lane
        destination = Destination(country=lane.country, postcode=lane.zone)
        arrival = arrival_of(
            ordered_at=ordered, now=ordered, zone=UTC, destination=destination, rhythm=rhythm
        )
        assert arrival is not None
        start = past.parcel.ordered_on
        found.append(((arrival.first - start).days, (arrival.last - start).days))
    return found


def corrected(rule: Rule, known: Sequence[Past], pasts: Sequence[Past]) -> list[list[float]]:
    """Return a rule's quantiles around its last day, from how far it was off before: more than most shops do."""
    misses = [took(past.parcel) - last for past, (_, last) in zip(known, rule(known), strict=True)]
    return around([last for _, last in rule(pasts)], misses)


def by_shop(pasts: Sequence[Past]) -> list[tuple[int, int]]:
    """Return the days from the order to the date that the shop itself had told; it knows no first day."""
    days = [(past.estimated - past.parcel.ordered_on).days if past.estimated else 0 for past in pasts]
    return [(day, day) for day in days]


def around(points: Sequence[float], misses: Sequence[float]) -> list[list[float]]:
    """Return quantiles around a point, from how far such points were off before."""
    off = sorted(misses)
    shifts = [off[min(int(share * len(off)), len(off) - 1)] for share in SHARES]
    return [[point + shift for shift in shifts] for point in points]


def narrowest(misses: Sequence[int], share: float) -> int:
    """Return the days of the shortest window around a rival's day that holds this share, found with hindsight.

    That is kinder to the rival than life: it could not have known the best window before.
    """
    off = sorted(misses)
    held = min(max(int(share * len(off) + 0.999), 1), len(off))
    return min(off[at + held - 1] - off[at] + 1 for at in range(len(off) - held + 1))


def lane_means(known: Sequence[Past], pasts: Sequence[Past]) -> list[list[float]]:
    """Return quantiles around the mean of the service, country and zone, as far as there are ten parcels."""
    days: defaultdict[Lane, list[int]] = defaultdict(list)
    for past in known:
        for lane in _circles(past.parcel.lane):
            days[lane].append(took(past.parcel))
    means = {lane: mean(found) for lane, found in days.items() if len(found) >= 10 or lane == Lane()}

    def of(lane: Lane) -> float:
        return next(means[circle] for circle in _circles(lane) if circle in means)

    misses = [took(past.parcel) - of(past.parcel.lane) for past in known]
    return around([of(past.parcel.lane) for past in pasts], misses)


def _circles(lane: Lane) -> list[Lane]:
    lane = lane._replace(carrier="")
    return [lane, lane._replace(zone=""), Lane(country=lane.country), Lane()]


def boosted(known: Sequence[Past], pasts: Sequence[Past]) -> list[list[float]] | None:
    """Return quantiles of gradient boosting on the same features; None where scikit-learn isn't there."""
    try:
        import numpy as np
        from sklearn.ensemble import HistGradientBoostingRegressor
    except ImportError:
        return None
    codes: tuple[dict[str, int], ...] = ({}, {}, {})
    rows = np.array([_features(past.parcel, codes) for past in known])
    asked = np.array([_features(past.parcel, codes) for past in pasts])
    days = [took(past.parcel) for past in known]
    columns = []
    for share in SHARES:
        model = HistGradientBoostingRegressor(
            loss="quantile", quantile=share, max_iter=120, categorical_features=[0, 1, 2, 3], random_state=1
        )
        columns.append(model.fit(rows, days).predict(asked))
    return [list(quantiles) for quantiles in zip(*columns, strict=True)]


def _features(parcel: Delivered, codes: Sequence[dict[str, int]]) -> list[float]:
    """Return what our windows know too: the lane, the weekday, the season, and the calendar ahead."""
    lane, day = parcel.lane, parcel.ordered_on
    words = [lane.service, lane.country, lane.country + lane.zone]
    coded = [min(of.setdefault(word, len(of)), 254) for of, word in zip(codes, words, strict=True)]
    return [day.weekday(), *coded, day.timetuple().tm_yday, day.toordinal(), *_ahead(day, lane.country)]


def _ahead(day: date, country: str) -> list[int]:
    """Return after how many days the first, third and fifth working day come."""
    off, countries = frozenset({5, 6}), ("IT", country)
    ends = (plus_days(day + timedelta(days=1), count, off=off, countries=countries) for count in (0, 2, 4))
    return [(end - day).days for end in ends]
