"""Bottega Luna's guides: found with the things they are about, and written once."""

from datetime import UTC, datetime

from passaparola.demo.guides import write_guides
from passaparola.demo.world.goods import PRODUCTS
from passaparola.guides.models import Guide, ProductSheet
from passaparola.guides.queries import about_products, help_for
from passaparola.guides.rules.filling import unknown_names
from passaparola.products.models import Product
from passaparola.stores.models import Store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_everything_that_is_sold_has_its_care_and_its_sheet(luna: Store) -> None:
    for product in PRODUCTS:
        Product.objects.create(
            store=luna,
            source="shopify",
            external_id=product.key,
            title=product.title,
            category=product.category,
        )

    for _ in range(2):
        write_guides(luna, now=NOW)

    for product in Product.objects.filter(store=luna):
        assert [guide for guide in about_products([product], store=luna) if guide.kind == "care"], (
            product.title
        )
    assert ProductSheet.objects.count() == len(PRODUCTS)
    assert len(help_for(luna, "late")) >= 5


def test_they_are_written_once_and_leave_no_place_empty(luna: Store) -> None:
    write_guides(luna, now=NOW)
    first = Guide.objects.count()
    write_guides(luna, now=NOW)

    assert Guide.objects.count() == first
    for guide in Guide.objects.all():
        assert guide.published_at
        assert not unknown_names(f"{guide.text_it} {guide.text_en}")
        assert guide.html_it
        assert guide.html_en
