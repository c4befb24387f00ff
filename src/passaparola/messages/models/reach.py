"""Where people can be reached beside e-mail, what messages there cost, and what was told too early."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from passaparola.customers.models import Customer
from passaparola.kernel.secrets import EncryptedField
from passaparola.stores.models import Store


class Reach(models.Model):
    """One address of one person on one channel: a chat, a browser, a phone that has written to us.

    Phones that never wrote need no row: they are known from orders.
    """

    store = models.ForeignKey(Store, models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="reaches")
    """None while nobody knows who writes from there."""
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    keys = EncryptedField(blank=True)
    """JSON of what a browser gave: `endpoint`, `p256dh`, `auth`."""
    heard_at = models.DateTimeField(null=True)
    """When this person last wrote there: opens WhatsApp's window of 24 hours."""
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    """They closed it: blocked the bot, took back the permission."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["store", "channel", "address"], name="reach_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.address}"


class Price(models.Model):
    """What one part of a message costs a shop, in its currency: the most precise line counts."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="message_prices", db_index=False)
    channel = models.CharField(max_length=20)
    country = models.CharField(max_length=2, blank=True)
    """ISO 3166 of the number; empty for all others."""
    category = models.CharField(max_length=30, blank=True)
    """What the provider charges it as (`utility`, `marketing`); empty for all others."""
    amount = models.DecimalField(max_digits=9, decimal_places=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "channel", "country", "category"], name="price_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.country} {self.category}: {self.amount}"


class EarlyWord(models.Model):
    """A provider's word about a message whose name we had not written down yet. It waits there for a moment."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=100)
    step = models.CharField(max_length=10)
    at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)
    is_dead_address = models.BooleanField(default=False)
    category = models.CharField(max_length=30, blank=True)
    is_free = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "channel", "provider_id", "step"], name="early_word_once"
            )
        ]
        indexes = [models.Index(fields=["kept_at"], name="early_word_age")]

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.step}"
