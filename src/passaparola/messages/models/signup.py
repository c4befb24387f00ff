"""Somebody who asked for news on the shop's site, and whether it was really them."""

from django.db import models

from passaparola.customers.models import Customer
from passaparola.stores.models import Store


class SignUp(models.Model):
    """A wish to hear from the shop. It counts only once it was confirmed from the address itself."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="signups", db_index=False)
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=5)
    wording = models.CharField(max_length=500)
    """The sentence that stood beside the field."""
    page = models.CharField(max_length=300, blank=True)
    """Where the form stood."""
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="signups")

    class Meta:
        indexes = [models.Index(fields=["store", "email"], name="signup_email")]

    def __str__(self) -> str:
        return self.email
