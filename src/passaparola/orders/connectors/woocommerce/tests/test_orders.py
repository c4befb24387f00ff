from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.woocommerce.tests.deliveries import AT, meta, order, read, read_order
from passaparola.orders.facts import PaymentState


def test_an_order_says_who_bought_what_for_how_much():
    facts = read_order()

    assert (facts.external_id, facts.number, facts.currency) == ("4711", "BL-4711", "EUR")
    assert (facts.total, facts.tax, facts.shipping) == (Decimal("90.90"), Decimal("16.39"), Decimal("6.90"))
    assert (facts.discount, facts.discount_codes) == (Decimal("5.00"), ("benvenuta",))
    assert (facts.payment_state, facts.payment_method) == (PaymentState.PAID, "Carta di credito")
    assert (facts.language, facts.note) == ("it", "Lasciare al bar sotto casa")
    assert facts.shipping_method == "Corriere espresso"


def test_where_prices_include_tax_lines_include_it_too():
    cup, vase = read_order().lines

    assert (cup.title, cup.quantity, cup.unit_price) == ("Tazza Luna – Blu", 2, Decimal(24))
    assert (cup.total, cup.discount, cup.tax) == (Decimal("43.00"), Decimal("5.00"), Decimal("7.76"))
    assert (vase.total, vase.product_id, vase.sku) == (Decimal("41.00"), "92", "BL-12")
    assert cup.image_url == "https://bottegaluna.example/11.jpg"


def test_the_lines_and_the_shipping_add_up_to_the_total():
    facts = read_order()

    assert facts.subtotal == sum(line.total for line in facts.lines)
    assert facts.subtotal + facts.shipping == facts.total


def test_where_prices_are_without_tax_it_stays_beside_them():
    facts = read_order(prices_include_tax=False)

    assert facts.lines[0].total == Decimal("35.24")
    assert facts.subtotal + facts.shipping + facts.tax == facts.total


def test_a_fee_is_a_line_that_needs_no_shipping():
    fee = {"id": 30, "name": "Confezione regalo", "total": "4.10", "total_tax": "0.90"}

    line = read_order(fee_lines=[fee]).lines[-1]

    assert (line.title, line.total, line.needs_shipping, line.product_id) == (
        "Confezione regalo", Decimal("5.00"), False, "",
    )  # fmt: skip


def test_times_are_utc_whatever_the_shops_clock_shows():
    facts = read_order()

    assert facts.placed_at == AT
    assert (facts.paid_at, facts.updated_at) == (AT + timedelta(minutes=1), AT + timedelta(minutes=5))


def test_a_time_without_utc_is_read_by_the_shops_offset():
    changed = order(date_paid_gmt=None)

    assert read("order.updated", changed).orders[0].paid_at == AT + timedelta(minutes=1)


def test_a_time_of_nothing_but_the_shops_clock_is_taken_as_utc():
    bare = {"id": 1, "date_created": "2026-03-02T10:30:00"}

    assert read("order.created", bare).orders[0].placed_at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "changes", "meant"),
    [
        ("pending", {"date_paid_gmt": None, "date_paid": None}, PaymentState.PENDING),
        ("on-hold", {"date_paid_gmt": None, "date_paid": None}, PaymentState.PENDING),
        ("failed", {"date_paid_gmt": None, "date_paid": None}, PaymentState.PENDING),
        ("processing", {"date_paid_gmt": None, "date_paid": None}, PaymentState.PAID),
        ("wc-processing", {}, PaymentState.PAID),
        (
            "processing",
            {"date_paid_gmt": None, "date_paid": None, "payment_method": "cod"},
            PaymentState.PENDING,
        ),
        ("completed", {"payment_method": "cod", "date_paid_gmt": None, "date_paid": None}, PaymentState.PAID),
        ("cancelled", {"date_paid_gmt": None, "date_paid": None}, PaymentState.VOIDED),
        ("refunded", {}, PaymentState.REFUNDED),
        ("processing", {"refunds": [{"id": 1, "total": "-10.00"}]}, PaymentState.PARTIALLY_REFUNDED),
        ("completed", {"refunds": [{"id": 1, "total": "-90.90"}]}, PaymentState.REFUNDED),
        ("awaiting-engraving", {}, PaymentState.PAID),
        ("awaiting-engraving", {"date_paid_gmt": None, "date_paid": None}, PaymentState.PENDING),
    ],
)
def test_every_status_has_a_meaning(status: str, changes: dict[str, Any], meant: PaymentState):
    assert read_order(status=status, **changes).payment_state == meant


def test_a_cancelled_order_was_cancelled_when_it_last_changed():
    assert read_order(status="cancelled").cancelled_at == AT + timedelta(minutes=5)


def test_the_bin_deletes_and_the_way_back_restores():
    in_bin = read_order(status="trash")
    restored = read("order.restored", order()).orders[0]
    deleted = read("order.deleted", {"id": 4711}).deleted_orders[0]

    assert in_bin.deleted_at is not None
    assert restored.deleted_at is None
    assert (deleted.external_id, deleted.at) == ("4711", AT)


def test_a_basket_at_the_checkout_is_no_order_yet():
    facts = read("order.created", order(status="checkout-draft"))

    assert facts.orders == ()
    assert "nobody has ordered" in facts.note


def test_refunds_have_the_amount_and_the_reason():
    (refund,) = read(
        "order.updated", order(refunds=[{"id": 9, "reason": "Rotta", "total": "-24.00"}])
    ).refunds

    assert (refund.external_id, refund.order_id, refund.amount) == ("9", "4711", Decimal("24.00"))
    assert refund.reason == "Rotta"


def test_a_guest_has_no_account():
    buyer = read_order(customer_id=0).customer

    assert (buyer.external_id, buyer.email, buyer.first_name) == ("", "giulia@example.com", "Giulia")
    assert (buyer.email_is_verified, buyer.accepts_email_marketing) == (False, None)


def test_a_shop_that_ships_to_the_billing_address_leaves_the_other_empty():
    empty = dict.fromkeys(["first_name", "last_name", "address_1", "city", "postcode", "country"], "")

    assert read_order(shipping=empty).shipping_address.city == "Bologna"
    assert read_order(shipping=empty, shipping_lines=[]).shipping_address.city == ""


@pytest.mark.parametrize("key", ["wpml_language", "pll_language", "trp_language"])
def test_the_language_stands_where_the_plugins_put_it(key: str):
    assert read_order(meta_data=meta(**{key: "en_US"})).language == "en"


def test_the_smallest_order_is_read():
    (facts,) = read("order.created", {"id": "1"}).orders

    assert (facts.number, facts.total, facts.lines, facts.placed_at) == ("1", 0, (), AT)


def test_nulls_everywhere_are_read():
    assert read_order(**dict.fromkeys(set(order()) - {"id"})).number == "4711"


def test_the_legacy_api_is_read_too():
    legacy = {
        "order": {
            "id": 5,
            "order_number": "BL-5",
            "created_at": "2026-03-02T09:30:00Z",
            "updated_at": "2026-03-02T09:40:00Z",
            "status": "processing",
            "currency": "EUR",
            "total": "12.00",
            "payment_details": {"method_id": "bacs", "method_title": "Bonifico", "paid": True},
            "billing_address": {"first_name": "Ugo", "email": "ugo@example.com", "country": "IT"},
            "line_items": [{"id": 1, "name": "Tazza", "quantity": 1, "total": "12.00", "product_id": 3}],
        }
    }

    (facts,) = read("order.updated", legacy).orders

    assert (facts.number, facts.placed_at, facts.payment_state) == ("BL-5", AT, PaymentState.PAID)
    assert (facts.payment_method, facts.customer.email) == ("Bonifico", "ugo@example.com")


def test_lists_and_batches_are_read_thing_by_thing():
    for payload in ([order(), order(id=2)], {"create": [order()], "update": [order(id=2)]}):
        facts = read("order.updated", payload)

        assert [bought.external_id for bought in facts.orders] == ["4711", "2"]


def test_an_order_without_an_id_is_refused_with_a_sentence():
    with pytest.raises(UnreadableError, match="The order has no id"):
        read("order.updated", {"status": "processing"})
