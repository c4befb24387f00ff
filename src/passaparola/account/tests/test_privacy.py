"""Seeing everything, and being forgotten: in every concept, after thinking it over, with a certificate."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.cast import NOON

from passaparola.account.actions import ask_follower
from passaparola.account.models import AccountSession, Follower
from passaparola.customers import actions as customers
from passaparola.customers import privacy
from passaparola.customers.models import Contact, Customer, Erasure, Identity, PrivacyRequest
from passaparola.inbound.models import Connection, Delivery
from passaparola.messages.models import Message
from passaparola.orders.links import order_path
from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store

NOW = NOON
ACCOUNT = "/s/bottega-luna/account/"
SECRETS = ("Giulia", "Moretti", "giulia@posta.example", "via Tortona", "+393331234567")


@pytest.fixture
def world(giulia: Customer, giulias: Order, luna: Store) -> Order:
    Contact.objects.create(customer=giulia, kind="phone", value="+393331234567")
    ask_follower(giulias, email="nonna@posta.example", now=NOW)
    shop = Connection.objects.create(
        store=luna, role="connector", kind="shopify", source="shopify", token="t"
    )
    for key, body in (
        ("hers", b'{"email":"giulia@posta.example"}'),
        ("other", b'{"email":"ugo@posta.example"}'),
    ):
        Delivery.objects.create(connection=shop, key=key, body=body, read_at=NOW)
    return giulias


def whole_database() -> str:
    """Every value of every row, as text: where a name might still stand."""
    rows = (row for model in apps.get_models() for row in model._base_manager.values_list())
    return "\n".join(" ".join(map(plain, row)) for row in rows)


def plain(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes) else str(value)


def ask(client: Client, **more: str) -> str:
    answer = client.post(f"{ACCOUNT}privacy/forget/", {"sure": "yes", **more})
    return str(answer["Location"])


def test_the_page_tells_what_is_known(signed_in: Client, world: Order) -> None:
    html = signed_in.get(f"{ACCOUNT}privacy/?lang=en").content.decode()

    for known in ("Giulia Moretti", "giulia@posta.example", "+393331234567", "Firefox, Android"):
        assert known in html


def test_the_export_holds_every_part(signed_in: Client, world: Order) -> None:
    answer = signed_in.post(f"{ACCOUNT}privacy/export/")
    told = json.loads(answer.content)

    assert {part.name for part in privacy.parts()} <= set(told)
    assert told["orders"][0]["number"] == "BL-10240"
    assert told["orders"][0]["lines"][0]["title"] == "Piatto Luna"
    assert told["account"]["followers"][0]["email"] == "nonna@posta.example"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_nothing_is_erased_by_accident(signed_in: Client, world: Order) -> None:
    signed_in.post(f"{ACCOUNT}privacy/forget/", {})

    assert not Erasure.objects.exists()


def test_there_is_a_week_to_take_it_back(signed_in: Client, client: Client, world: Order) -> None:
    page = ask(signed_in)
    assert Message.objects.get(kind="erasure_asked").to_address == "giulia@posta.example"
    assert customers.erase_due(NOW + timedelta(days=6)) == 0

    client.get(page)
    assert Erasure.objects.waiting().exists(), "looking takes nothing back"
    client.post(page)

    assert customers.erase_due(NOW + timedelta(days=30)) == 0
    assert Customer.objects.get(pk=world.customer_id).first_name == "Giulia"


def test_after_a_week_nothing_in_the_database_tells_who_it_was(
    signed_in: Client, client: Client, world: Order, luna: Store
) -> None:
    page = ask(signed_in)
    assert "Moretti" in whole_database()

    counts = [customers.erase_due(NOW + timedelta(days=8)) for _ in range(2)]

    left = whole_database()
    assert counts == [1, 0]
    assert not [secret for secret in SECRETS if secret in left]
    assert "nonna@posta.example" not in left
    assert "ugo@posta.example" in left, "others stay"
    order = Order.objects.get(pk=world.pk)
    assert (order.total, order.shipping_address) == (world.total, {"country": "IT"})
    certificate = client.get(f"{page}?lang=en").content.decode()
    assert "certifies" in certificate
    assert "ten years" in certificate


def test_afterwards_no_link_and_no_session_opens_anything(
    signed_in: Client, client: Client, world: Order
) -> None:
    path = order_path(world.pk, now=NOW)
    client.get(path)  # kept from now on
    ask(signed_in)
    customers.erase_due(NOW + timedelta(days=8))

    assert client.get(path).status_code == 404
    assert signed_in.get(ACCOUNT).status_code == 302
    assert not AccountSession.objects.exists()
    assert not Follower.objects.exists()


def test_what_waits_is_not_sent_to_somebody_forgotten(signed_in: Client, world: Order) -> None:
    ask(signed_in)
    customers.erase_due(NOW + timedelta(days=8))

    assert not Message.objects.waiting().exists()


def test_asking_twice_is_one_erasure(signed_in: Client, world: Order) -> None:
    for _ in range(2):
        ask(signed_in)

    assert Erasure.objects.count() == 1


class TestShopify:
    def request(self, store: Store, kind: str, **more: Any) -> None:
        row = {
            "store_id": store.pk,
            "source": "shopify",
            "external_id": f"r-{kind}",
            "kind": kind,
            "customer_external_id": "",
            "email": "giulia@posta.example",
            "phone": "",
            "order_ids": [],
            **more,
        }
        customers.record_privacy([row], now=NOW)

    def test_redact_erases_at_once_and_only_that_person(self, world: Order, luna: Store) -> None:
        other = Customer.objects.create(store=luna, first_name="Ugo", email="ugo@posta.example")
        self.request(luna, "redact_customer")
        customers.erase_due(NOW)

        left = whole_database()
        assert not [secret for secret in SECRETS if secret in left]
        other.refresh_from_db()
        assert other.first_name == "Ugo"

    def test_an_account_is_found_by_its_number_too(self, world: Order, luna: Store, giulia: Customer) -> None:
        Identity.objects.create(store=luna, key="account:shopify:7", customer=giulia)
        self.request(luna, "redact_customer", email="", customer_external_id="7")
        customers.erase_due(NOW)

        giulia.refresh_from_db()
        assert giulia.erased_at

    def test_a_data_request_waits_for_the_team_with_its_file(
        self, client: Client, world: Order, luna: Store, chiara: Member
    ) -> None:
        self.request(luna, "data_request")
        client.force_login(chiara)
        listed = client.get("/office/privacy/").content.decode()
        request = PrivacyRequest.objects.get()

        told = json.loads(client.post(f"/office/privacy/{request.pk}/export/").content)

        request.refresh_from_db()
        assert "giulia@posta.example" in listed
        assert told["people"][0]["customers"]["people"][0]["last_name"] == "Moretti"
        assert request.answered_at

    def test_another_shops_request_touches_nobody_here(self, world: Order, stranger: Member) -> None:
        self.request(stranger.stores.get(), "redact_customer")
        customers.erase_due(NOW)

        assert Customer.objects.get(pk=world.customer_id).erased_at is None


def test_every_table_about_a_person_has_somebody_who_speaks_for_it() -> None:
    """Whoever adds a table with a customer or an order in it decides what becomes of it when they are forgotten."""
    spoken_for = {
        *(
            "customers.Identity",
            "customers.Contact",
            "customers.Merge",
            "customers.Erasure",
            "customers.Customer",
        ),
        *("orders.Order", "orders.Line", "orders.Fulfilment", "orders.Refund"),
        *("outgoing.Message", "outgoing.Consent", "outgoing.Preference", "outgoing.SignUp", "outgoing.Reach"),
        *(
            "account.AccountSession",
            "account.Passkey",
            "account.ChangeRequest",
            "account.Follower",
            "account.Missing",
        ),
        *("returns.Return", "returns.Draft", "returns.Statement"),
        *("cases.Case", "cases.Trouble"),
        *("tracking.Parcel", "promises.Promise", "journeys.Enrolment", "journeys.ToDo", "segments.Tag"),
        # These hold ids, days and states, and no word about anybody.
        *("tracking.FirstPromise", "guides.GuideVote"),
    }
    about = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and getattr(field.related_model, "_meta", None)
        and field.related_model._meta.label in {"customers.Customer", "orders.Order"}
    }

    assert about <= spoken_for, "Register a part in its `privacy.py`, then name it here."
    assert connection.vendor == "postgresql"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"day": "29", "month": "2"}, "02-29"),
        ({"day": "", "month": ""}, ""),
        ({"day": "24", "month": "11"}, "11-24"),
    ],
)
def test_a_birthday_is_kept_without_its_year(
    signed_in: Client, giulia: Customer, typed: dict[str, str], kept: str
) -> None:
    signed_in.post(f"{ACCOUNT}privacy/", typed)

    giulia.refresh_from_db()
    assert giulia.birthday == kept


@pytest.mark.parametrize(
    "typed",
    [{"day": "31", "month": "2"}, {"day": "3"}, {"day": "x", "month": "1"}, {"day": "0", "month": "1"}],
)
def test_a_day_that_is_none_is_refused(signed_in: Client, giulia: Customer, typed: dict[str, str]) -> None:
    answer = signed_in.post(f"{ACCOUNT}privacy/", typed)

    giulia.refresh_from_db()
    assert (answer.status_code, giulia.birthday) == (400, "")
