"""One customer in one journey."""

from django.db import models
from django.db.models import Q

from passaparola.customers.models import Customer
from passaparola.journeys.models.journey import Journey, Version
from passaparola.orders.models import Order
from passaparola.stores.models import Store

OPEN = Q(ended_at=None)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def under_way(self) -> "EnrolmentQuerySet":
        return self.filter(OPEN, held_out_at=None)

    def of_customer(self, customer: Customer) -> "EnrolmentQuerySet":
        return self.filter(store=customer.store_id, customer__in=customer.all_ids())


class Enrolment(models.Model):
    """Where somebody stands in a journey. The times are the states; `path` is how they came there."""

    store = models.ForeignKey(Store, models.CASCADE, db_index=False)
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="enrolments", db_index=False)
    # No index holds what a step changes (its time stands in `Due`), so a step stays on its page and no index is
    # written. Each that is spared makes entering cheaper; who is in a version is asked by journey.
    version = models.ForeignKey(Version, models.CASCADE, related_name="enrolments", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    """The person."""
    row_id = models.BigIntegerField()
    """The record that the event spoke of: says whose this is after a merge and after its undoing."""
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="+")
    parcel_id = models.BigIntegerField(null=True)
    event_key = models.CharField(max_length=200)
    """What started it."""
    data = models.JSONField(default=dict)
    entry_key = models.CharField(max_length=230)
    """Unique in the journey: makes sure that nobody enters twice for the same reason."""
    position = models.CharField(max_length=40, blank=True)
    since_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    waits_for = models.CharField(max_length=400, blank=True, db_default="")
    """Kinds of events that end the waiting early, with commas around each."""
    hops = models.PositiveIntegerField(db_default=0)
    """Steps left so far: names what each of them asked for."""
    begun_at = models.DateTimeField()
    """When what started it happened."""
    entered_at = models.DateTimeField()
    held_out_at = models.DateTimeField(null=True)
    """Left alone, to see what the journey is worth."""
    goal_until = models.DateTimeField(null=True)
    goal_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, db_default="")
    path = models.JSONField(default=list)
    """`[[step, way, time], …]`."""

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journey", "entry_key"], name="enrolment_once")]
        indexes = [
            models.Index(fields=["customer", "journey"], name="enrolment_customer"),
            models.Index(fields=["journey", "-entered_at"], name="enrolment_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.journey_id}: {self.customer_id} at {self.position or 'the end'}"
