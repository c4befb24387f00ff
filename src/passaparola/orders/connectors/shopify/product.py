"""Shopify's products."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from passaparola.inbound import reading
from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.shopify.line import variant_name
from passaparola.orders.facts import Facts
from passaparola.products.facts import ProductFacts


def product_changed(product: Mapping[str, Any], seen_at: datetime, shop_domain: str) -> Facts:
    own_id = _id(product)
    is_active = reading.text(product.get("status")).lower() in {"", "active"}
    handle = reading.text(product.get("handle"))
    page_url = f"https://{shop_domain}/products/{quote(handle)}" if shop_domain and handle else ""
    facts = ProductFacts(
        external_id=own_id,
        title=reading.text(product.get("title")),
        category=_category(product),
        tags=reading.texts(product.get("tags")),
        image_url=_image(product),
        page_url=reading.web_address(page_url),
        variants=_variants(product),
        is_published=is_active and product.get("published_at", "unsaid") is not None,
        updated_at=reading.time(product.get("updated_at")) or seen_at,
    )
    return Facts(products=(facts,))


def product_deleted(product: Mapping[str, Any], seen_at: datetime) -> Facts:
    facts = ProductFacts(
        external_id=_id(product), title="", is_published=False, deleted_at=seen_at, updated_at=seen_at
    )
    return Facts(products=(facts,))


def _id(product: Mapping[str, Any]) -> str:
    own_id = reading.identity(product.get("id")) or reading.identity(product.get("admin_graphql_api_id"))
    if not own_id:
        raise UnreadableError("The product has no id.")
    return own_id


def _category(product: Mapping[str, Any]) -> str:
    """The shop's own word first; newer versions add a category of Shopify's taxonomy."""
    return reading.text(product.get("product_type")) or reading.text(
        reading.one(product.get("category")).get("name")
    )


def _variants(product: Mapping[str, Any]) -> tuple[str, ...]:
    named = (
        variant_name(reading.text(variant.get("title")))
        for variant in reading.many(product.get("variants"))
        if not _is_sold_out(variant)
    )
    return tuple(dict.fromkeys(filter(None, named)))


def _is_sold_out(variant: Mapping[str, Any]) -> bool:
    """Whether Shopify counts its pieces, has none left, and sells none that it has not."""
    is_counted = variant.get("inventory_management") is not None
    return (
        is_counted
        and reading.text(variant.get("inventory_policy")) == "deny"
        and reading.whole(variant.get("inventory_quantity"), 1) <= 0
    )


def _image(product: Mapping[str, Any]) -> str:
    first = reading.one(product.get("image")) or next(iter(reading.many(product.get("images"))), {})
    return reading.web_address(first.get("src"))
