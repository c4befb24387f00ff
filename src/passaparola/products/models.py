"""What the shop sells, and how to care for it."""

from django.db import models

from passaparola.stores.models import Store


class Product(models.Model):
    """A product as its source last described it, with the shop's own care notes."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="products")
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    category = models.CharField(max_length=120, blank=True)
    tags = models.JSONField(default=list)
    image_url = models.CharField(max_length=1000, blank=True)
    page_url = models.CharField(max_length=1000, blank=True)
    variants = models.JSONField(default=list)
    """What one can have now, in the words of the shop system: `["sage", "milk"]`; empty where it does not tell."""
    is_published = models.BooleanField(default=True)
    deleted_at = models.DateTimeField(null=True)
    version = models.CharField(max_length=120)
    care_it = models.TextField(blank=True)
    """Care notes as plain paragraphs, written in the office, per language."""
    care_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "source", "external_id"], name="product_once")
        ]
        indexes = [models.Index(fields=["store", "category"], name="product_category")]

    def __str__(self) -> str:
        return self.title
