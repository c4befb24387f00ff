"""Money that the shop system was asked to give back for a return."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from passaparola.inbound.models import Connection
from passaparola.returns.models.filed import Return
from passaparola.stores.models import Member


class GivingBackQuerySet(models.QuerySet["GivingBack"]):
    def under_way(self) -> "GivingBackQuerySet":
        """Those of which nobody knows yet whether the money was given."""
        return self.filter(due_at__isnull=False)

    def due(self, now: datetime) -> "GivingBackQuerySet":
        return self.filter(due_at__lte=now).order_by("due_at")


class GivingBack(models.Model):
    """One refund asked of the shop system: once a return, whatever happens on the way.

    It is told under one key and one note for ever. Where nobody knows whether it arrived it is told again, and
    whoever tells it looks first.
    """

    filed = models.OneToOneField(Return, models.CASCADE, related_name="giving_back")
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True)
    amount = models.DecimalField(max_digits=16, decimal_places=4)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """When to tell it (again); None once it is done, or was refused."""
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=400, blank=True)
    """Why it has not worked yet, as a sentence for the team."""
    given_at = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=120, blank=True)

    objects = GivingBackQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="giving_back_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.amount} for {self.filed}"
