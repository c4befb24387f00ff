"""Trackers hear of numbers, scans are what they heard, parcels are what travels to a customer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate

from passaparola.orders.models import Fulfilment, Order
from passaparola.stores.models import Member, Store
from passaparola.tracking.rules.danger import ENDANGERED
from passaparola.tracking.rules.status import MOVES

OVER = ("returning", "returned", "lost")
"""States in which a parcel will not arrive any more."""
TROUBLES = ("attempted", "held", "delayed", "returning", "returned", "lost")
"""States in which a parcel does not simply go on."""


CHECKED_ENOUGH = 50
"""On fewer parcels, “right so many times out of a hundred” would be an accident."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What one carrier brought on one day."""

    day: date
    carrier: str
    all: int
    late: int


@dataclass(frozen=True, slots=True)
class DayOfDeliveries:
    day: date
    all: int
    late: int

    @property
    def on_time(self) -> int:
        return self.all - self.late


class TrackerQuerySet(models.QuerySet["Tracker"]):
    def unsure(self) -> "TrackerQuerySet":
        """Those of which somebody of the team has to say whose they are."""
        return self.filter(needs_a_person=True)

    def due(self, *, store: int | F, carrier: str | F, now: datetime) -> "TrackerQuerySet":
        """Those to be asked of this carrier by now, the longest waiting first."""
        return self.filter(store=store, carrier=carrier, poll_due_at__lte=now).order_by("poll_due_at")


class Tracker(models.Model):
    """One tracking number, known from the shop, the carrier, or both, in whichever order.

    `key` is the number, or `~source:id` for the steps that a shop system relays about one fulfilment.
    """

    store = models.ForeignKey(Store, models.CASCADE)
    key = models.CharField(max_length=160)
    carrier = models.CharField(max_length=60, blank=True)
    carrier_told = models.CharField(max_length=60, blank=True)
    """The carrier as it, or a tracking service, named itself: surer than what the shop says."""
    carrier_words = models.CharField(max_length=120, blank=True)
    """The carrier as the shop system calls it."""
    confidence = models.FloatField(default=0)
    needs_a_person = models.BooleanField(default=False)
    """Which carrier it is can't be told safely: somebody of the team has to say it."""
    chosen_at = models.DateTimeField(null=True)
    """When a person said which carrier it is: never guessed over."""
    service = models.CharField(max_length=120, blank=True)
    estimated_date = models.DateField(null=True)
    estimated_from = models.DateTimeField(null=True)
    estimated_until = models.DateTimeField(null=True)
    first_estimated_date = models.DateField(null=True)
    first_told_at = models.DateTimeField(null=True)
    """The first day the carrier ever named, and when: what it is held against, however often it changed its mind."""
    told_at = models.DateTimeField(null=True)
    """When the newest estimate was told: an older one arriving later does not replace it."""
    signed_by = models.CharField(max_length=120, blank=True)
    is_final = models.BooleanField(default=False)
    first_polled_at = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)
    poll_due_at = models.DateTimeField(null=True)
    """When to ask the carrier next; None where it is not asked (any more). It is asked only for shops that
    have connected it, so that of others this may lie long in the past."""
    poll_failures = models.PositiveSmallIntegerField(default=0)
    """Answers in a row that were none."""
    poll_reason = models.CharField(max_length=300, blank=True)
    """Why the last answer told us nothing, as a sentence."""

    objects = TrackerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="tracker_once")]
        indexes = [
            # Store and carrier first: numbers of carriers that a shop has not connected cost nothing.
            models.Index(
                fields=["store", "carrier", "poll_due_at"],
                name="tracker_due",
                condition=Q(poll_due_at__isnull=False),
            ),
            models.Index(fields=["store"], name="tracker_unsure", condition=Q(needs_a_person=True)),
        ]

    def __str__(self) -> str:
        return self.key


class Scan(models.Model):
    """One step, as the carrier told it. Never changed."""

    tracker = models.ForeignKey(Tracker, models.CASCADE, related_name="scans")
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    utc_offset = models.SmallIntegerField(default=0)
    """Minutes east of Greenwich at the place, so that local time can be shown."""
    has_time = models.BooleanField(default=True)
    place = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, blank=True)
    words = models.CharField(max_length=500, blank=True)
    code = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tracker", "key"], name="scan_once")]

    def __str__(self) -> str:
        return f"{self.state} {self.at:%F %R}"


class FirstPromiseQuerySet(models.QuerySet["FirstPromise"]):
    def overdue(self, *, store: Store, today: date) -> "FirstPromiseQuerySet":
        """Those whose days are over while the order still stands in the shop: no parcel could tell of it."""
        standing = Order.objects.filter(store=store).to_ship()
        return self.filter(last__lt=today, order__in=standing.values("pk"), order__parcels=None)


class FirstPromise(models.Model):
    """The days on which an order was first said to arrive. Never changed: it is what lateness is held against."""

    order = models.OneToOneField(Order, models.CASCADE, primary_key=True, related_name="first_promise")
    first = models.DateField()
    last = models.DateField()
    made_at = models.DateTimeField()
    check_at = models.DateTimeField(null=True)
    """When to look whether an order still stands in the shop; None once that is settled."""

    objects = FirstPromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["check_at"], name="promise_check", condition=Q(check_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.first:%F} to {self.last:%F}"


class LaneEstimateQuerySet(models.QuerySet["LaneEstimate"]):
    def totals(self) -> "LaneEstimateQuerySet":
        """One row a store: all its parcels from handover to arrival."""
        return self.filter(leg="transit", carrier="", service="", country="", zone="")

    def checked(self) -> "LaneEstimateQuerySet":
        """Those whose windows were checked on enough parcels to speak of, the most checked first."""
        return self.filter(measured_on__gte=CHECKED_ENOUGH).order_by("-measured_on", "pk")

    def to_country(self, country: str) -> "LaneEstimate | None":
        """Return how right the windows told at the order were, for all parcels to a country."""
        told = self.checked().filter(leg="ordered", country=country)
        return told.filter(carrier="", service="", zone="").first()


class LaneEstimate(models.Model):
    """What one group of delivered parcels taught about one leg; made anew each day by `actions.learn`.

    Empty columns stand for any. The row of nothing but a country tells how right windows to there were.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="lane_estimates")
    leg = models.CharField(max_length=12)
    """`preparation`, `transit`, `tour`, or `ordered` (the correction of the first two together)."""
    carrier = models.CharField(max_length=60, blank=True)
    service = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    zone = models.CharField(max_length=2, blank=True)
    parcels = models.PositiveIntegerField()
    """How many delivered parcels were counted."""
    counts = models.JSONField(default=dict)
    """By weekday of the start (0 is Monday): `[first quarter, last quarter, weight]`, of working days."""
    weekends = models.JSONField(null=True)
    """Quarters of a working day that Saturday and Sunday are worth; None where too few tell."""
    surprises = models.JSONField(default=dict)
    """By percent: how far a window must be grown to be right so often."""
    coverage = models.JSONField(default=dict)
    """By percent: the share of later parcels that came inside their window, as measured."""
    width = models.FloatField(default=0)
    """Days that the measured 90 % windows had on average."""
    measured_on = models.PositiveIntegerField(default=0)
    learned_at = models.DateTimeField()

    objects = LaneEstimateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "leg", "carrier", "service", "country", "zone"], name="lane_once"
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.leg, self.carrier, self.service, self.country, self.zone)))


class DisruptionQuerySet(models.QuerySet["Disruption"]):
    def current(self, *, today: date) -> "DisruptionQuerySet":
        """Those that may still explain why a parcel is late."""
        return self.filter(last__gte=today - LONGEST_DISRUPTED, withdrawn_at=None)


LONGEST_DISRUPTED = timedelta(days=45)
"""A strike longer ago than this explains no parcel that is under way now."""


class Disruption(models.Model):
    """A strike or closure the team knows of: days on which parcels on some ways are held up."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="disruptions")
    first = models.DateField()
    last = models.DateField()
    carrier = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    postcodes = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    """What postcodes there begin with; none means the whole country."""
    words_en = models.CharField(max_length=200)
    words_it = models.CharField(max_length=200)
    """One sentence, as customers read it."""
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    """When somebody said that it was not so, or no longer; kept, as customers have read it."""

    objects = DisruptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="disruption_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(words_en="") & ~Q(words_it=""), name="disruption_has_its_words"
            ),
        ]
        indexes = [models.Index(fields=["store", "last"], name="disruption_current")]

    def __str__(self) -> str:
        return f"{self.first:%F} to {self.last:%F}: {self.words_en}"


class ArrivalRecordQuerySet(models.QuerySet["ArrivalRecord"]):
    def summed(self, *by: str) -> list[dict[str, Any]]:
        """Return the sums by these columns, in their order."""
        sums = {name: models.Sum(name) for name in ArrivalRecord.COUNTED}
        return list(self.order_by().values(*by).annotate(**sums).order_by(*by))


class ArrivalRecord(models.Model):
    """How right one month's arrival windows were on one lane, by who told them and when; see `rules.eta.months`."""

    COUNTED = ("parcels", "inside_50", "inside_80", "inside_90", "in_time", "days")

    store = models.ForeignKey(Store, models.CASCADE, related_name="arrival_records")
    month = models.DateField()
    """Its first day."""
    carrier = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    moment = models.CharField(max_length=10)
    """When it was told: `ordered` or `handover`."""
    teller = models.CharField(max_length=10)
    """`learned`, `rule` or `carrier`."""
    parcels = models.PositiveIntegerField()
    inside_50 = models.PositiveIntegerField()
    inside_80 = models.PositiveIntegerField()
    inside_90 = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    """Those that came by the last day told."""
    days = models.PositiveIntegerField()
    """Of all 90 % windows together."""

    objects = ArrivalRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "month", "carrier", "country", "moment", "teller"],
                name="arrival_record_once",
            ),
            models.CheckConstraint(
                condition=Q(inside_50__lte=F("inside_80"), inside_80__lte=F("inside_90"))
                & Q(inside_90__lte=F("parcels"), in_time__lte=F("parcels")),
                name="arrival_record_counts_parcels",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.carrier} {self.country} {self.moment} {self.teller}"


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
