"""The days on which an order was first said to arrive."""

from datetime import date

from django.db import models
from django.db.models import Q

from passaparola.orders.models import Order
from passaparola.stores.models import Store


class FirstPromiseQuerySet(models.QuerySet["FirstPromise"]):
    def overdue(self, *, store: Store, today: date) -> "FirstPromiseQuerySet":
        """Those whose days are over while the order still stands in the shop: no parcel could tell of it."""
        standing = Order.objects.filter(store=store).to_ship()
        return self.filter(last__lt=today, order__in=standing.values("pk"), order__parcels=None)


class FirstPromise(models.Model):
    """The days on which an order was first said to arrive. Never changed: it is what lateness is held against."""

    order = models.OneToOneField(Order, models.CASCADE, primary_key=True, related_name="first_promise")
    first = models.DateField()
    last = models.DateField()
    made_at = models.DateTimeField()
    check_at = models.DateTimeField(null=True)
    """When to look whether an order still stands in the shop; None once that is settled."""

    objects = FirstPromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["check_at"], name="promise_check", condition=Q(check_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.first:%F} to {self.last:%F}"
