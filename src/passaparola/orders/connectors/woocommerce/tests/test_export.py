import json
from decimal import Decimal

from passaparola.orders.connector import FileRow
from passaparola.orders.connectors.woocommerce import kind
from passaparola.orders.connectors.woocommerce.tests.deliveries import order
from passaparola.orders.facts import OrderFacts, PaymentState


def read(text: str) -> list[FileRow]:
    return list(kind.read_file(text.splitlines(keepends=True), {}))


def order_of(row: FileRow) -> OrderFacts:
    assert row.facts is not None, row.reason
    return row.facts.orders[0]


def test_one_row_a_line_as_advanced_order_export_writes_it():
    first, second = read(
        "Order Number,Order Status,Order Date,First Name (Billing),Email (Billing),City (Shipping),"
        "Postcode (Shipping),Order Total Amount,Item #,Item Name,Quantity,Item Cost\n"
        "17,Completed,2024-03-01 10:22,Giulia,giulia@example.com,Bologna,40121,30.00,1,Tazza Luna,2,10\n"
        "17,Completed,2024-03-01 10:22,Giulia,giulia@example.com,Bologna,40121,30.00,2,Vaso Alba,1,10\n"
        '18,On hold,"1 marzo 2024",Ugo,ugo@example.com,Faenza,48018,10.00,1,Tazza Luna,1,10\n'
    )

    cup, vase = order_of(first).lines
    assert (cup.title, cup.quantity, cup.total, vase.title) == ("Tazza Luna", 2, Decimal(20), "Vaso Alba")
    assert order_of(first).shipping_address.postcode == "40121"
    assert order_of(first).customer.email == "giulia@example.com"
    assert (order_of(second).payment_state, order_of(second).placed_at.day) == (PaymentState.PENDING, 1)


def test_lines_packed_into_cells_as_other_plugins_write_them():
    (row,) = read(
        "order_id,order_number,order_date,status,order_total,order_currency,billing_email,line_item_1,line_item_2\n"
        "17,BL-17,2024-03-01 10:22:00,wc-processing,30,EUR,giulia@example.com,"
        "name:Tazza|product_id:9|sku:T|quantity:2|total:20,name:Vaso|quantity:1|total:10\n"
    )

    cup, vase = order_of(row).lines
    assert (cup.title, cup.quantity, cup.unit_price, cup.product_id) == ("Tazza", 2, Decimal(10), "9")
    assert (vase.title, vase.total, order_of(row).number) == ("Vaso", Decimal(10), "BL-17")


def test_numbered_columns_are_lines_too():
    (row,) = read(
        "order_id,order date,Product Name (1),Quantity (1),Product Name (2),Quantity (2)\n"
        "17,2024-03-01,Tazza,2,Vaso,1\n"
    )

    assert [(line.title, line.quantity) for line in order_of(row).lines] == [("Tazza", 2), ("Vaso", 1)]


def test_a_list_of_the_rest_api_is_read_order_by_order():
    for indent in (None, 2):
        first, second = read(json.dumps([order(), order(id=4712, number="BL-4712")], indent=indent))

        assert (order_of(first).number, order_of(second).number) == ("BL-4711", "BL-4712")
        assert order_of(first).lines[0].total == Decimal("43.00")


def test_a_broken_order_among_json_lines_hides_nobody():
    first, broken, without_id, last = read(
        f'{json.dumps(order())}\n{{"id": 5, "line_items": [{{\n{{"number": "6"}}\n{json.dumps(order())}\n'
    )

    assert (first.line, broken.line, without_id.line, last.line) == (1, 2, 3, 4)
    assert "cut off" in broken.reason
    assert without_id.reason == "The order has no id."
    assert order_of(first) == order_of(last)
