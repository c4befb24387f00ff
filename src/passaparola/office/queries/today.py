"""The first page's figures and what waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passaparola.inbound.models import Delivery
from passaparola.messages.models import Message
from passaparola.office import standing
from passaparola.office.queries.connections import posts
from passaparola.office.queries.orders import late_orders, standing_of, with_parcels
from passaparola.office.rules import Silence, silence
from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking.models import DayOfDeliveries, FirstPromise, Parcel

PERIODS = {7: gettext_lazy("7 days"), 30: gettext_lazy("Month"), 90: gettext_lazy("Quarter")}
MOST_NEEDS = 8
FORGOTTEN_AFTER = timedelta(days=30)
"""What went wrong longer ago has been dealt with, or never will be."""
LATEST_ORDERS = 6
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
    arrived = {day.day: day for day in parcels.delivered_by_day(zone=zone, since=since, until=until)}
    every = [arrived.get(day, DayOfDeliveries(day, 0, 0)) for day in dates]
    return Figures(
        days=dates[days:],
        placed=[placed.get(day, 0) for day in dates[days:]],
        placed_before=sum(placed.get(day, 0) for day in dates[:days]),
        deliveries=every[days:],
        delivered_before=sum(day.all for day in every[:days]),
        late_before=sum(day.late for day in every[:days]),
        late_now=late_orders(store, now=now).count(),
        carriers=parcels.punctuality(zone=zone, since=_start(dates[days], zone))[:MOST_CARRIERS],
        under_way=orders.under_way().filter(is_history=False).count(),
    )


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


@dataclass(frozen=True)
class Need:
    """One thing that waits for a person: who or what, why, and where to do something about it."""

    title: str
    reason: str
    url: str
    button: str
    icon: str
    tone: str = "warn"


def needs(store: Store, *, now: datetime) -> list[Need]:
    """What a person has to look at, the worst first."""
    return [
        *_parcels(store, now),
        *_overdue(store, now),
        *_failed_deliveries(store),
        *_failed_messages(store, now),
        *_silent_connections(store, now),
    ]


def _parcels(store: Store, now: datetime) -> list[Need]:
    ours = Parcel.objects.filter(store=store).select_related("order__customer", "tracker")
    found: dict[int, Need] = {}
    recent = ours.in_trouble().filter(state_at__gte=now - FORGOTTEN_AFTER).exclude(state="delayed")
    for parcel in recent.order_by("-state_at")[:MOST_NEEDS]:
        how = standing.of_parcel(parcel)
        reason = " · ".join(part for part in (str(how.label), parcel.place) if part)
        found[parcel.order_id] = _order_need(parcel, reason, how.icon, how.tone)
    for parcel in ours.late().order_by("late_since")[:MOST_NEEDS]:
        days = max(1, (now - parcel.late_since).days) if parcel.late_since else 1
        reason = ngettext("%(n)d day late.", "%(n)d days late.", days) % {"n": days}
        cause = str(standing.CAUSES.get(parcel.delay_cause, ""))
        found.setdefault(parcel.order_id, _order_need(parcel, f"{reason} {cause}".strip(), "clock", "warn"))
    for parcel in ours.unsure()[:MOST_NEEDS]:
        number = parcel.tracker.key if parcel.tracker else ""
        reason = _("Which carrier has %(number)s?") % {"number": number}
        found.setdefault(parcel.order_id, _order_need(parcel, reason, "circle-question-mark", "info"))
    return list(found.values())


def _overdue(store: Store, now: datetime) -> list[Need]:
    """Orders whose promised days are over while they still stand in the shop."""
    today = now.astimezone(store.zone).date()
    broken = FirstPromise.objects.overdue(store=store, today=today).select_related("order__customer")
    found = []
    for promise in broken.order_by("last")[:MOST_NEEDS]:
        days = (today - promise.last).days
        reason = ngettext(
            "Promised until yesterday, not sent yet.", "Promised until %(n)d days ago, not sent yet.", days
        )
        found.append(_about(promise.order, reason % {"n": days}, "package-x", "bad"))
    return found


def _order_need(parcel: Parcel, reason: str, icon: str, tone: str) -> Need:
    return _about(parcel.order, reason, icon, tone)


def _about(order: Order, reason: str, icon: str, tone: str) -> Need:
    who = order.shipping_address.get("name") or str(order.customer or "") or str(order)
    return Need(who, f"{order} · {reason}", reverse("office:order", args=[order.pk]), _("Look"), icon, tone)


def _failed_deliveries(store: Store) -> list[Need]:
    rows = (
        Delivery.objects.failed_of(store).values("connection", "connection__source").annotate(n=Count("pk"))
    )
    return [
        Need(
            row["connection__source"],
            ngettext("%(n)d delivery could not be read.", "%(n)d deliveries could not be read.", row["n"])
            % {"n": row["n"]},
            f"{reverse('office:inbound')}?outcome=failed&connection={row['connection']}",
            _("See why"),
            "inbox",
            "bad",
        )
        for row in rows
    ]


def _failed_messages(store: Store, now: datetime) -> list[Need]:
    recent = Message.objects.filter(store=store, failed_at__gte=now - timedelta(days=7)).count()
    if not recent:
        return []
    reason = ngettext("%(n)d message failed this week.", "%(n)d messages failed this week.", recent) % {
        "n": recent
    }
    return [
        Need(
            _("Messages"), reason, f"{reverse('office:messages')}?state=failed", _("See why"), "mail-x", "bad"
        )
    ]


def _silent_connections(store: Store, now: datetime) -> list[Need]:
    found = []
    for connection in store.connections.open().order_by("pk"):
        how = silence(connection.created_at, connection.last_heard_at, posts=posts(connection), now=now)
        if how is not Silence.NONE:
            reason = _("Never heard from.") if how is Silence.NEVER else _("Silent for longer than usual.")
            url = reverse("office:connection", args=[connection.pk])
            found.append(Need(connection.source, reason, url, _("What to do"), "plug-zap", "warn"))
    return found


def latest_orders(store: Store, *, now: datetime) -> list[tuple[Order, standing.Standing]]:
    orders = with_parcels(Order.objects.filter(store=store).real()).order_by("-placed_at", "-pk")
    return standing_of(orders[:LATEST_ORDERS], store, now=now)
