"""What was bought, sent and given back, as the shop system tells it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from passaparola.customers.models import Customer, Identity
from passaparola.kernel.database.words import has_beginnings, words_index
from passaparola.stores.models import Store

CLOSED = "~erased"
"""The version of an order whose person was erased: it is greater than any other, so that no news brings them back."""


class OrderQuerySet(models.QuerySet["Order"]):
    def real(self) -> "OrderQuerySet":
        """Orders we really know: no stubs, none deleted at the source."""
        return self.filter(placed_at__isnull=False, deleted_at=None)

    def to_ship(self) -> "OrderQuerySet":
        """What no carrier has anything of yet. Imported ones are left out: files rarely say what was sent."""
        return self.real().filter(shipped_at=None, delivered_at=None, cancelled_at=None, is_history=False)

    def under_way(self) -> "OrderQuerySet":
        return self.real().filter(shipped_at__isnull=False, delivered_at=None, cancelled_at=None)

    def delivered(self) -> "OrderQuerySet":
        return self.real().filter(delivered_at__isnull=False)

    def cancelled(self) -> "OrderQuerySet":
        return self.real().filter(cancelled_at__isnull=False)

    def with_words(self, text: str) -> "OrderQuerySet":
        """Those in which words begin as typed, all of them: number, names, e-mail, city, postcode, phone."""
        return self.filter(has_beginnings(text, "search"))

    def placed_by_day(self, *, zone: ZoneInfo, since: datetime, until: datetime) -> list[tuple[date, int]]:
        """Count what was bought per day there, cancelled orders left out."""
        days = (
            self.real()
            .filter(placed_at__gte=since, placed_at__lt=until, cancelled_at=None, is_test=False)
            .annotate(day=TruncDate("placed_at", tzinfo=zone))
            .values("day")
            .annotate(n=models.Count("pk"))
            .order_by("day")
        )
        return [(row["day"], row["n"]) for row in days]


class Order(models.Model):
    """One order. A stub (`placed_at` is None) holds the place of one we have only heard of.

    `version` orders what the source said: the greatest wins, whichever arrives first.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="orders")
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    version = models.CharField(max_length=120, default="", db_collation="C")
    number = models.CharField(max_length=60, blank=True)
    identity = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="orders")
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="orders")
    placed_at = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    total = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    subtotal = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    shipping = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    tax = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    discount = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    payment_state = models.CharField(max_length=20, blank=True)
    payment_method = models.CharField(max_length=120, blank=True)
    paid_at = models.DateTimeField(null=True)
    """The earliest time at which any version was paid."""
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    cancelled_first_at = models.DateTimeField(null=True)
    """As `cancelled_at`, but staying when the shop takes the cancellation back."""
    deleted_at = models.DateTimeField(null=True)
    is_test = models.BooleanField(default=False)
    is_history = models.BooleanField(default=False)
    """First known from an import: nothing is sent about it by itself."""
    language = models.CharField(max_length=5, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    discount_codes = models.JSONField(default=list)
    shipping_method = models.CharField(max_length=200, blank=True)
    shipping_address = models.JSONField(default=dict)
    billing_address = models.JSONField(default=dict)
    search = models.CharField(max_length=700, blank=True, default="")
    """Lower case: number, names, addresses; what the office's search box looks through."""
    shipped_at = models.DateTimeField(null=True)
    """When the carrier really had the first parcel."""
    delivered_at = models.DateTimeField(null=True)
    """When the last parcel of all that was ordered had arrived."""
    page_version = models.PositiveIntegerField(default=0)
    """Counts up with everything the customer's page shows; a page kept under this number is fresh."""
    link_epoch = models.PositiveIntegerField(default=0, db_default=0)
    """Counts up when the links sent so far are taken back; a link opens the order only under its own number."""
    recorded_at = models.DateTimeField(db_default=Now())

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "source", "external_id"], name="order_once")]
        indexes = [
            models.Index(fields=["store", "-placed_at"], name="order_recent"),
            models.Index(fields=["customer", "-placed_at"], name="order_customer"),
            models.Index(fields=["store", "number"], name="order_number"),
            # What is counted per day, without reading the orders themselves.
            models.Index(
                fields=["store", "placed_at"],
                name="order_counted",
                condition=Q(placed_at__isnull=False, deleted_at=None, cancelled_at=None, is_test=False),
            ),
            words_index("search", name="order_words"),
            models.Index(
                fields=["store", "placed_at"],
                name="order_under_way",
                condition=Q(delivered_at=None, cancelled_at=None, deleted_at=None, is_history=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.external_id


class Line(models.Model):
    """One thing bought, so many of it, as the order stands now."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    external_id = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    product_external_id = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300)
    variant = models.CharField(max_length=200, blank=True)
    sku = models.CharField(max_length=120, blank=True)
    image_url = models.CharField(max_length=1000, blank=True)
    quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    total = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    discount = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    tax = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    needs_shipping = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "external_id"], name="line_once")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class Fulfilment(models.Model):
    """What the shop says it sent. Whether the carrier really has it is told by `tracking`."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="fulfilments")
    external_id = models.CharField(max_length=120)
    version = models.CharField(max_length=120, default="", db_collation="C")
    made_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)
    carrier = models.CharField(max_length=120, blank=True)
    service = models.CharField(max_length=120, blank=True)
    numbers = models.JSONField(default=list)
    urls = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    """`[{"line": external id, "quantity": 2}]`: ids, not keys, since the line may come later."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "external_id"], name="fulfilment_once")]

    def __str__(self) -> str:
        return self.external_id


class Refund(models.Model):
    """Money given back."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="refunds")
    external_id = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=16, decimal_places=4)
    reason = models.CharField(max_length=300, blank=True)
    parts = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "external_id"], name="refund_once")]

    def __str__(self) -> str:
        return self.external_id


class ImportRun(models.Model):
    """One file of orders being imported: how far it is, so that it goes on there after a stop."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="import_runs")
    source = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file: an unfinished run is taken up only by the very same one."""
    lines = models.JSONField(default=list)
    """One a share of the file: everything of that share before this line is dealt with."""
    orders = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "source", "digest"],
                name="import_under_way_once",
                condition=Q(finished_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%F %R}"
