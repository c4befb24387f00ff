"""How a shop wants to speak, as its owner set it."""

from django.db import models

from passaparola.stores.models import Member, Store


class SpeakingPolicy(models.Model):
    """A shop's own caps, guards and windows; a shop without a row has the ones everybody starts with.

    The quiet hours stand with the shop itself, since more than messages keep to them.
    """

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="speaking_policy")
    caps = models.JSONField(default=dict)
    """By name: `{"ask": [1, 14]}` is one in fourteen days; null is no cap."""
    guards = models.JSONField(default=dict)
    """By name: days of calm after the trouble; null is switched off."""
    repeat_days = models.PositiveSmallIntegerField(default=30)
    gather_minutes = models.PositiveSmallIntegerField(default=10)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    paused_at = models.DateTimeField(null=True)
    """Since when what we want is not sent, because too much came back."""
    paused_because = models.CharField(max_length=20, blank=True, db_default="")
    paused_data = models.JSONField(default=dict, db_default={})
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"policy of {self.store_id}"
