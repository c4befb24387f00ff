"""Saved segments. What is saved is the question; who is meant is asked anew each time."""

from django.db import models
from django.db.models.functions import Now

from passaparola.customers.models import Customer
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


class Tag(models.Model):
    """A word about a customer that the shop gave here. Those of the shop system stand in `Customer.tags`."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="own_tags", db_index=False)
    tag = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "tag"], name="tag_once")]
        indexes = [models.Index(fields=["store", "tag"], name="tag_store")]

    def __str__(self) -> str:
        return self.tag
