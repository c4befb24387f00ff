"""Products in our own format."""

from datetime import datetime

from passaparola.orders.connectors.custom.given import Given
from passaparola.products.facts import ProductFacts


def read_product(product: Given, sent_at: datetime) -> ProductFacts:
    return ProductFacts(
        external_id=product.required("id", product.id),
        title=product.required("title", product.text),
        category=product.text("category"),
        tags=product.texts("tags"),
        image_url=product.link("image_url"),
        page_url=product.link("page_url"),
        variants=product.texts("variants"),
        is_published=product.flag("is_published") is not False,
        deleted_at=product.time("deleted_at"),
        updated_at=product.time("updated_at") or sent_at,
    )
