"""What delivered parcels taught, and how right it was."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from passaparola.stores.models import Store

CHECKED_ENOUGH = 50
"""On fewer parcels, “right so many times out of a hundred” would be an accident."""


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
