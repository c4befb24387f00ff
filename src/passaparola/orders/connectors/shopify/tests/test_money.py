from decimal import Decimal
from typing import Any

from passaparola.orders.connectors.shopify.tests.deliveries import AT, order, read, read_order


def both(shop: str, seen: str) -> dict[str, Any]:
    return {
        "shop_money": {"amount": shop, "currency_code": "EUR"},
        "presentment_money": {"amount": seen, "currency_code": "CHF"},
    }


def swiss_order() -> dict[str, Any]:
    line = order()["line_items"][1] | {
        "price": "42.00",
        "price_set": both("42.00", "40.00"),
        "discount_allocations": [{"amount": "4.20", "amount_set": both("4.20", "4.00")}],
        "tax_lines": [],
    }
    shipping = {"title": "Corriere", "price": "6.90", "price_set": both("6.90", "6.50")}
    return order(
        presentment_currency="CHF",
        total_price="44.70",
        total_price_set=both("44.70", "42.50"),
        subtotal_price="37.80",
        subtotal_price_set=both("37.80", "36.00"),
        line_items=[line],
        shipping_lines=[shipping],
    )


def test_amounts_are_in_the_currency_that_the_customer_saw():
    (facts,) = read("orders/create", swiss_order()).orders

    assert (facts.currency, facts.total, facts.subtotal) == ("CHF", Decimal("42.50"), Decimal("36.00"))
    assert facts.shipping == Decimal("6.50")
    assert (facts.lines[0].unit_price, facts.lines[0].total) == (Decimal("40.00"), Decimal("36.00"))


def test_an_amount_given_in_shop_currency_only_is_brought_to_the_customers():
    (facts,) = read("orders/create", swiss_order() | {"total_tax": "8.94", "total_tax_set": None}).orders

    assert facts.tax == Decimal("8.50")


def test_without_the_customers_amounts_the_shops_currency_counts():
    facts = read_order(presentment_currency="CHF", total_price_set=None)

    assert (facts.currency, facts.total) == ("EUR", Decimal("87.90"))


def test_a_refund_speaks_the_customers_currency():
    refund = {
        "id": 1,
        "order_id": 2,
        "created_at": AT.isoformat(),
        "refund_line_items": [
            {"line_item_id": 901, "quantity": 1, "subtotal": 42, "subtotal_set": both("42.00", "40.00")}
        ],
        "transactions": [
            {"kind": "refund", "status": "success", "amount": "42.00", "amount_set": both("42.00", "40.00")}
        ],
    }

    facts = read("refunds/create", refund).refunds[0]

    assert (facts.amount, facts.parts[0].amount) == (Decimal("40.00"), Decimal("40.00"))
