"""Who may tell us things, and all that they told."""

import json

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from passaparola.kernel.secrets import EncryptedField
from passaparola.stores.models import Store


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def open(self) -> "ConnectionQuerySet":
        return self.filter(closed_at=None)


class Connection(models.Model):
    """One outside system that speaks to one store: a shop system, a carrier, a mail provider."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="connections")
    role = models.CharField(max_length=20)
    """Which registry the kind belongs to: `connector`, `carrier`."""
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=60)
    """Names the other system's own ids: the kind, with a number from the second of a kind on."""
    token = models.CharField(max_length=60, unique=True)
    secret = EncryptedField(blank=True)
    settings = EncryptedField(blank=True)
    """JSON of what the kind asks for (contract number, depot)."""
    created_at = models.DateTimeField(db_default=Now())
    last_heard_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """Where we ask and not they post: when we last did."""
    paused_until = models.DateTimeField(null=True)
    """Until then it wants to be left alone."""
    closed_at = models.DateTimeField(null=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "role", "source"], name="source_once")]

    def __str__(self) -> str:
        return f"{self.source} of {self.store}"

    def given(self) -> dict[str, str]:
        """Return what the shop gave for asking this kind (`settings`), as texts."""
        try:
            kept = json.loads(self.settings or "{}")
        except ValueError:
            return {}
        return {name: str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}


class Outcome(models.TextChoices):
    RECORDED = "recorded", _("Recorded")
    IGNORED = "ignored", _("Nothing for us")
    FAILED = "failed", _("Could not be read")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def of(self, store: Store) -> "DeliveryQuerySet":
        # The ids of the few connections, so that each one's index is walked.
        return self.filter(connection__in=list(store.connections.values_list("pk", flat=True)))

    def failed_of(self, store: Store) -> "DeliveryQuerySet":
        return self.filter(connection__store=store, outcome=Outcome.FAILED)


class Delivery(models.Model):
    """One authentic request, raw. Never changed but for what became of it."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=200)
    topic = models.CharField(max_length=100, blank=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    received_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="delivery_once")]
        indexes = [
            # The hot loop looks only at what is waiting: its cost does not grow with history.
            models.Index(fields=["id"], name="delivery_waiting", condition=Q(read_at=None)),
            models.Index(fields=["connection", "-id"], name="delivery_newest"),
            models.Index(fields=["connection", "-id"], name="delivery_failed", condition=Q(outcome="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"
