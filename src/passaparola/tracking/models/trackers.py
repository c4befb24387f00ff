"""Trackers hear of numbers, scans are what they heard."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from passaparola.stores.models import Store


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
