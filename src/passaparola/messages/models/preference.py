"""How somebody would like to be written to."""

from django.db import models

from passaparola.customers.models import Customer


class Preference(models.Model):
    """What one person chose for themselves. Consent is something else: this is how, that is whether."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="message_preference"
    )
    language = models.CharField(max_length=5, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    """Where they like to read us best, if they can be reached there; empty: as the shop likes."""
    frequency = models.CharField(max_length=20, blank=True)
    """`weekly` or `monthly`: at most one message that they did not need; empty: as the shop likes."""
    paused_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"preferences of {self.customer_id}"
