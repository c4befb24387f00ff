"""WooCommerce's customers and addresses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from passaparola.customers.facts import AddressFacts, CustomerFacts
from passaparola.inbound import reading
from passaparola.inbound.source import UnreadableError
from passaparola.orders.connectors.woocommerce.times import read_time
from passaparola.orders.facts import Facts

NOBODY = AddressFacts()


def read_address(value: Any) -> AddressFacts:
    """WooCommerce sends empty texts where no address was asked for (virtual goods)."""
    if type(value) is not dict or not value:
        return NOBODY
    text, get = reading.text, value.get
    return AddressFacts(
        name=f"{text(get('first_name'))} {text(get('last_name'))}".strip(),
        company=text(get("company")),
        line1=text(get("address_1")),
        line2=text(get("address_2")),
        city=text(get("city")),
        postcode=text(get("postcode")),
        province=text(get("state")),
        country=reading.country(get("country")),
        phone=text(get("phone")),
    )


def buyer(order: Mapping[str, Any], language: str, updated_at: datetime) -> CustomerFacts:
    """Who placed the order: the account's id where there is one, the billing address's names and e-mail."""
    bill, text = reading.one(order.get("billing")), reading.text
    ship = reading.one(order.get("shipping"))
    account = reading.identity(order.get("customer_id"))
    return CustomerFacts(
        external_id="" if account == "0" else account,
        email=text(bill.get("email")),
        phone=text(bill.get("phone")) or text(ship.get("phone")),
        first_name=text(bill.get("first_name")) or text(ship.get("first_name")),
        last_name=text(bill.get("last_name")) or text(ship.get("last_name")),
        language=language,
        country=reading.country(bill.get("country")) or reading.country(ship.get("country")),
        updated_at=updated_at,
    )


def customer_changed(customer: Mapping[str, Any], seen_at: datetime) -> Facts:
    bill, text = reading.one(customer.get("billing")), reading.text
    own_id = reading.identity(customer.get("id"))
    if not own_id:
        raise UnreadableError("The customer has no id.")
    facts = CustomerFacts(
        external_id=own_id,
        email=text(customer.get("email")) or text(bill.get("email")),
        phone=text(bill.get("phone")),
        first_name=text(customer.get("first_name")) or text(bill.get("first_name")),
        last_name=text(customer.get("last_name")) or text(bill.get("last_name")),
        language=reading.language(customer.get("locale") or customer.get("lang")),
        country=reading.country(bill.get("country")),
        updated_at=read_time(customer, "date_modified") or read_time(customer, "date_created") or seen_at,
    )
    return Facts(customers=(facts,))
