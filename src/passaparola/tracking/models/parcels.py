"""What travels to a customer."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from passaparola.orders.models import Fulfilment, Order
from passaparola.stores.models import Store
from passaparola.tracking.models.arrivals import Arrivals
from passaparola.tracking.models.trackers import Scan, Tracker
from passaparola.tracking.rules.danger import ENDANGERED
from passaparola.tracking.rules.status import MOVES

OVER = ("returning", "returned", "lost")
"""States in which a parcel will not arrive any more."""
TROUBLES = ("attempted", "held", "delayed", "returning", "returned", "lost")
"""States in which a parcel does not simply go on."""


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def late(self) -> "ParcelQuerySet":
        """Those that should have arrived, have not, and still may."""
        found = self.filter(late_since__isnull=False, delivered_at=None, cancelled_at=None)
        return found.exclude(state__in=OVER)

    def stalled(self) -> "ParcelQuerySet":
        """Those that nobody has said a word about for too long."""
        return self.filter(stalled_since__isnull=False)

    def endangered(self) -> "ParcelQuerySet":
        """Those that will probably miss their last promised day and have not yet."""
        return self.filter(breach_chance__gte=ENDANGERED, delivered_at=None, cancelled_at=None)

    def in_trouble(self) -> "ParcelQuerySet":
        """Those with which something went wrong on the way, whether or not they are late yet."""
        return self.filter(state__in=TROUBLES, delivered_at=None, cancelled_at=None)

    def unsure(self) -> "ParcelQuerySet":
        """Those of which nobody knows the carrier."""
        return self.filter(tracker__needs_a_person=True, cancelled_at=None)

    def delivered_ways(self, store: Store, *, since: datetime) -> Iterator[dict[str, Any]]:
        """Return what can be learned from each parcel that came: its way and its times."""
        came = self.filter(
            store=store, delivered_at__gte=since, cancelled_at=None, picked_up_at__isnull=False
        )
        ways: models.QuerySet[Any, dict[str, Any]] = (
            came.exclude(order__placed_at=None)
            .annotate(
                placed_at=F("order__placed_at"),
                method=F("order__shipping_method"),
                country=F("order__shipping_address__country"),
                postcode=F("order__shipping_address__postcode"),
                service=F("tracker__service"),
                told_on=F("tracker__first_estimated_date"),
            )
            .values(
                *("placed_at", "method", "country", "postcode", "carrier", "service"),
                *("picked_up_at", "out_for_delivery_at", "ready_for_pickup_at", "delivered_at"),
                *("tracker_id", "news_id", "told_on"),
            )
        )
        return iter(ways.iterator(chunk_size=5000))

    def moves(self, store: Store, *, zone: ZoneInfo, since: datetime) -> dict[int, set[date]]:
        """Return, by tracker, the days on which delivered parcels were scanned moving."""
        came = self.filter(store=store, delivered_at__gte=since, cancelled_at=None)
        told = came.exclude(tracker=None).values("tracker").union(came.exclude(news=None).values("news"))
        days = (
            Scan.objects.filter(state__in=MOVES, tracker__in=told)
            .values_list("tracker", TruncDate("at", tzinfo=zone))
            .distinct()
        )
        found: dict[int, set[date]] = {}
        for tracker, day in days.iterator(chunk_size=5000):
            found.setdefault(tracker, set()).add(day)
        return found

    def arrivals(self, *, zone: ZoneInfo, since: datetime, until: datetime) -> list[Arrivals]:
        """Count what arrived of all that was promised, and how much of it after the last day: per day and carrier.

        One walk through an index that holds all it needs: the table's own pages would cost ten times as much, and
        asking the trackers for their carriers five times (`bin/bench today`).
        """
        day = TruncDate("delivered_at", tzinfo=zone)
        rows = (
            self.filter(delivered_at__gte=since, delivered_at__lt=until, promised_last__isnull=False)
            .annotate(day=day)
            .values_list("day", "carrier")
            .annotate(
                all=models.Count("delivered_at"),
                late=models.Count("delivered_at", filter=Q(promised_last__lt=F("day"))),
            )
        )
        return [Arrivals(*row) for row in rows]


class Parcel(models.Model):
    """One thing that travels to one customer. Everything but its name follows from fulfilment and scans."""

    store = models.ForeignKey(Store, models.CASCADE)
    order = models.ForeignKey(Order, models.CASCADE, related_name="parcels")
    fulfilment = models.ForeignKey(Fulfilment, models.CASCADE, related_name="parcels", null=True)
    """None for a parcel that the team typed in."""
    name = models.CharField(max_length=160)
    """Tells the parcels of a fulfilment apart: the number, or empty while there is none."""
    tracker = models.ForeignKey(Tracker, models.SET_NULL, null=True, related_name="parcels")
    news = models.ForeignKey(Tracker, models.SET_NULL, null=True, related_name="+")
    """Where the shop system relays the steps itself."""
    carrier = models.CharField(max_length=60, db_default="")
    """Its tracker's, kept here for counting."""
    link = models.CharField(max_length=1000, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default="label_created")
    state_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=160, blank=True)
    announced_at = models.DateTimeField()
    picked_up_at = models.DateTimeField(null=True)
    out_for_delivery_at = models.DateTimeField(null=True)
    ready_for_pickup_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    arrival_first = models.DateField(null=True)
    arrival_last = models.DateField(null=True)
    arrival_day = models.DateField(null=True)
    """The one day to show, where it was learned: as likely before as after."""
    arrival_from = models.TimeField(null=True)
    arrival_until = models.TimeField(null=True)
    """Local time at the destination, where the carrier names a window on one day."""
    arrival_source = models.CharField(max_length=10, blank=True)
    """`carrier`, `learned` or `rule`: who says so."""
    arrival_confidence = models.CharField(max_length=10, blank=True)
    promised_first = models.DateField(null=True)
    promised_last = models.DateField(null=True)
    """The first window ever shown: kept for ever."""
    late_since = models.DateTimeField(null=True)
    """From the end of the last promised day on, until it came; kept when it came late."""
    breach_chance = models.FloatField(null=True)
    """How likely it comes after the last promised day, 0 to 1; None once that is decided, or nothing was promised."""
    stalled_since = models.DateTimeField(null=True)
    """The last word of a parcel that has been silent for too long; empty again as soon as it moves."""
    delay_cause = models.CharField(max_length=10, blank=True)
    """Whose doing a delay is (`rules.delay.DelayCause`); empty while nothing is late or endangered."""
    delay_confidence = models.FloatField(null=True)
    """How sure the cause is, 0 to 1."""
    delay_facts = models.JSONField(default=dict)
    """What the explanation speaks of (`rules.delay.Explanation.facts`)."""
    check_at = models.DateTimeField(null=True)
    """When lateness has to be looked at again, with no news coming."""

    objects = ParcelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fulfilment", "name"], name="parcel_once"),
        ]
        indexes = [
            models.Index(fields=["order"], name="parcel_order"),
            models.Index(
                fields=["store", "delivered_at"],
                name="parcel_delivered",
                condition=Q(delivered_at__isnull=False),
            ),
            models.Index(fields=["check_at"], name="parcel_check", condition=Q(check_at__isnull=False)),
            models.Index(
                fields=["store", "late_since"], name="parcel_late", condition=Q(late_since__isnull=False)
            ),
            models.Index(
                fields=["store", "delivered_at"],
                include=["promised_last", "carrier"],
                name="parcel_arrived",
                condition=Q(delivered_at__isnull=False, promised_last__isnull=False),
            ),
            # Of all that was ever late or in trouble hardly any is now: the first page asks for these few.
            models.Index(
                fields=["store", "late_since"],
                name="parcel_late_now",
                condition=Q(late_since__isnull=False, delivered_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["store", "state_at"],
                name="parcel_trouble",
                condition=Q(state__in=TROUBLES, delivered_at=None, cancelled_at=None),
            ),
            models.Index(
                fields=["store", "stalled_since"],
                name="parcel_stalled",
                condition=Q(stalled_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"
