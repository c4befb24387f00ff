"""The first page's figures; what waits for somebody stands in `needs`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from passaparola.office import standing
from passaparola.office.queries.orders import late_orders, standing_of, with_parcels
from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking.models import Arrivals, DayOfDeliveries, Parcel

PERIODS = {7: gettext_lazy("7 days"), 30: gettext_lazy("Month"), 90: gettext_lazy("Quarter")}
LATEST_ORDERS = 10
MOST_CARRIERS = 6


@dataclass(frozen=True)
class Figures:
    """Per day, oldest first; and the same number of days before them, for comparing."""

    days: Sequence[date]
    placed: Sequence[int]
    placed_before: int
    deliveries: Sequence[DayOfDeliveries]
    delivered_before: int
    late_before: int
    late_now: int
    under_way: int
    carriers: Sequence[tuple[str, int, int]]
    """Key, parcels that arrived, and how many of them in time; those with the most parcels first."""

    @property
    def delivered(self) -> int:
        return sum(day.all for day in self.deliveries)

    @property
    def on_time(self) -> float | None:
        """The share of what arrived that arrived in time, 0 to 1; None where nothing arrived."""
        return sum(day.on_time for day in self.deliveries) / self.delivered if self.delivered else None

    @property
    def on_time_before(self) -> float | None:
        return 1 - self.late_before / self.delivered_before if self.delivered_before else None


def figures(store: Store, *, days: int, now: datetime) -> Figures:
    """The last `days` days, today included, as they are there, and as many before them."""
    zone = store.zone
    today = now.astimezone(zone).date()
    dates = [today - timedelta(days=back) for back in range(2 * days - 1, -1, -1)]
    since, until = _start(dates[0], zone), _start(today + timedelta(days=1), zone)
    orders, parcels = Order.objects.filter(store=store), Parcel.objects.filter(store=store)
    placed = dict(orders.placed_by_day(zone=zone, since=since, until=until))
    arrivals = parcels.arrivals(zone=zone, since=since, until=until)
    arrived = per_day(arrivals)
    every = [arrived.get(day, DayOfDeliveries(day, 0, 0)) for day in dates]
    return Figures(
        days=dates[days:],
        placed=[placed.get(day, 0) for day in dates[days:]],
        placed_before=sum(placed.get(day, 0) for day in dates[:days]),
        deliveries=every[days:],
        delivered_before=sum(day.all for day in every[:days]),
        late_before=sum(day.late for day in every[:days]),
        late_now=late_orders(store, now=now).count(),
        carriers=per_carrier(arrivals, since=dates[days])[:MOST_CARRIERS],
        under_way=orders.under_way().filter(is_history=False).count(),
    )


def per_day(arrivals: Iterable[Arrivals]) -> dict[date, DayOfDeliveries]:
    """Add up what arrived by whichever carrier."""
    all_, late = Counter[date](), Counter[date]()
    for one in arrivals:
        all_[one.day] += one.all
        late[one.day] += one.late
    return {day: DayOfDeliveries(day, n, late[day]) for day, n in all_.items()}


def per_carrier(arrivals: Iterable[Arrivals], *, since: date) -> list[tuple[str, int, int]]:
    """Per carrier from that day on: its key, how many parcels arrived, and how many of them in time."""
    all_, late = Counter[str](), Counter[str]()
    for one in arrivals:
        if one.carrier and one.day >= since:
            all_[one.carrier] += one.all
            late[one.carrier] += one.late
    return sorted(((key, n, n - late[key]) for key, n in all_.items()), key=lambda row: (-row[1], row[0]))


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def latest_orders(store: Store, *, now: datetime) -> list[tuple[Order, standing.Standing]]:
    orders = with_parcels(Order.objects.filter(store=store).real()).order_by("-placed_at", "-pk")
    return standing_of(orders[:LATEST_ORDERS], store, now=now)
