"""A return, its pieces and its steps."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from passaparola.customers.models import Customer
from passaparola.orders.models import Line, Order, Refund
from passaparola.returns.rules.policy import Resolution, Way
from passaparola.returns.rules.states import WITHOUT_RESULT, State
from passaparola.stores.models import Member, Store

_LATEST_FIRST = (
    *("cancelled", "expired", "refused", "closed", "exchanged", "refunded", "inspected", "received"),
    *("travelling", "posted", "label_sent", "approved", "requested"),
)
CAME_TO_NOTHING = Q(refused_at__isnull=False) | Q(expired_at__isnull=False) | Q(cancelled_at__isnull=False)
OVER = CAME_TO_NOTHING | Q(closed_at__isnull=False)
UNDECIDED = Q(approved_at=None, refused_at=None, cancelled_at=None)
WAITS_FOR_US = Q(
    prepare_by__isnull=False, label_sent_at=None, posted_at=None, travelling_at=None, received_at=None
)
"""Approved, and the customer has nothing yet to send it with."""
SETTLED = Q(refunded_at__isnull=False) | Q(exchanged_at__isnull=False)


class ReturnQuerySet(models.QuerySet["Return"]):
    def standing(self) -> "ReturnQuerySet":
        """Those that count: not refused, expired or cancelled."""
        return self.exclude(CAME_TO_NOTHING)

    def undecided(self) -> "ReturnQuerySet":
        """Those that wait for a yes or no, the one promised first first."""
        return self.filter(UNDECIDED).order_by("decide_by", "pk")

    def to_prepare(self) -> "ReturnQuerySet":
        """Those whose customers wait for a label, a code or a day, the one promised first first."""
        return self.filter(WAITS_FOR_US).exclude(OVER | SETTLED).order_by("prepare_by", "pk")

    def to_come(self) -> "ReturnQuerySet":
        """Approved, with all that the customer needs to send it, and nothing of it is here."""
        found = self.filter(approved_at__isnull=False, received_at=None, is_kept=False)
        return found.exclude(OVER | SETTLED | WAITS_FOR_US)

    def to_inspect(self) -> "ReturnQuerySet":
        return self.filter(received_at__isnull=False, inspected_at=None).exclude(OVER | SETTLED)

    def to_settle(self) -> "ReturnQuerySet":
        """Those of which the customer waits for money or a new thing."""
        here = Q(inspected_at__isnull=False) | Q(is_kept=True)
        return (
            self.filter(here, approved_at__isnull=False).exclude(OVER | SETTLED).order_by("refund_by", "pk")
        )

    def over(self) -> "ReturnQuerySet":
        return self.filter(OVER | SETTLED)

    def for_list(self) -> "ReturnQuerySet":
        return self.select_related("order", "customer").prefetch_related("items__line")


class Return(models.Model):
    """One return: what somebody sends back at once, and what they get for it.

    Its times are its states; `Step` rows say who did what. `amount` is what goes back of what was paid:
    together with what the shop refunded it never exceeds that (checked by a trigger, too).
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="returns", db_index=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="returns")
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="returns")
    number = models.CharField(max_length=70)
    """As people say it: the order's number and a count, `BL-10240-R1`."""
    key = models.CharField(max_length=40)
    """Of the draft: filed twice, it is one return."""
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    """The earlier return that brought what now goes back."""
    is_withdrawal = models.BooleanField(default=False)
    is_history = models.BooleanField(default=False)
    """Brought along from before: its steps feed the numbers and trigger nothing."""
    language = models.CharField(max_length=5)
    currency = models.CharField(max_length=3)
    resolution = models.CharField(max_length=12)
    way = models.CharField(max_length=12)
    wants = models.CharField(max_length=300, blank=True)
    """The other colour, the other product, in the customer's words."""
    note = models.TextField(blank=True)
    is_our_doing = models.BooleanField(default=False)
    is_kept = models.BooleanField(default=False)
    """It need not come back."""
    policies = models.CharField(max_length=300, blank=True)
    """The names of the rules that held when it was filed."""
    send_days = models.PositiveSmallIntegerField(default=14)
    refund_days = models.PositiveSmallIntegerField(default=5)
    bonus_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    worth = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    shipping = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    fee = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    amount = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    bonus = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    refund = models.OneToOneField(Refund, models.SET_NULL, null=True, related_name="answers")
    """What the shop system says it gave back for it."""

    requested_at = models.DateTimeField()
    decide_by = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True)
    prepare_by = models.DateTimeField(null=True)
    """By when the customer has the label, the code or the day; None where they send it by themselves."""
    send_by = models.DateTimeField(null=True)
    label_sent_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    travelling_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    inspected_at = models.DateTimeField(null=True)
    refund_by = models.DateTimeField(null=True)
    refunded_at = models.DateTimeField(null=True)
    exchanged_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    check_at = models.DateTimeField(null=True)
    """When to look at it with no news coming: to remind, or to let it expire."""

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "key"], name="return_once"),
            models.UniqueConstraint(fields=["store", "number"], name="return_number"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & Q(fee__gte=0) & Q(bonus__gte=0) & Q(worth__gte=0),
                name="return_amounts",
            ),
            models.CheckConstraint(
                condition=Q(amount__lte=F("worth") + F("shipping")), name="return_no_gift"
            ),
            models.CheckConstraint(
                condition=Q(refunded_at=None) | Q(exchanged_at=None), name="return_settled_once"
            ),
        ]
        indexes = [
            models.Index(fields=["store", "-requested_at"], name="return_newest"),
            models.Index(fields=["store", "decide_by"], name="return_undecided", condition=UNDECIDED),
            models.Index(fields=["store", "prepare_by"], name="return_to_prepare", condition=WAITS_FOR_US),
            models.Index(fields=["check_at"], name="return_check", condition=Q(check_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> State:
        """How far it is."""
        return next(State(name) for name in _LATEST_FIRST if getattr(self, f"{name}_at"))

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None or self.state in WITHOUT_RESULT

    @property
    def is_settled(self) -> bool:
        return self.refunded_at is not None or self.exchanged_at is not None

    @property
    def gives_money(self) -> bool:
        return Resolution(self.resolution).is_money

    @property
    def whole(self) -> object:
        """What the customer gets in money or credit."""
        return self.amount + self.bonus

    @property
    def due_at(self) -> datetime | None:
        """What we promised next."""
        if self.state is State.REQUESTED:
            return self.decide_by
        return self.prepare_by if self.waits_for_us else self.refund_by

    @property
    def waits_for_us(self) -> bool:
        """The customer can't send it before we have prepared the way."""
        return self.state is State.APPROVED and self.prepare_by is not None and not self.is_settled

    @property
    def goes_by(self) -> Way:
        return Way(self.way)


class Item(models.Model):
    """So many pieces of one line, why, and what we found."""

    filed = models.ForeignKey(Return, models.CASCADE, related_name="items")
    line = models.ForeignKey(Line, models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    worth = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    """Of all pieces, to the cent."""
    approved = models.PositiveIntegerField(null=True)
    """How many of them we take; None while nobody decided."""
    received = models.PositiveIntegerField(null=True)
    accepted = models.PositiveIntegerField(null=True)
    """How many were as they should be."""
    grade = models.CharField(max_length=12, blank=True)
    grade_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filed", "line"], name="item_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="item_some"),
            models.CheckConstraint(
                condition=Q(approved=None) | Q(approved__lte=F("quantity")), name="item_approved"
            ),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(accepted__lte=F("quantity")), name="item_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line.title}"

    @property
    def counts(self) -> int:
        """How many pieces go back, as far as we know."""
        known = (self.accepted, self.approved, self.quantity)
        return next(number for number in known if number is not None)


class Step(models.Model):
    """Who brought a return one step on, and when. `by` is None for the customer and for what we see ourselves."""

    filed = models.ForeignKey(Return, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    who = models.CharField(max_length=10)
    """`customer`, `team`, `carrier`, `shop` (its system) or `clock`."""
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.state} by {self.who}"
