"""What other systems are told: an outbox of signed webhooks."""

from django.db import models
from django.db.models import Q

from passaparola.stores.models import Store

WAITING_CALL = Q(sent_at=None, failed_at=None)


class WebhookCallQuerySet(models.QuerySet["WebhookCall"]):
    def given_up(self) -> "WebhookCallQuerySet":
        """Those that nobody heard; what was to be said of somebody forgotten since is said to nobody."""
        return self.filter(failed_at__isnull=False).exclude(body={})


class WebhookCall(models.Model):
    """One thing to tell one address, tried again until it answers or the tries are over."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    body = models.JSONField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(db_default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)
    """What the other side said last."""

    objects = WebhookCallQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="webhook_call_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="webhook_call_due", condition=WAITING_CALL),
            models.Index(
                fields=["store", "-id"], name="webhook_call_given_up", condition=Q(failed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.url
