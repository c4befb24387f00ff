"""Strikes and closures that the team knows of."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from passaparola.stores.models import Member, Store


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
