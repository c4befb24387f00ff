"""The order export of Shopify's admin, in rows written by hand after its documented columns."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

from passaparola.orders.connector import FileRow
from passaparola.orders.connectors.shopify import kind
from passaparola.orders.facts import PaymentState

FIRST = {
    "Name": "#BL-10240",
    "Email": "giulia@example.com",
    "Financial Status": "partially_refunded",
    "Paid at": "2024-01-05 10:12:33 +0100",
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2024-01-06 09:00:00 +0100",
    "Accepts Marketing": "yes",
    "Currency": "EUR",
    "Subtotal": "81.00",
    "Shipping": "6.90",
    "Taxes": "15.85",
    "Total": "87.90",
    "Discount Code": "BENVENUTA10",
    "Discount Amount": "9.00",
    "Shipping Method": "Corriere espresso",
    "Created at": "2024-01-05 10:12:30 +0100",
    "Lineitem quantity": "2",
    "Lineitem name": "Tazza Luna - Blu notte",
    "Lineitem price": "24.00",
    "Lineitem sku": "BL-901",
    "Lineitem requires shipping": "true",
    "Lineitem discount": "4.80",
    "Billing Name": "Giulia Bianchi",
    "Shipping Name": "Giulia Bianchi",
    "Shipping Address1": "Via Mazzini 12",
    "Shipping City": "Bologna",
    "Shipping Zip": "'40121",
    "Shipping Province": "BO",
    "Shipping Country": "IT",
    "Notes": 'Citofono: "Bianchi",\nterzo piano',
    "Payment Method": "Shopify Payments",
    "Refunded Amount": "21.60",
    "Id": "5512340001",
    "Phone": "'+393331234567",
}
SECOND = {
    "Name": "#BL-10240",
    "Email": "giulia@example.com",
    "Lineitem quantity": "1",
    "Lineitem name": "Vaso Alba",
    "Lineitem price": "42.00",
    "Lineitem discount": "4.20",
}
ANOTHER = FIRST | {"Name": "#BL-10241", "Id": "5512340002", "Notes": "", "Refunded Amount": "0.00"}


def read(*rows: dict[str, str], damage: str = "") -> list[FileRow]:
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, list(FIRST))
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        sheet.write(damage)
    return list(kind.read_file(io.StringIO(sheet.getvalue(), newline=""), {}))


def test_rows_of_one_order_become_one_order():
    first, another = read(FIRST, SECOND, ANOTHER)

    order = first.facts.orders[0] if first.facts else None
    assert order is not None
    assert (order.external_id, order.number, order.total) == ("5512340001", "BL-10240", Decimal("87.90"))
    assert [(line.title, line.quantity, line.total) for line in order.lines] == [
        ("Tazza Luna - Blu notte", 2, Decimal("43.20")),
        ("Vaso Alba", 1, Decimal("37.80")),
    ]
    assert (first.line, another.line) == (2, 5)


def test_the_order_is_told_with_all_that_the_export_knows():
    facts = read(FIRST)[0].facts
    assert facts is not None

    (order,) = facts.orders
    assert order.placed_at == datetime(2024, 1, 5, 9, 12, 30, tzinfo=UTC)
    assert (order.payment_state, order.payment_method) == (
        PaymentState.PARTIALLY_REFUNDED,
        "Shopify Payments",
    )
    assert order.note == 'Citofono: "Bianchi",\nterzo piano'
    assert (order.shipping_address.postcode, order.shipping_address.country) == ("40121", "IT")
    assert (order.customer.first_name, order.customer.phone) == ("Giulia", "+393331234567")
    assert order.customer.accepts_email_marketing is True


def test_what_was_sent_and_given_back_is_told_too():
    facts = read(FIRST)[0].facts
    assert facts is not None

    assert facts.fulfilments[0].at == datetime(2024, 1, 6, 8, tzinfo=UTC)
    assert (facts.refunds[0].amount, facts.refunds[0].external_id) == (Decimal("21.60"), "5512340001-export")


def test_the_same_file_says_the_same_again():
    assert read(FIRST, SECOND, ANOTHER) == read(FIRST, SECOND, ANOTHER)


def test_a_bad_amount_is_named_and_hides_nobody():
    bad, good = read(FIRST | {"Total": "tanto"}, ANOTHER)

    assert (bad.facts, bad.reason) == (None, "Total: “tanto” is no amount.")
    assert bad.raw["Name"] == "#BL-10240"
    assert good.facts is not None


def test_an_unclosed_quotation_mark_costs_only_its_own_line():
    rows = read(FIRST, ANOTHER, damage='#BL-1,"oh,paid\n')
    first, damaged, another, also_damaged = sorted(rows, key=lambda row: row.line)

    assert "quotation mark" in damaged.reason
    assert (damaged.line, also_damaged.line) == (4, 6)
    assert first.facts
    assert another.facts


def test_dates_that_went_through_a_spreadsheet_are_read():
    facts = read(FIRST | {"Created at": "45296.425347", "Paid at": "", "Fulfilled at": "45297"})[0].facts
    assert facts is not None

    assert facts.orders[0].placed_at == datetime(2024, 1, 5, 10, 12, 30, tzinfo=UTC)


def test_an_order_without_an_id_column_is_named_by_its_number():
    row = {name: value for name, value in FIRST.items() if name != "Id"}

    facts = read(row)[0].facts

    assert facts is not None
    assert facts.orders[0].external_id == "BL-10240"


def test_another_file_is_refused_with_a_sentence():
    (row,) = kind.read_file(["Handle,Title\n", "tazza,Tazza\n"], {})

    assert row.reason == "The file has no column with the order's number."
