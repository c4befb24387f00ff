"""WooCommerce's products."""

from collections.abc import Mapping
from datetime import datetime
from itertools import product
from math import prod
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.woocommerce.line import in_words
from passaparola.orders.connectors.woocommerce.times import read_time
from passaparola.orders.facts import Facts
from passaparola.products.facts import ProductFacts

MOST_VARIANTS = 100


def product_changed(payload: Mapping[str, Any], seen_at: datetime) -> Facts:
    own_id = _id(payload)
    if reading.text(payload.get("type")) == "variation":
        return Facts(note=f"Product {own_id} is a variation; its product tells what we need.")
    facts = ProductFacts(
        external_id=own_id,
        title=in_words(payload.get("name") or payload.get("title")),
        category=next(filter(None, _names(payload.get("categories"))), ""),
        tags=tuple(dict.fromkeys(filter(None, _names(payload.get("tags"))))),
        image_url=next(filter(None, _images(payload)), ""),
        page_url=reading.web_address(payload.get("permalink")),
        variants=_variants(payload),
        is_published=reading.text(payload.get("status")) in {"", "publish"},
        updated_at=read_time(payload, "date_modified") or reading.time(payload.get("updated_at")) or seen_at,
    )
    return Facts(products=(facts,))


def product_deleted(payload: Mapping[str, Any], seen_at: datetime) -> Facts:
    facts = ProductFacts(
        external_id=_id(payload), title="", is_published=False, deleted_at=seen_at, updated_at=seen_at
    )
    return Facts(products=(facts,))


def _id(payload: Mapping[str, Any]) -> str:
    own_id = reading.identity(payload.get("id"))
    if not own_id:
        raise UnreadableError("The product has no id.")
    return own_id


def _names(value: Any) -> list[str]:
    """Objects with a name today, plain names in the legacy API."""
    if type(value) is not list:
        return []
    return [in_words(item.get("name") if type(item) is dict else item) for item in value]


def _variants(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """What can be chosen: `blue, M`, as `line._variant` writes it.

    WooCommerce tells a product's options, and of its variations only the ids, so some of what is put together
    here may not be for sale; past `MOST_VARIANTS` nothing is said.
    """
    options = [
        reading.texts([in_words(option) for option in _list(attribute.get("options"))])
        for attribute in reading.many(payload.get("attributes"))
        if attribute.get("variation") is True
    ]
    if not all(options) or prod(map(len, options)) > MOST_VARIANTS:
        return ()
    return tuple(filter(None, (", ".join(chosen) for chosen in product(*options))))


def _list(value: Any) -> list[Any]:
    return value if type(value) is list else []


def _images(payload: Mapping[str, Any]) -> list[str]:
    return [reading.web_address(image.get("src")) for image in reading.many(payload.get("images"))]
