"""A person, the keys they are known by, and the merges that made several into one."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from passaparola.kernel.database.words import has_beginnings, words_index
from passaparola.stores.models import Member, Store

WORDS = ("first_name", "last_name", "email", "phone")
"""What the office's search box looks through."""


class CustomerQuerySet(models.QuerySet["Customer"]):
    def people(self) -> "CustomerQuerySet":
        """One row per person: those merged into another are left out."""
        return self.filter(merged_into=None)

    def with_words(self, text: str) -> "CustomerQuerySet":
        """Those in whose name or address words begin as typed, all of them."""
        return self.filter(has_beginnings(text, *WORDS))

    def reached_at(self, value: str) -> "CustomerQuerySet":
        """Those who used exactly this e-mail address or phone number at least once."""
        return self.filter(contacts__value=value.strip().lower())


class Customer(models.Model):
    """One person, or one of the rows that turned out to be the same person (`merged_into`).

    The columns are the best of what all sources said; `known` keeps, per field, the version and the value
    that this very row was told, so that nothing depends on arrival order and every merge can be undone.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="customers")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    known = models.JSONField(default=dict)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, blank=True)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    birthday = models.CharField(max_length=5, blank=True, db_default="")
    """Month and day, `03-21`, where they told us. The year is nobody's business: a card needs none."""
    tags = models.JSONField(default=list)
    accepts_marketing = models.BooleanField(null=True)
    """E-mail marketing as the shop system last told it; None: nobody said."""
    consent_at = models.DateTimeField(null=True)
    consent_source = models.CharField(max_length=120, blank=True)
    orders_count = models.PositiveIntegerField(default=0)
    spent = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    """In the store's currency, cancelled orders left out, refunds deducted."""
    first_order_at = models.DateTimeField(null=True)
    last_order_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True)

    objects = CustomerQuerySet.as_manager()
    _merged: list[int] | None = None

    class Meta:
        indexes = [
            models.Index(fields=["store", "-last_order_at"], name="customer_recent"),
            # Answers for thousands whether somebody among them is erased, without reading one of them.
            models.Index(fields=["id"], name="customer_erased", condition=Q(erased_at__isnull=False)),
            words_index(*WORDS, name="customer_words"),
            models.Index(fields=["store", "birthday"], name="customer_birthday", condition=~Q(birthday="")),
            models.Index(
                fields=["merged_into"], name="customer_merged", condition=Q(merged_into__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or "?"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def all_ids(self) -> list[int]:
        """Return the ids under which the log may speak of this person, asked once: a page needs them many times."""
        if self._merged is None:
            self._merged = list(Customer.objects.filter(merged_into=self.pk).values_list("pk", flat=True))
        return [self.pk, *self._merged]

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._merged = None


class Identity(models.Model):
    """A key by which a source names a person: `account:shopify:7`, `email:giulia@…`, `phone:+39…`.

    It stays with the row it was born with (`customer`); merging links rows, never moves keys.
    """

    store = models.ForeignKey(Store, models.CASCADE)
    key = models.CharField(max_length=330)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="identities", null=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="identity_once")]

    def __str__(self) -> str:
        return self.key


class Contact(models.Model):
    """An address or number a person used at least once. For finding people; proves nothing by itself."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=5)
    value = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "value"], name="contact_once")]
        indexes = [models.Index(fields=["value"], name="contact_value")]

    def __str__(self) -> str:
        return self.value


class Merge(models.Model):
    """Two rows are one person, says the reason; undone, it is never made again by itself."""

    store = models.ForeignKey(Store, models.CASCADE)
    one = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    other = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=40)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="merge_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="merge_in_order"),
        ]
        indexes = [models.Index(fields=["other"], name="merge_other")]

    def __str__(self) -> str:
        return f"{self.one_id} = {self.other_id}"


class PrivacyRequest(models.Model):
    """A person's (or the shop's) request to see or erase data, as the shop system passed it on."""

    store = models.ForeignKey(Store, models.CASCADE)
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    customer_external_id = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    order_ids = models.JSONField(default=list)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "source", "external_id"], name="privacy_request_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def waiting(self) -> "ErasureQuerySet":
        return self.filter(done_at=None, cancelled_at=None)


class Erasure(models.Model):
    """The wish to be forgotten, when it is carried out, and what was erased then: the certificate."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="erasures")
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="erasures")
    asked_by = models.CharField(max_length=20)
    """`customer`, `shop` (its system passed it on) or `team`."""
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    """Rows changed, by part."""

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], name="erasure_waits_once", condition=Q(done_at=None, cancelled_at=None)
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="erasure_due", condition=Q(done_at=None, cancelled_at=None))
        ]

    def __str__(self) -> str:
        return f"erasure of {self.asked_at:%F}"
