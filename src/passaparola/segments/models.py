"""Saved segments. What is saved is the question; who is meant is asked anew each time."""

from django.db import models
from django.db.models.functions import Now

from passaparola.stores.models import Member, Store


class Segment(models.Model):
    """A condition with a name. Journeys and campaigns name it by id."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="segments")
    name = models.CharField(max_length=120)
    condition = models.JSONField(default=dict)
    """A tree that `rules.condition.parse` reads."""
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "name"], name="segment_once")]

    def __str__(self) -> str:
        return self.name
