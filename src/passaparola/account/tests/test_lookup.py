"""Finding an order by number and e-mail, and finding out nothing else."""

from typing import Any

import pytest
from django.test import Client

from passaparola.account import lookup
from passaparola.account.rules import lookup as rules
from passaparola.account.tests import orders
from passaparola.customers.models import Customer
from passaparola.messages.models import Message
from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store

HERE = "/s/bottega-luna/"


def ask(client: Client, number: str, email: str, where: str = HERE, **more: Any) -> Any:
    return client.post(where, {"number": number, "email": email}, headers={"accept-language": "en"}, **more)


def shown(client: Client, number: str, email: str, where: str = HERE) -> str:
    answer = ask(client, number, email, where)
    assert answer.status_code == 302
    return str(client.get(answer["Location"], headers={"accept-language": "en"}).content.decode())


@pytest.mark.parametrize("typed", ["BL-10240", "#BL-10240", " bl-10240 ", "# Bl - 10240", "10240", "#10240"])
def test_the_number_is_found_however_it_is_typed(client: Client, giulias: Order, typed: str) -> None:
    html = shown(client, typed, " Giulia@Posta.example ")

    assert "Order BL-10240" in html
    assert "Out for delivery" in html


@pytest.mark.parametrize("stored", ["1001", "#1001"])
@pytest.mark.parametrize("typed", ["1001", "#1001", " # 1001"])
def test_plain_numbers_are_found_too(client: Client, luna: Store, stored: str, typed: str) -> None:
    orders.order(luna, number=stored)

    assert "We are packing it" in shown(client, typed, "giulia@posta.example")


def test_without_proof_of_the_address_nothing_personal_is_shown(client: Client, giulias: Order) -> None:
    html = shown(client, "BL-10240", "giulia@posta.example")

    for secret in (
        "Giulia",
        "Moretti",
        "Tortona",
        "Milano",
        "74.50",
        "Piatto",
        "BRT0000123456",
        "IN CONSEGNA",
        "Visa",
    ):
        assert secret not in html
    assert "g••••@p••••.example" in html
    assert "20•••, Italy" in html


def test_a_wrong_number_and_a_wrong_address_are_answered_alike(client: Client, giulias: Order) -> None:
    tries = [
        ("BL-10240", "somebody@else.example"),
        ("BL-1", "giulia@posta.example"),
        ("nothing", "x@y.example"),
    ]

    answers = [ask(client, *typed) for typed in tries]
    found = ask(client, "BL-10240", "giulia@posta.example")

    assert {answer.status_code for answer in (*answers, found)} == {302}
    assert {tuple(answer.headers) for answer in (*answers, found)} == {tuple(found.headers)}
    pages = {client.get(answer["Location"]).content.split(b"csrfmiddlewaretoken")[0] for answer in answers}
    assert len(pages) == 1


def test_a_miss_does_the_same_work_as_a_hit(
    client: Client, giulias: Order, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for typed in (("BL-10240", "giulia@posta.example"), ("BL-10240", "a@b.example"), ("BL-9", "a@b.example")):
        with django_assert_num_queries(6):
            ask(client, *typed)


def test_another_shops_order_is_not_found_here(client: Client, giulias: Order, stranger: Member) -> None:
    assert "We found no order" in shown(client, "BL-10240", "giulia@posta.example", "/s/altrove/")


def test_a_progress_link_opens_nothing_at_another_shop(
    client: Client, giulias: Order, stranger: Member
) -> None:
    link = ask(client, "BL-10240", "giulia@posta.example")["Location"]

    elsewhere = client.get(link.replace("bottega-luna", "altrove"), headers={"accept-language": "en"})

    assert "Out for delivery" not in elsewhere.content.decode()
    assert client.get(link.split("?")[0][:-3] + "xx/").status_code == 404


def test_too_many_tries_with_one_address_are_stopped_kindly(client: Client, giulias: Order) -> None:
    for _ in range(rules.PER_ADDRESS):
        assert ask(client, "1", "giulia@posta.example").status_code == 302

    stopped = ask(client, "BL-10240", "giulia@posta.example")

    assert stopped.status_code == 429
    assert stopped["Retry-After"] == "900"
    assert "try again in 15 minutes" in stopped.content.decode()


def test_too_many_tries_from_one_place_are_stopped(client: Client, luna: Store) -> None:
    for n in range(rules.PER_SOURCE):
        assert ask(client, str(n), f"a{n}@b.example").status_code == 302

    assert ask(client, "x", "new@b.example").status_code == 429
    assert ask(client, "x", "new@b.example", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_too_many_tries_for_one_number_are_stopped(client: Client, luna: Store) -> None:
    for n in range(rules.PER_NUMBER):
        ask(client, "BL-1", f"a{n}@b.example", REMOTE_ADDR=f"192.0.2.{n}")

    assert ask(client, "#bl-1", "b@b.example", REMOTE_ADDR="192.0.2.99").status_code == 429


def test_the_form_needs_its_token(luna: Store) -> None:
    assert ask(Client(enforce_csrf_checks=True), "1", "a@b.example").status_code == 403


@pytest.mark.parametrize(("number", "email"), [("", ""), ("#", "a@b.example"), ("1", "no address")])
def test_what_cannot_be_is_said_beside_the_field(
    client: Client, luna: Store, number: str, email: str
) -> None:
    answer = ask(client, number, email)

    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()


def test_an_unknown_shop_is_answered_like_a_dead_link(client: Client, db: None) -> None:
    assert client.get("/s/nobody/").status_code == 404
    assert client.get("/s/nobody/").content == client.get("/o/forged/").content


def test_the_brand_is_kept_for_ever_under_its_version(client: Client, luna: Store) -> None:
    luna.brand_colour = "#224466"
    luna.save()
    href = client.get(HERE).content.decode().split('stylesheet" href="')[1].split('"')[0]

    sheet = client.get(href)

    assert sheet["Content-Type"].startswith("text/css")
    assert "#224466" in sheet.content.decode()
    assert "immutable" in sheet["Cache-Control"]
    assert "immutable" not in client.get(href.split("?")[0])["Cache-Control"]


def test_an_unknown_order_is_never_a_token_for_one(luna: Store, giulia: Customer) -> None:
    from tests.cast import NOON

    token = lookup.find(luna.pk, "BL-10240", "giulia@posta.example", source="192.0.2.1", now=NOON)

    assert lookup.read(token, now=NOON) == lookup.NOBODY


def test_the_link_is_sent_to_the_orders_own_address_only(client: Client, giulias: Order) -> None:
    link = ask(client, "BL-10240", "giulia@posta.example")["Location"]

    sent = client.post(link, headers={"accept-language": "en"}, follow=True)

    message = Message.objects.get()
    assert (message.kind, message.to_address, message.order_id) == ("order_link", giulias.email, giulias.pk)
    assert Message.objects.in_state("asked").exists()
    assert "We have sent you the link" in sent.content.decode()


def test_an_imported_orders_link_is_sent_too(client: Client, giulias: Order) -> None:
    Order.objects.update(is_history=True)

    client.post(ask(client, "BL-10240", "giulia@posta.example")["Location"])

    assert Message.objects.in_state("asked").exists()


def test_a_mailbox_is_not_flooded_with_links(client: Client, giulias: Order) -> None:
    link = ask(client, "BL-10240", "giulia@posta.example")["Location"]

    statuses = [client.post(link).status_code for _ in range(rules.LINKS_PER_ORDER + 1)]

    assert statuses == [*[302] * rules.LINKS_PER_ORDER, 429]


def test_asking_for_the_link_of_nothing_is_answered_alike(client: Client, luna: Store) -> None:
    link = ask(client, "BL-1", "a@b.example")["Location"]

    assert client.post(link).status_code == 302
    assert not Message.objects.exists()
