"""Statements of withdrawal: what somebody declared, word for word, and when."""

from django.db import models
from django.db.models import Q

from passaparola.orders.models import Order
from passaparola.returns.models.filed import Return
from passaparola.stores.models import Member, Store


class StatementQuerySet(models.QuerySet["Statement"]):
    def lost(self) -> "StatementQuerySet":
        """Those that name no order of ours and nobody has looked after: they may still be right."""
        return self.filter(order=None, dealt_with_at=None)


class Statement(models.Model):
    """Kept as it was made, also where it names no order we know: to withdraw, a statement is all the law asks."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="withdrawals")
    filed = models.OneToOneField(Return, models.SET_NULL, null=True, related_name="statement")
    key = models.CharField(max_length=40)
    """Of the form: sent twice, it is one statement."""
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254)
    order_number = models.CharField(max_length=60)
    items = models.JSONField(default=list)
    """`[["Tazza Alba, sage", 2]]`; empty for the whole order."""
    words = models.TextField()
    """The statement, in the language it was made in."""
    language = models.CharField(max_length=5)
    stated_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    """The period was over by then; the shop may still be kind."""
    dealt_with_at = models.DateTimeField(null=True)
    dealt_with_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "key"], name="statement_once")]
        indexes = [
            models.Index(
                fields=["store", "stated_at"],
                name="statement_lost",
                condition=Q(order=None, dealt_with_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_number}, {self.stated_at:%F %R}"
