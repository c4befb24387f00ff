"""The verbs of products."""

from collections.abc import Sequence
from typing import Any

from passaparola.kernel.database import bulk
from passaparola.kernel.versions import version
from passaparola.products.facts import ProductFacts
from passaparola.products.models import Product

_COLUMNS = (
    *("title", "category", "tags", "image_url", "page_url", "variants", "is_published", "deleted_at"),
    "version",
)


def record(told: Sequence[tuple[int, str, ProductFacts]]) -> None:
    """Record what sources say of products (store, source, facts); the latest word wins."""
    rows = [_row(*one) for one in sorted(told, key=lambda one: _version(one[2]))]
    bulk.upsert(
        Product,
        rows,
        key=["store_id", "source", "external_id"],
        update=_COLUMNS,
        where="old.version < excluded.version",
    )


def _version(facts: ProductFacts) -> str:
    return version(facts.updated_at or facts.deleted_at, int(facts.deleted_at is not None), facts)


def _row(store_id: int, source: str, facts: ProductFacts) -> dict[str, Any]:
    return {
        "store_id": store_id,
        "source": source,
        "external_id": facts.external_id,
        "title": facts.title,
        "category": facts.category,
        "tags": list(facts.tags),
        "image_url": facts.image_url,
        "page_url": facts.page_url,
        "variants": list(facts.variants),
        "is_published": facts.is_published,
        "deleted_at": facts.deleted_at,
        "version": _version(facts),
        "care_it": "",
        "care_en": "",
    }
