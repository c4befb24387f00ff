"""What is said to customers, and what became of it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from passaparola.customers.models import Customer
from passaparola.messages import reasons
from passaparola.messages.kind import KINDS, kind_of
from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel

WAITING = Q(sent_at=None, dropped_at=None, failed_at=None)


class MessageQuerySet(models.QuerySet["Message"]):
    def of_customer(self, customer: Customer) -> "MessageQuerySet":
        """Everything said, or not said, to this person, the newest first."""
        theirs = self.filter(store=customer.store_id, customer__in=customer.all_ids())
        to_others = [
            key for key, kind in KINDS.items() if kind.goes_to_others
        ]  # a friend's, about their order
        return theirs.exclude(kind__in=to_others).order_by("-asked_at", "-id")

    def of_order(self, order: Order) -> "MessageQuerySet":
        return self.filter(order=order).order_by("-id")

    def waiting(self) -> "MessageQuerySet":
        return self.filter(WAITING)

    def in_state(self, state: str) -> "MessageQuerySet":
        """Return those in one of the `Message.state` words; everything for an unknown word."""
        conditions = {
            "sent": Q(sent_at__isnull=False),
            "dropped": Q(dropped_at__isnull=False, merged_into=None),
            "merged": Q(dropped_at__isnull=False, merged_into__isnull=False),
            "failed": Q(failed_at__isnull=False),
            "sending": WAITING & Q(claimed_at__isnull=False),
            "deferred": WAITING & Q(claimed_at=None, deferred_at__isnull=False),
            "asked": WAITING & Q(claimed_at=None, deferred_at=None),
            "uncertain": Q(uncertain_at__isnull=False),
        }
        return self.filter(conditions[state]) if state in conditions else self

    def search(self, words: str) -> "MessageQuerySet":
        """Find by address, order number or name, as the office's search box does."""
        found = self
        for word in words.lower().split():
            found = found.filter(Q(to_address__icontains=word) | Q(order__search__contains=word))
        return found

    def for_list(self) -> "MessageQuerySet":
        """Return what the office's list shows, the newest first, in one statement."""
        return self.select_related("order", "customer").defer("data", "order__note").order_by("-id")


class Message(models.Model):
    """One thing to be said to one person over one channel, and what became of it.

    Nothing is ever thrown away in silence: every row is sent, waits for a stated time, or ended with a
    stated reason. The times are the states; `key` makes asking twice harmless.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="messages", db_index=False)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="messages")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="messages")
    parcel = models.ForeignKey(Parcel, models.SET_NULL, null=True, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    """A folder of `kinds/`."""
    purpose = models.CharField(max_length=20)
    channel = models.CharField(max_length=20, default="email")
    to_address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5)
    data = models.JSONField(default=dict)
    """What the event told and no row keeps, such as the new date of a delay."""
    template_id = models.BigIntegerField(null=True)
    """The shop's own texts, to be used in place of the kind's."""
    asked_by = models.CharField(max_length=60, blank=True, db_default="")
    """Who asked: `journey:12`, `campaign:5`, `return:7`; empty for what every order brings."""
    fallback = models.CharField(max_length=40, blank=True)
    """The kind to send instead where an offer may not be made: nobody stays without a confirmation."""

    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """When to look at it next: at first `not_before`, later the time it was deferred to."""
    deferred_at = models.DateTimeField(null=True)
    claimed_by = models.BigIntegerField(null=True)
    """The worker that is handing it over right now; named by the advisory lock that it holds."""
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(db_default=0)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    uncertain_at = models.DateTimeField(null=True)
    """A worker or a connection died between handing over and the answer: it may have been sent twice."""
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged", db_index=False)
    """The message in whose letter this one is told as well."""
    reason = models.CharField(max_length=40, blank=True)
    reason_data = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200, blank=True, db_default="")
    template_version = models.CharField(max_length=20, blank=True, db_default="")
    subject = models.CharField(max_length=300, blank=True, db_default="")
    """As it was sent."""

    provider_id = models.CharField(max_length=100, blank=True, db_default="")
    """What the other side calls it, on channels that tell what became of it."""
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    undelivered_at = models.DateTimeField(null=True)
    """The other side had taken it and could not bring it."""
    units = models.PositiveSmallIntegerField(db_default=0)
    """How many parts it was charged as."""
    cost = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    """In the store's currency; None where it costs nothing or nobody knows."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="message_once")]
        indexes = [
            # The hot loop sees only what waits: its cost does not grow with what was ever sent.
            models.Index(fields=["due_at", "id"], name="message_due", condition=WAITING & Q(claimed_at=None)),
            models.Index(
                fields=["claimed_at"], name="message_claimed", condition=Q(claimed_at__isnull=False)
            ),
            # Channels that shops connect are looked after one account at a time, and mails would be in the way.
            models.Index(
                fields=["store", "channel", "due_at", "id"],
                name="message_due_elsewhere",
                condition=WAITING & Q(claimed_at=None) & ~Q(channel="email"),
            ),
            models.Index(
                fields=["store", "channel", "sent_at"],
                name="message_sent_elsewhere",
                condition=Q(sent_at__isnull=False) & ~Q(channel="email"),
            ),
            models.Index(fields=["provider_id"], name="message_provider", condition=~Q(provider_id="")),
            # What was said to a person, for the caps; what belongs to orders is never counted and costs nothing.
            models.Index(
                fields=["customer", "-sent_at"],
                name="message_said",
                condition=Q(sent_at__isnull=False) & ~Q(purpose="transactional"),
            ),
            models.Index(
                fields=["merged_into"], name="message_merged", condition=Q(merged_into__isnull=False)
            ),
            # What we wanted of people, for the effect of a policy and for figures.
            models.Index(
                fields=["store", "asked_at"], name="message_wanted", condition=~Q(purpose="transactional")
            ),
            models.Index(fields=["store", "-id"], name="message_newest"),
            models.Index(
                fields=["store", "-id"], name="message_trouble", condition=Q(failed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_address}"

    @property
    def state(self) -> str:
        """One word: `sent`, `merged`, `dropped`, `failed`, `sending`, `deferred` or `asked`."""
        if self.dropped_at and self.merged_into_id:
            return "merged"
        for state in ("sent", "dropped", "failed"):
            if getattr(self, f"{state}_at"):
                return state
        if self.claimed_at:
            return "sending"
        return "deferred" if self.deferred_at else "asked"

    @property
    def reader_id(self) -> int | None:
        """The customer who reads it; None where it goes to somebody else, if only about a customer's order."""
        kind = kind_of(self.kind)
        return None if kind and kind.goes_to_others else self.customer_id

    @property
    def settled_at(self) -> datetime | None:
        """When it was sent or given up; None while it waits."""
        return self.sent_at or self.dropped_at or self.failed_at

    def why(self, language: str) -> str:
        """Return the reason of its state as one plain sentence; empty where there is nothing to explain."""
        return reasons.sentence(self.reason, self.reason_data, language) if self.reason else ""
