"""A case, the troubles it is made of, what was noted, and what was done to make it good again."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from passaparola.cases.rules.troubles import TROUBLES, Kind
from passaparola.customers.models import Customer
from passaparola.orders.models import Order
from passaparola.promises.models import Promise, PromiseQuerySet
from passaparola.stores.models import Member, Store


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def worst_first(self) -> "CaseQuerySet":
        return self.order_by("-rank", "opened_at", "pk")


class Case(models.Model):
    """One story of one order, or of one person where it is about none: never two at a time.

    `rank`, `severity` and `cause` follow from its troubles and are kept for the list.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="cases", db_index=False)
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="cases", db_index=False)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="cases", db_index=False)
    cause = models.CharField(max_length=40)
    """The kind of its worst trouble."""
    severity = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    """What is at stake, in the store's currency: the order's worth."""
    due_at = models.DateTimeField(null=True)
    """By when somebody should have seen to it."""
    rank = models.FloatField(default=0)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    """When somebody of the team last did something about it."""
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+", db_index=False)
    """None: it settled by itself."""
    ranked_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                name="case_once_an_order",
                condition=Q(closed_at=None, order__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["customer"],
                name="case_once_a_person",
                condition=Q(closed_at=None, order=None, customer__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["store", "-rank"], name="case_worst", condition=Q(closed_at=None)),
            models.Index(fields=["order"], name="case_order", condition=Q(order__isnull=False)),
            models.Index(fields=["customer"], name="case_customer", condition=Q(customer__isnull=False)),
            models.Index(
                fields=["store", "-closed_at"], name="case_closed", condition=Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def about(self) -> Kind:
        return TROUBLES.get(self.cause, TROUBLES["complaint"])

    def promises(self) -> PromiseQuerySet:
        """Those of the same order, or of the person where it is about none."""
        if self.order_id:
            return Promise.objects.filter(store=self.store_id, order=self.order_id)
        return Promise.objects.filter(store=self.store_id, order=None, customer=self.customer_id)


class TroubleQuerySet(models.QuerySet["Trouble"]):
    def open(self) -> "TroubleQuerySet":
        return self.filter(settled_at=None)


class Trouble(models.Model):
    """One thing that went wrong. `key` makes reporting twice harmless."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="troubles", db_index=False)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="troubles", db_index=False)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, related_name="troubles", db_index=False
    )
    severity = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    data = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="troubles", null=True)

    objects = TroubleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="trouble_once")]
        indexes = [
            models.Index(fields=["order"], name="trouble_order", condition=Q(settled_at=None)),
            models.Index(fields=["customer"], name="trouble_customer", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def about(self) -> Kind:
        return TROUBLES.get(self.kind, TROUBLES["complaint"])


class Note(models.Model):
    """What somebody of the team wrote about a case: for the team alone."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words[:40]


class Remedy(models.Model):
    """What was done for a customer in a case."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="remedies", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="remedies")
    kind = models.CharField(max_length=40)
    """A folder of `remedies/`."""
    amount = models.DecimalField(max_digits=16, decimal_places=4, default=Decimal(0))
    """What it costs the shop, in its currency."""
    code = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    granted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    """None: by itself, such as the sorry of a `delayed` mail."""
    granted_at = models.DateTimeField()
    tells = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # Saying sorry twice for one trouble is worse than once: the database itself forbids it.
            models.UniqueConstraint(
                fields=["case"], name="apology_once_a_case", condition=Q(kind="apologise")
            ),
        ]
        indexes = [models.Index(fields=["store", "granted_at"], name="remedy_granted")]

    def __str__(self) -> str:
        return self.kind


class RemedyBudget(models.Model):
    """What a shop may give away in a month to make things good again, and how much of it an agent alone."""

    store = models.OneToOneField(Store, models.CASCADE, primary_key=True, related_name="remedy_budget")
    monthly = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(100))
    agent_limit = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(15))
    """The most one member of customer care may grant at once."""

    def __str__(self) -> str:
        return f"budget of {self.store_id}"


class Claim(models.Model):
    """What was asked of a carrier for a parcel, and what came of it."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="claims")
    case = models.ForeignKey(Case, models.CASCADE, related_name="claims")
    parcel_id = models.BigIntegerField(null=True)
    carrier = models.CharField(max_length=60)
    asked = models.DecimalField(max_digits=16, decimal_places=4, default=Decimal(0))
    asked_at = models.DateTimeField()
    recovered = models.DecimalField(max_digits=16, decimal_places=4, default=Decimal(0))
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "parcel_id"], name="claim_once")]

    def __str__(self) -> str:
        return f"{self.carrier}: {self.asked}"
