from decimal import Decimal

from passaparola.orders.connector import FileRow
from passaparola.orders.connectors.custom import kind
from passaparola.orders.facts import OrderFacts, PaymentState


def read(text: str, **mapping: str) -> list[FileRow]:
    return list(kind.read_file(text.splitlines(keepends=True), mapping))


def order_of(row: FileRow) -> OrderFacts:
    assert row.facts is not None, row.reason
    return row.facts.orders[0]


def test_an_italian_file_is_recognised():
    (row,) = read(
        "Numero ordine;Data;Cliente;E-mail;Prodotto;Quantità;Prezzo;Totale;Stato;Indirizzo;Città;CAP;Provincia;"
        "Corriere;Numero di tracking\n"
        "BL-7;05/01/2024 18:05;Giulia Bianchi;giulia@example.com;Tazza Luna;2;1.024,50;2.055,90;Spedito;"
        "Via Mazzini 12;Bologna;40121;BO;BRT;1660001\n"
    )

    order = order_of(row)
    assert (order.number, order.placed_at.month, order.placed_at.day) == ("BL-7", 1, 5)
    assert (order.total, order.lines[0].total) == (Decimal("2055.90"), Decimal("2049.00"))
    assert (order.customer.first_name, order.customer.last_name) == ("Giulia", "Bianchi")
    assert (order.shipping_address.line1, order.shipping_address.postcode) == ("Via Mazzini 12", "40121")
    assert order.payment_state is PaymentState.PAID
    assert row.facts
    assert (row.facts.fulfilments[0].carrier, row.facts.fulfilments[0].numbers) == ("BRT", ("1660001",))


def test_an_english_file_is_recognised():
    (row,) = read(
        "Order number,Order date,Customer name,Email,Product,Quantity,Price,Total,Payment status,Shipping city\n"
        '7,2024-01-05T18:05:00+01:00,Giulia Bianchi,giulia@example.com,"Tazza, Luna",2,24.00,48.00,refunded,Bologna\n'
    )

    order = order_of(row)
    assert (order.lines[0].title, order.total) == ("Tazza, Luna", Decimal("48.00"))
    assert (order.payment_state, order.shipping_address.city) == (PaymentState.REFUNDED, "Bologna")


def test_columns_can_be_named():
    (row,) = read(
        "Codice;Quando;Quanto\nA1;2024-01-05;12,50\n", number="Codice", placed_at="quando", total="Quanto"
    )

    assert (order_of(row).number, order_of(row).total) == ("A1", Decimal("12.50"))


def test_a_name_that_fits_nothing_is_said():
    assert (
        read("Codice\nA1\n", number="Numero")[0].reason
        == "The file has no column “Numero” (named for number)."
    )
    assert "“nummer” is nothing we read" in read("Codice\nA1\n", nummer="Codice")[0].reason


def test_an_order_without_a_word_about_payment_was_paid():
    (row,) = read("number,date,total\n7,2024-01-05,10\n")

    assert order_of(row).payment_state is PaymentState.PAID


def test_an_empty_file_has_no_rows():
    assert read("") == read("\n\n") == []
