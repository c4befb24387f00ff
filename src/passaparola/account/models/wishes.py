"""What a customer asks of the team about an order, and who else follows it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store
from passaparola.tracking.models import Parcel


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def waiting(self) -> "ChangeRequestQuerySet":
        return self.filter(decided_at=None)


class ChangeRequest(models.Model):
    """The wish to have an order sent elsewhere, or not at all. The team decides; nothing happens by itself."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="change_requests")
    order = models.ForeignKey(Order, models.CASCADE, related_name="change_requests")
    kind = models.CharField(max_length=10)
    """`address` or `cancel`."""
    address = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    is_granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind"], name="change_waits_once", condition=Q(decided_at=None)
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_granted=None)
                | Q(decided_at__isnull=False, is_granted__isnull=False),
                name="change_decided_whole",
            ),
        ]
        indexes = [models.Index(fields=["store", "-asked_at"], name="change_newest")]

    def __str__(self) -> str:
        return f"{self.kind} of order {self.order_id}"


class FollowerQuerySet(models.QuerySet["Follower"]):
    def active(self) -> "FollowerQuerySet":
        return self.filter(confirmed_at__isnull=False, ended_at=None)


class Follower(models.Model):
    """Somebody else who gets the news of an order's parcels, once they have said yes themselves."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, related_name="followers")
    email = models.CharField(max_length=254)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "email"], name="follower_once")]

    def __str__(self) -> str:
        return self.email


class MissingQuerySet(models.QuerySet["Missing"]):
    def open(self) -> "MissingQuerySet":
        return self.filter(found_at=None, told_at=None)

    def due(self, *, now: datetime) -> "MissingQuerySet":
        return self.open().filter(wait_until__lte=now)


class Missing(models.Model):
    """A parcel that the carrier calls delivered and the customer does not have.

    They look once more until `wait_until`; then, unless it was found, the team is told.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, models.CASCADE, related_name="missing")
    parcel = models.OneToOneField(Parcel, models.CASCADE, related_name="missing")
    note = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField()
    wait_until = models.DateTimeField()
    found_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When it was handed to the team."""

    objects = MissingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["wait_until"], name="missing_due", condition=Q(found_at=None, told_at=None))
        ]

    def __str__(self) -> str:
        return f"parcel {self.parcel_id}"
