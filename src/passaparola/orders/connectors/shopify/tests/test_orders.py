from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.shopify.tests.deliveries import AT, order, read, read_order
from passaparola.orders.facts import PaymentState


def test_an_order_says_who_bought_what_for_how_much():
    facts = read_order()

    assert (facts.external_id, facts.number, facts.currency) == ("5512340001", "BL-10240", "EUR")
    assert (facts.total, facts.subtotal, facts.shipping) == (
        Decimal("87.90"),
        Decimal("81.00"),
        Decimal("6.90"),
    )
    assert (facts.tax, facts.discount, facts.discount_codes) == (
        Decimal("15.85"),
        Decimal("9.00"),
        ("BENVENUTA10",),
    )
    assert (facts.payment_state, facts.payment_method) == (PaymentState.PAID, "Visa •••• 4242")
    assert (facts.language, facts.note, facts.shipping_method) == (
        "it",
        "Citofono: Bianchi",
        "Corriere espresso",
    )


def test_a_line_is_what_is_paid_for_it_after_its_discounts():
    cup, vase = read_order().lines

    assert (cup.title, cup.variant, cup.sku, cup.product_id) == ("Tazza Luna", "Blu notte", "BL-901", "1001")
    assert (cup.quantity, cup.unit_price, cup.discount) == (2, Decimal("24.00"), Decimal("4.80"))
    assert cup.total == Decimal("43.20")
    assert (vase.variant, vase.total, vase.needs_shipping) == ("", Decimal("37.80"), True)


def test_the_lines_add_up_to_the_subtotal():
    facts = read_order()

    assert sum(line.total for line in facts.lines) == facts.subtotal
    assert facts.subtotal + facts.shipping == facts.total


def test_an_order_carries_its_fulfilments_and_refunds():
    facts = read("orders/updated", order(refunds=[{"id": 9, "transactions": []}]))

    assert facts.fulfilments[0].numbers == ("166012345678901",)
    assert facts.fulfilments[0].order_id == facts.orders[0].external_id
    assert (facts.refunds[0].order_id, facts.refunds[0].amount) == ("5512340001", 0)


def test_a_removed_line_stays_with_no_pieces():
    lines = order()["line_items"]
    lines[0]["current_quantity"] = 0

    cup, _ = read_order(line_items=lines).lines

    assert (cup.quantity, cup.total, cup.discount) == (0, 0, 0)


def test_older_versions_tell_removed_pieces_only_by_refunds():
    lines = order()["line_items"]
    del lines[0]["current_quantity"]
    refund = {"id": 9, "refund_line_items": [{"line_item_id": 901, "quantity": 1}], "transactions": []}

    cup, _ = read_order(line_items=lines, refunds=[refund]).lines

    assert (cup.quantity, cup.total) == (1, Decimal("21.60"))


def test_pieces_taken_off_before_payment_are_not_owed():
    lines = order()["line_items"]
    lines[0]["current_quantity"] = 1

    facts = read_order(line_items=lines, current_total_price="66.30", financial_status="pending")

    assert facts.total == Decimal("66.30")


def test_refunded_money_is_kept_apart_from_the_total():
    lines = order()["line_items"]
    lines[0]["current_quantity"] = 1
    money = {"kind": "refund", "status": "success", "amount": "21.60"}

    facts = read_order(
        line_items=lines, current_total_price="66.30", refunds=[{"id": 9, "transactions": [money]}]
    )

    assert facts.total == Decimal("87.90")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("pending", PaymentState.PENDING),
        ("authorized", PaymentState.AUTHORIZED),
        ("partially_paid", PaymentState.PARTIALLY_PAID),
        ("partially_refunded", PaymentState.PARTIALLY_REFUNDED),
        ("refunded", PaymentState.REFUNDED),
        ("voided", PaymentState.VOIDED),
        ("PAID", PaymentState.PAID),
        ("something new", PaymentState.PENDING),
        (None, PaymentState.PENDING),
    ],
)
def test_every_financial_status_has_a_meaning(said: str | None, meant: PaymentState):
    assert read_order(financial_status=said).payment_state == meant


def test_a_cancelled_order_says_when_and_why():
    facts = read_order(cancelled_at="2026-03-03T08:00:00+01:00", cancel_reason="customer")

    assert facts.cancelled_at == datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert facts.cancel_reason == "customer"


def test_an_order_moved_from_another_shop_system_keeps_its_real_date():
    long_ago = AT - timedelta(days=400)

    assert read_order(processed_at=long_ago.isoformat()).placed_at == long_ago
    assert read_order(processed_at=(AT - timedelta(seconds=2)).isoformat()).placed_at == AT


def test_payment_is_told_in_words():
    assert read_order(payment_details=None).payment_method == "Shopify Payments"
    assert read_order(payment_details=None, payment_gateway_names=["paypal", "gift_card"]).payment_method == (
        "PayPal, Gift Card"
    )
    assert (
        read_order(payment_details=None, payment_gateway_names=None, gateway="Bonifico").payment_method
        == "Bonifico"
    )


def test_a_discount_on_shipping_lowers_the_shipping():
    free = {"title": "Corriere", "price": "6.90", "discount_allocations": [{"amount": "6.90"}]}
    removed = {"title": "Altro", "price": "9.90", "is_removed": True}

    facts = read_order(shipping_lines=[free, removed])

    assert (facts.shipping, facts.shipping_method) == (0, "Corriere")


def test_the_smallest_order_is_read():
    (facts,) = read("orders/create", {"id": "77"}).orders

    assert (facts.external_id, facts.number, facts.total, facts.lines) == ("77", "77", 0, ())
    assert facts.placed_at == facts.updated_at == AT


def test_nulls_everywhere_are_read():
    facts = read_order(**dict.fromkeys(set(order()) - {"id"}))

    assert facts.number == "5512340001"
    assert facts.customer.email == facts.shipping_address.line1 == ""


def test_numbers_as_text_and_text_as_numbers_are_read():
    lines = order()["line_items"]
    lines[0] |= {"id": "901", "quantity": "2", "current_quantity": "2", "price": 24}

    facts = read_order(id="5512340001", total_price=87.9, line_items=lines)

    assert (facts.external_id, facts.total) == ("5512340001", Decimal("87.9"))
    assert (facts.lines[0].external_id, facts.lines[0].total) == ("901", Decimal("43.20"))


def test_the_answer_of_the_rest_api_is_read_too():
    (facts,) = read("orders/updated", {"order": order()}).orders

    assert facts.number == "BL-10240"


def test_an_order_without_an_id_is_refused_with_a_sentence():
    with pytest.raises(UnreadableError, match="The order has no id"):
        read("orders/updated", {"name": "#1"})


def test_a_deleted_order_and_an_edit_are_told():
    deleted = read("orders/delete", {"id": 5512340001}).deleted_orders[0]
    edit = read(
        "orders/edited",
        {
            "order_edit": {
                "id": 3,
                "order_id": 5512340001,
                "created_at": AT.isoformat(),
                "staff_note": "Regalo",
            }
        },
    ).edits[0]

    assert (deleted.external_id, deleted.at) == ("5512340001", AT)
    assert (edit.order_id, edit.external_id, edit.note, edit.at) == ("5512340001", "3", "Regalo", AT)
