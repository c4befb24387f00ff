"""What travels back, in one parcel or several; and what travels to the customer instead."""

from django.db import models
from django.db.models import Q

from passaparola.returns.models.filed import Return
from passaparola.tracking.models import Tracker


class BackParcel(models.Model):
    """One parcel on its way to the shop, with its label or the code for the counter, or on its way back again."""

    filed = models.ForeignKey(Return, models.CASCADE, related_name="parcels")
    is_to_customer = models.BooleanField(default=False)
    """It holds what the customer gets instead."""
    tracker = models.ForeignKey(Tracker, models.SET_NULL, null=True, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    """As somebody chose it: a key of ours, or what they wrote."""
    code = models.CharField(max_length=120, blank=True)
    """What the counter scans."""
    label = models.BinaryField(null=True)
    label_type = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    travelling_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    """As the carrier says; whether everything is in it is seen when somebody opens it."""

    class Meta:
        indexes = [
            models.Index(
                fields=["tracker"],
                name="back_under_way",
                condition=Q(tracker__isnull=False) & Q(arrived_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["filed", "number"], name="back_once", condition=~Q(number=""))
        ]

    def __str__(self) -> str:
        return self.number or f"parcel of {self.filed}"

    @property
    def has_label(self) -> bool:
        return bool(self.label_type)
