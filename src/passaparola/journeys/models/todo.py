"""What a journey asks a person of the team to do."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from passaparola.customers.models import Customer
from passaparola.journeys.models.enrolment import Enrolment
from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store

OPEN_TODO = Q(done_at=None, withdrawn_at=None)


class ToDoQuerySet(models.QuerySet["ToDo"]):
    def open(self) -> "ToDoQuerySet":
        return self.filter(OPEN_TODO)

    def wanted(self, now: datetime) -> "ToDoQuerySet":
        """Those that it still makes sense to do, for somebody who is there, about an order that is."""
        is_of_use = Q(lapses_at=None) | Q(lapses_at__gt=now)
        gone = Q(order__deleted_at__isnull=False)
        return self.open().filter(is_of_use, customer__erased_at=None).exclude(gone)

    def due(self, now: datetime) -> "ToDoQuerySet":
        return self.wanted(now).filter(due_at__lte=now)


class ToDo(models.Model):
    """One call to make, one card to write, for one customer."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="todos", db_index=False)
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="todos")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="todos")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="todos")
    key = models.CharField(max_length=200)
    task = models.CharField(max_length=20)
    """`call`, `write`, `card` or `check`."""
    words = models.JSONField(default=dict)
    """What to do, by language."""
    assignee = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    """How it went."""
    lapses_at = models.DateTimeField(null=True)
    """From then on it is of no use any more."""
    withdrawn_at = models.DateTimeField(null=True)
    """The journey was left before anybody did it."""

    objects = ToDoQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="todo_once")]
        indexes = [models.Index(fields=["store", "due_at"], name="todo_open", condition=OPEN_TODO)]

    def __str__(self) -> str:
        return f"{self.task} {self.customer_id}"

    def told(self, language: str) -> str:
        return str(self.words.get(language) or next(iter(self.words.values()), ""))
