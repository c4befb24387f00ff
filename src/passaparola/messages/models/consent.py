"""What customers allowed us to say."""

from django.db import models

from passaparola.customers.models import Customer
from passaparola.messages import sources


class Consent(models.Model):
    """A yes or no to one purpose on one channel, with the words it was given to. The newest row counts.

    What the shop system tells of e-mail marketing stands in `Customer.accepts_marketing`; a row here,
    given to us directly, goes before it where it is newer.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    is_given = models.BooleanField()
    wording = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=120)
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["customer", "-said_at"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{'yes' if self.is_given else 'no'} to {self.purpose} by {self.channel}"

    @property
    def told_by(self) -> str:
        return sources.named(self.source)
