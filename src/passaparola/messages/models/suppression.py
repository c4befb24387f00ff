"""Where we must stay silent."""

from django.db import models
from django.db.models.functions import Now

from passaparola.stores.models import Store


class SuppressionReason(models.TextChoices):
    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    STOPPED = "stopped"
    """They wrote STOP on that channel: nothing at all goes there any more."""


class Suppression(models.Model):
    """An address we stay silent to. Unsubscribing silences marketing; a bounce or complaint everything."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="suppressions")
    channel = models.CharField(max_length=20, default="email")
    address = models.CharField(max_length=254)
    reason = models.CharField(max_length=20, choices=SuppressionReason.choices)
    words = models.CharField(max_length=300, blank=True)
    """What the other side said: `550 5.1.1 No such user`."""
    made_at = models.DateTimeField(db_default=Now())
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "channel", "address", "reason"], name="suppression_once")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.reason}"
