"""The pictures of a mail's items."""

import pytest
from tests.cast import NOON

from passaparola.messages import letters
from passaparola.orders.models import Line, Order
from passaparola.products.models import Product
from passaparola.stores.models import Store


@pytest.fixture
def order(luna: Store) -> Order:
    order = Order.objects.create(store=luna, source="shopify", external_id="1", number="BL-1", placed_at=NOON)
    Line.objects.create(
        order=order, external_id="l1", product_external_id="p1", title="Piatto Luna", quantity=1
    )
    return order


def product(order: Order, image_url: str, source: str = "shopify") -> None:
    Product.objects.create(
        store=order.store, source=source, external_id="p1", title="Piatto", image_url=image_url, version="1"
    )


def shown(order: Order) -> str:
    return letters._lines([order.pk])[order.pk][0].image_url


def test_a_picture_comes_from_the_product_where_the_order_has_none(order: Order) -> None:
    product(order, "https://cdn.example/piatto.jpg")

    assert shown(order) == "https://cdn.example/piatto.jpg"


def test_the_orders_own_picture_goes_before_the_products(order: Order) -> None:
    product(order, "https://cdn.example/piatto.jpg")
    order.lines.update(image_url="https://cdn.example/sage.jpg")

    assert shown(order) == "https://cdn.example/sage.jpg"


@pytest.mark.parametrize(
    "hostile", ["http://cdn.example/a.jpg", "javascript:alert(1)", "", "data:image/png,x"]
)
def test_what_no_mail_program_should_load_is_left_out(order: Order, hostile: str) -> None:
    product(order, hostile)

    assert shown(order) == ""


def test_a_product_of_another_source_is_another_product(order: Order) -> None:
    product(order, "https://cdn.example/piatto.jpg", source="woocommerce")

    assert shown(order) == ""
