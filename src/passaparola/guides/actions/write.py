"""Writing guides and product sheets."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from passaparola.guides.models import Guide, ProductSheet
from passaparola.guides.rules.markup import html_of
from passaparola.products.models import Product


def save(guide: Guide, *, now: datetime) -> Guide:
    """Keep a guide as it was typed, and the clean HTML made of it."""
    guide.html_it, guide.html_en = html_of(guide.text_it), html_of(guide.text_en)
    guide.changed_at = now
    guide.save()
    return guide


def publish(guide: Guide, *, is_published: bool, now: datetime) -> None:
    """Show it to customers, or take it back."""
    guide.published_at = (guide.published_at or now) if is_published else None
    guide.save(update_fields=["published_at"])


@transaction.atomic
def save_sheet(sheet: ProductSheet, *, related: Iterable[Product], now: datetime) -> None:
    sheet.changed_at = now
    sheet.save()
    sheet.related.set(related)
