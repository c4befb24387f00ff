"""Where we must stay silent."""

from django.db import models
from django.db.models.functions import Now

from passaparola.messages import sources
from passaparola.stores.models import Member, Store


class SuppressionReason(models.TextChoices):
    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    STOPPED = "stopped"
    """They wrote STOP on that channel: nothing at all goes there any more."""


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of_store(self, store: Store) -> "SuppressionQuerySet":
        return self.filter(store=store)

    def containing(self, text: str) -> "SuppressionQuerySet":
        """Those in whose address this stands."""
        return self.filter(address__contains=text) if text else self


class Suppression(models.Model):
    """An address we stay silent to. Unsubscribing silences marketing; a bounce or complaint everything."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="suppressions")
    channel = models.CharField(max_length=20, default="email")
    address = models.CharField(max_length=254)
    reason = models.CharField(max_length=20, choices=SuppressionReason.choices)
    words = models.CharField(max_length=300, blank=True)
    """What the other side said: `550 5.1.1 No such user`."""
    source = models.CharField(max_length=60, blank=True, db_default="")
    """Who told us: `answer` (the mail server's), `bounce mail`, `provider:postmark`, `import`, `page`."""
    made_at = models.DateTimeField(db_default=Now())
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    lifted_because = models.CharField(max_length=300, blank=True, db_default="")

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "channel", "address", "reason"], name="suppression_once")
        ]
        indexes = [
            models.Index(fields=["store", "-made_at", "-id"], name="suppression_newest"),
            models.Index(fields=["address"], name="suppression_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.reason}"

    @property
    def told_by(self) -> str:
        return sources.named(self.source)

    @property
    def lifted_by_what(self) -> str:
        """Why it was lifted: a person's own words, or what lifts by itself."""
        return sources.named(self.lifted_because)
