"""A return that somebody is filling in: kept between the pages, so that they work without a script."""

from datetime import datetime, timedelta

from django.db import models

from passaparola.orders.models import Order

LASTS = timedelta(days=2)


class DraftQuerySet(models.QuerySet["Draft"]):
    def forgotten(self, *, now: datetime) -> "DraftQuerySet":
        """Those nobody came back to; their photos go with them."""
        return self.filter(made_at__lt=now - LASTS)


class Draft(models.Model):
    """What was chosen so far. Its key stands in the pages' addresses and is worth nothing without the order's link."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    items = models.JSONField(default=dict)
    """`{"line's id": {"quantity": 1, "reason": "changed_mind", "note": ""}}`"""
    choice = models.JSONField(default=dict)
    """`{"resolution": "variant", "wants": "sage", "way": "label", "note": ""}`"""
    made_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"draft for {self.order}"
