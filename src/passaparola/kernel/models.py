"""The event log: one append-only table that is timeline, trigger, outgoing webhook and source of insights."""

from django.db import models
from django.db.models.functions import Now


class EventRecord(models.Model):
    """One thing that happened.

    Ids instead of foreign keys: the kernel knows no shop, and the log outlives what it speaks of.
    """

    store_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    customer_id = models.BigIntegerField(null=True)
    order_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    is_history = models.BooleanField(default=False)

    class Meta:
        db_table = "kernel_event"
        constraints = [models.UniqueConstraint(fields=["store_id", "key"], name="event_once")]
        indexes = [
            models.Index(fields=["customer_id", "happened_at"], name="event_customer"),
            models.Index(fields=["order_id", "happened_at"], name="event_order"),
            models.Index(fields=["store_id", "kind", "happened_at"], name="event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Attempts(models.Model):
    """How often somebody tried something within one window; see `limits`."""

    key = models.CharField(max_length=64)
    window_start = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    forget_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="attempts_once")]

    def __str__(self) -> str:
        return f"{self.count} × {self.key[:8]}"
