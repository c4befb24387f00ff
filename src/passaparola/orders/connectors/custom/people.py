"""Customers, addresses and privacy requests in our own format."""

from datetime import datetime

from passaparola.customers.facts import AddressFacts, CustomerFacts
from passaparola.inbound import reading
from passaparola.orders.connectors.custom.given import Given
from passaparola.orders.facts import Facts, PrivacyFacts, PrivacyKind

COUNTRY = "a country code of two letters like “IT”"


def read_customer(customer: Given, changed_at: datetime) -> CustomerFacts:
    email = customer.text("email")
    if email and "@" not in email:
        raise customer.refuse("email", "must be an e-mail address")
    born = customer.text("birthday")
    if born and not reading.birthday(born):
        raise customer.refuse("birthday", "must be a day like “03-21” or “1985-03-21”")
    return CustomerFacts(
        external_id=customer.id("id"),
        email=email,
        email_is_verified=customer.flag("email_is_verified") is True,
        phone=customer.text("phone"),
        first_name=customer.text("first_name"),
        last_name=customer.text("last_name"),
        language=customer.code("language", reading.language, "a language code like “it”"),
        country=customer.code("country", reading.country, COUNTRY),
        accepts_email_marketing=customer.flag("accepts_email_marketing"),
        consent_at=customer.time("consent_at"),
        consent_wording=customer.text("consent_wording"),
        birthday=reading.birthday(born),
        tags=customer.texts("tags"),
        updated_at=customer.time("updated_at") or changed_at,
    )


def customer_updated(customer: Given, sent_at: datetime) -> Facts:
    if not customer.id("id") and not customer.text("email"):
        raise customer.refuse("id", "is missing, and so is the e-mail address: one of them is needed")
    return Facts(customers=(read_customer(customer, sent_at),))


def read_address(address: Given) -> AddressFacts:
    return AddressFacts(
        name=address.text("name"),
        company=address.text("company"),
        line1=address.text("line1"),
        line2=address.text("line2"),
        city=address.text("city"),
        postcode=address.text("postcode"),
        province=address.text("province"),
        country=address.code("country", reading.country, COUNTRY),
        phone=address.text("phone"),
    )


def read_privacy(request: Given, kind: PrivacyKind) -> Facts:
    facts = PrivacyFacts(
        kind=kind,
        external_id=request.required("id", request.id),
        customer_id=request.id("customer_id"),
        email=request.text("email"),
        phone=request.text("phone"),
        order_ids=request.ids("order_ids"),
    )
    return Facts(privacy=(facts,))
