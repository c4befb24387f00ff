"""Everything promised, until when, and what became of it; and what the shop promises as a rule."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from passaparola.customers.models import Customer
from passaparola.orders.models import Order
from passaparola.promises.kind import PromiseKind, kind_of
from passaparola.promises.rules.outcome import Outcome, outcome
from passaparola.stores.models import Member, Store

OPEN = Q(kept_at=None, forgiven_at=None, withdrawn_at=None)
"""Not come true, and nobody has let it go."""
IN_PERSON = Q(said_in__in=("reply", "phone", "standard"))


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> "PromiseQuerySet":
        return self.filter(OPEN)

    def broken(self) -> "PromiseQuerySet":
        """Those whose time has passed and that still wait."""
        return self.open().filter(broken_at__isnull=False)

    def pressing(self) -> "PromiseQuerySet":
        """Those that somebody has to see to: broken, endangered, or one of us owes in person."""
        return self.open().filter(Q(broken_at__isnull=False) | Q(endangered_at__isnull=False) | IN_PERSON)

    def in_person(self) -> "PromiseQuerySet":
        """Those that one of us said or owes as a rule, and that nobody but us can keep."""
        return self.open().filter(IN_PERSON)

    def due_within(self, span: timedelta, *, now: datetime) -> "PromiseQuerySet":
        return self.open().filter(broken_at=None, due_at__gt=now, due_at__lte=now + span)


class Promise(models.Model):
    """One promise to one person. The times are the states; `key` makes promising twice harmless.

    `kept_at` is when it came true, in time or not; `broken_at` is its due time once that passed without it.
    A promise that follows from an order is derived from that order's rows, again and again.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="promises", db_index=False)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    """A folder of `kinds/`."""
    words = models.JSONField(default=dict)
    """What was said, by language; empty where the kind's own words say it."""
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="promises", db_index=False)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, related_name="promises", db_index=False
    )
    subject_id = models.BigIntegerField(null=True)
    """The row it is about, where the key says of what: a parcel, a return, a case."""
    said_in = models.CharField(max_length=10, default="page")
    """`page`, `mail`, `reply` or `phone`; `standard` where nobody said it and the shop does so as a rule."""
    evidence = models.CharField(max_length=2000, blank=True, default="")
    """The sentence in which one of us said it."""
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+", db_index=False)
    """Who sees to it; None: everybody."""
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    risk = models.FloatField(default=0)
    """The probability of a breach, 0 to 1, as last told."""
    endangered_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    forgiven_at = models.DateTimeField(null=True)
    forgiven_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+", db_index=False)
    forgiven_why = models.CharField(max_length=300, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    """When its breach was told to the world."""
    check_at = models.DateTimeField(null=True)
    """When to look at it next; None once there is nothing to wait for."""
    is_history = models.BooleanField(default=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="promise_once")]
        indexes = [
            # The sweep sees only what waits: its cost does not grow with what was ever promised.
            models.Index(fields=["check_at"], name="promise_due", condition=Q(check_at__isnull=False)),
            models.Index(fields=["store", "due_at"], name="promise_open", condition=OPEN),
            models.Index(
                fields=["store", "due_at"],
                name="promise_pressing",
                condition=OPEN & (Q(broken_at__isnull=False) | Q(endangered_at__isnull=False)),
            ),
            models.Index(fields=["store", "due_at"], name="promise_in_person", condition=OPEN & IN_PERSON),
            models.Index(fields=["order"], name="promise_order", condition=Q(order__isnull=False)),
            models.Index(fields=["customer"], name="promise_customer", condition=Q(customer__isnull=False)),
            models.Index(fields=["store", "kind", "due_at"], name="promise_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_at:%F %R}"

    @property
    def about(self) -> PromiseKind:
        return kind_of(self.kind)

    @property
    def follows(self) -> bool:
        """It is derived from its order's rows: nobody can say that it came true but they."""
        return self.kind == "new_date" or self.key == f"{self.kind}:order:{self.order_id}"

    @property
    def outcome(self) -> Outcome:
        return outcome(
            due_at=self.due_at,
            kept_at=self.kept_at,
            broken_at=self.broken_at,
            let_go_at=self.forgiven_at or self.withdrawn_at,
            endangered_at=self.endangered_at,
        )


class Standard(models.Model):
    """What the shop promises as a rule for one kind: the unit is the kind's."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="standards")
    kind = models.CharField(max_length=40)
    amount = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "kind"], name="standard_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.amount}"


class OpeningHours(models.Model):
    """When somebody is there. A shop without a row is open as most are (`rules.opening.USUAL`)."""

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="opening_hours")
    week = models.JSONField(default=list)
    """Seven days from Monday, each a list of `["09:00", "13:00"]`."""
    closed = models.JSONField(default=list)
    """Days on which the shop is closed beside the holidays of its country: `2026-08-14`."""

    def __str__(self) -> str:
        return f"hours of {self.store_id}"
