from datetime import timedelta

import pytest

from passaparola.customers.facts import ConsentFacts
from passaparola.orders.connectors.shopify import example
from passaparola.orders.connectors.shopify.tests.deliveries import AT, order, read, read_order
from passaparola.orders.facts import PrivacyKind


def test_the_customer_of_an_order_is_the_account():
    customer = read_order().customer

    assert (customer.external_id, customer.email, customer.email_is_verified) == (
        "7001",
        "giulia@example.com",
        True,
    )
    assert (customer.first_name, customer.last_name) == ("Giulia", "Bianchi")
    assert (customer.phone, customer.language, customer.country) == ("+393331234567", "it", "IT")
    assert customer.tags == ("ceramica", "newsletter")


def test_consent_comes_with_its_time_and_kind():
    customer = read_order().customer

    assert customer.accepts_email_marketing is True
    assert (customer.consent_at, customer.consent_wording) == (AT, "confirmed_opt_in")


@pytest.mark.parametrize("state", ["not_subscribed", "unsubscribed", "pending", "redacted"])
def test_only_a_subscription_is_consent(state: str):
    account = example.customer(AT.isoformat()) | {"email_marketing_consent": {"state": state}}

    assert read_order(customer=account).customer.accepts_email_marketing is False


def test_a_yes_or_no_to_text_messages_is_told_and_silence_is_not():
    def told(state, at=AT):
        consent = {
            "state": state,
            "opt_in_level": "single_opt_in",
            "consent_updated_at": at and at.isoformat(),
        }
        account = example.customer(AT.isoformat()) | {
            "sms_marketing_consent": consent | {"consent_collected_from": "SHOPIFY"}
        }
        return read_order(customer=account).customer.elsewhere

    assert told("subscribed") == (
        ConsentFacts(channel="sms", is_given=True, said_at=AT, wording="single_opt_in, SHOPIFY"),
    )
    assert [one.is_given for one in told("unsubscribed")] == [False]
    assert told("not_subscribed") == told("pending") == told("subscribed", None) == ()


def test_older_versions_say_accepts_marketing():
    account = example.customer(AT.isoformat()) | {"email_marketing_consent": None, "accepts_marketing": True}

    assert read("customers/update", account).customers[0].accepts_email_marketing is True


def test_a_guest_who_ticked_the_box_at_checkout_has_consented():
    guest = read_order(customer=None).customer

    assert (guest.external_id, guest.email, guest.first_name) == ("", "giulia@example.com", "Giulia")
    assert (guest.accepts_email_marketing, guest.consent_at, guest.consent_wording) == (True, AT, "checkout")


def test_a_guest_who_left_the_box_empty_has_said_nothing():
    assert read_order(customer=None, buyer_accepts_marketing=False).customer.accepts_email_marketing is None


def test_an_order_with_another_address_than_the_account_tells_both():
    facts = read("orders/create", order(email="lavoro@example.com"))

    assert facts.orders[0].customer.email == "lavoro@example.com"
    assert not facts.orders[0].customer.email_is_verified
    assert (facts.customers[0].email, facts.customers[0].email_is_verified) == ("giulia@example.com", True)


def test_an_order_without_addresses_is_read():
    facts = read_order(shipping_address=None, billing_address={})

    assert facts.shipping_address.line1 == facts.billing_address.country == ""


def test_an_address_is_read_with_its_codes():
    address = read_order().shipping_address

    assert (address.name, address.line1, address.line2) == ("Giulia Bianchi", "Via Mazzini 12", "Interno 3")
    assert (address.city, address.postcode, address.province, address.country) == (
        "Bologna",
        "40121",
        "BO",
        "IT",
    )


def test_the_later_word_about_a_customer_can_be_told():
    later = AT + timedelta(hours=1)
    account = example.customer(later.isoformat())

    assert read("customers/update", account).customers[0].updated_at == later


def test_deletions_and_merges_are_noted():
    merge = {"admin_graphql_api_customer_kept_id": "gid://shopify/Customer/1", "status": "completed"}

    assert "nothing changes" in read("customers/delete", {"id": 7001}).note
    assert "into 1" in read("customers/merge", merge).note


def test_privacy_requests_name_the_person_and_the_orders():
    payload = {
        "shop_id": 1,
        "customer": {"id": 7001, "email": "giulia@example.com", "phone": None},
        "orders_requested": [11, 12],
        "data_request": {"id": 99},
    }

    request = read("customers/data_request", payload).privacy[0]

    assert (request.kind, request.external_id) == (PrivacyKind.DATA_REQUEST, "99")
    assert (request.customer_id, request.email, request.order_ids) == (
        "7001",
        "giulia@example.com",
        ("11", "12"),
    )


def test_a_repeated_redaction_is_the_same_request():
    payload = {"shop_id": 1, "customer": {"id": 7001}, "orders_to_redact": [11]}

    first, second = (read("customers/redact", payload).privacy[0] for _ in range(2))

    assert first == second
    assert first.kind is PrivacyKind.REDACT_CUSTOMER
    assert read("shop/redact", {"shop_id": 1}).privacy[0].kind is PrivacyKind.REDACT_STORE
