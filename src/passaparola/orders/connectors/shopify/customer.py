"""Shopify's customers and addresses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from passaparola.customers.facts import AddressFacts, ConsentFacts, CustomerFacts
from passaparola.inbound import reading
from passaparola.orders.facts import Facts

NOBODY = AddressFacts()


def read_customer(
    customer: Mapping[str, Any], *, language: str = "", changed_at: datetime | None = None
) -> CustomerFacts:
    """`language` and `changed_at` come from the order around it and count where the customer says nothing."""
    text = reading.text
    home = reading.one(customer.get("default_address"))
    accepts, consent_at, wording = _consent(customer)
    return CustomerFacts(
        external_id=reading.identity(customer.get("id")),
        email=text(customer.get("email")),
        email_is_verified=customer.get("verified_email") is True and bool(customer.get("email")),
        phone=text(customer.get("phone")) or text(home.get("phone")),
        first_name=text(customer.get("first_name")) or text(home.get("first_name")),
        last_name=text(customer.get("last_name")) or text(home.get("last_name")),
        language=reading.language(customer.get("locale")) or language,
        country=reading.country(home.get("country_code")) or reading.country(home.get("country")),
        accepts_email_marketing=accepts,
        consent_at=consent_at,
        consent_wording=wording,
        elsewhere=_by_sms(customer),
        tags=reading.texts(customer.get("tags")),
        updated_at=reading.time(customer.get("updated_at")) or changed_at,
    )


def _consent(customer: Mapping[str, Any]) -> tuple[bool | None, datetime | None, str]:
    """`pending` is a double opt-in that nobody has confirmed yet: no."""
    consent = reading.one(customer.get("email_marketing_consent"))
    state = reading.text(consent.get("state")).lower()
    if state:
        wording = reading.text(consent.get("opt_in_level"))
        return state == "subscribed", reading.time(consent.get("consent_updated_at")), wording
    accepts = customer.get("accepts_marketing")
    if not isinstance(accepts, bool):
        return None, None, ""
    changed_at = reading.time(customer.get("accepts_marketing_updated_at"))
    return accepts, changed_at, reading.text(customer.get("marketing_opt_in_level"))


def _by_sms(customer: Mapping[str, Any]) -> tuple[ConsentFacts, ...]:
    """Return a yes or no to text messages; `not_subscribed` was never asked, `pending` never answered."""
    consent = reading.one(customer.get("sms_marketing_consent"))
    state, said_at = (
        reading.text(consent.get("state")).lower(),
        reading.time(consent.get("consent_updated_at")),
    )
    if said_at is None or state not in {"subscribed", "unsubscribed"}:
        return ()
    words = (reading.text(consent.get(name)) for name in ("opt_in_level", "consent_collected_from"))
    wording = ", ".join(word for word in words if word)
    return (ConsentFacts(channel="sms", is_given=state == "subscribed", said_at=said_at, wording=wording),)


def read_address(value: object) -> AddressFacts:
    if type(value) is not dict or not value:
        return NOBODY
    text, get = reading.text, value.get
    full_name = f"{text(get('first_name'))} {text(get('last_name'))}".strip()
    return AddressFacts(
        name=text(get("name")) or full_name,
        company=text(get("company")),
        line1=text(get("address1")),
        line2=text(get("address2")),
        city=text(get("city")),
        postcode=text(get("zip")),
        province=text(get("province_code")) or text(get("province")),
        country=reading.country(get("country_code")) or reading.country(get("country")),
        phone=text(get("phone")),
    )


def customer_changed(customer: Mapping[str, Any], seen_at: datetime) -> Facts:
    facts = read_customer(customer, changed_at=seen_at)
    if not (facts.external_id or facts.email or facts.phone):
        return Facts(note="The customer has neither an id nor an address.")
    return Facts(customers=(facts,))


def customer_deleted(customer: Mapping[str, Any]) -> Facts:
    """Shopify lets only customers without orders be deleted; erasing a person is a privacy request."""
    name = reading.identity(customer.get("id")) or "?"
    return Facts(note=f"Shopify deleted customer {name}, who has no orders there: nothing changes here.")


def customers_merged(merge: Mapping[str, Any]) -> Facts:
    """Nothing to do: the orders of the person who stays follow as `orders/updated` with the kept id."""
    kept = reading.identity(merge.get("admin_graphql_api_customer_kept_id")) or "?"
    gone = reading.identity(merge.get("admin_graphql_api_customer_deleted_id")) or "?"
    status = reading.text(merge.get("status")) or "unknown"
    return Facts(
        note=f"Shopify merges customer {gone} into {kept} (status: {status}); merge them here by hand."
    )
