"""What a customer sees at the link, and what anybody else does."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.cast import NOON

from passaparola.account import pages
from passaparola.account.tests import orders
from passaparola.customers.models import Customer
from passaparola.orders.links import order_path, order_token
from passaparola.orders.models import Order
from passaparola.stores.models import Member, Store

Look = Callable[..., str]


def shown(order: Order, *, wish: str = "", now: datetime = NOON) -> str:
    made = pages.make(order.pk, wish, now=now)
    assert made
    return made.html.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_answer_stands_first(giulias: Order) -> None:
    html = shown(giulias)

    assert "<h1>Arriving today, between 10:00 and 14:00</h1>" in html
    assert "Hello Giulia, your parcel is on the van" in words(html)


def test_the_page_speaks_the_orders_language_and_switches(giulias: Order) -> None:
    giulias.language = "it"
    giulias.save()

    assert 'lang="it"' in shown(giulias)
    assert "Arriva oggi, tra le 10:00 e le 14:00" in shown(giulias)
    assert "Arriving today" in shown(giulias, wish="en")


def test_every_step_has_its_local_time_and_place(giulias: Order) -> None:
    said = words(shown(giulias))

    assert "Handed to BRT , done Yesterday, 16:00 · Faenza" in said
    assert "Out for delivery Today, 08:00 · Milano" in said
    assert "IN CONSEGNA" in said


def test_what_was_bought_and_paid_is_there(giulias: Order) -> None:
    said = words(shown(giulias))

    for text in (
        "Piatto Luna, glazed stoneware",
        "Quantity 4",
        "€22.00",
        "€74.50",
        "Visa •••• 4242, paid on 16 Nov",
    ):
        assert text in said
    assert "Giulia Moretti, via Tortona 12, 20144 Milano" in said


def test_care_notes_come_in_the_pages_language(luna: Store, giulias: Order) -> None:
    orders.care_note(luna)

    assert orders.CARE_EN in words(shown(giulias))
    assert orders.CARE_IT in words(shown(giulias, wish="it"))


def test_a_split_order_tells_each_parcel_and_what_is_still_to_come(luna: Store, giulia: Customer) -> None:
    order = orders.order(luna, giulia)
    orders.on_the_van(order, parts=[{"line": "line-0", "quantity": 2}])
    orders.parcel(
        order, "BRT2", parts=[{"line": "line-1", "quantity": 1}], picked_up_at=NOON, state="in_transit"
    )

    said = words(shown(order))

    assert "Your order travels in 2 parcels." in said
    assert "Parcel 1 of 2" in said
    assert "In this parcel 2 × Piatto Luna, glazed stoneware" in said
    assert "Still to come" in said
    assert "3 × Tazza Alba, sage" in said


def test_a_late_parcel_says_who_why_and_what_next_beside_the_first_promise(
    luna: Store, giulia: Customer
) -> None:
    order = orders.order(luna, giulia)
    late = orders.parcel(
        order,
        state="delayed",
        picked_up_at=NOON - orders.DAY,
        late_since=NOON,
        promised_first=NOON.date(),
        promised_last=NOON.date(),
        arrival_first=(NOON + 2 * orders.DAY).date(),
        arrival_last=(NOON + 2 * orders.DAY).date(),
    )
    orders.scan(late, "delayed", NOON - orders.HOUR, "Bologna", "RITARDO PER MALTEMPO")

    said = words(shown(order))

    assert "Delayed: now expected Friday 20 November" in said
    assert "BRT is late with it. BRT says: “RITARDO PER MALTEMPO” (Today, 11:00)." in said
    assert "write to you if the day changes again" in said
    assert "First promised Wednesday 18 November Expected now Friday 20 November" in said


def test_an_order_of_which_little_is_known_has_no_holes(luna: Store) -> None:
    bare = Order.objects.create(store=luna, source="custom", external_id="1", placed_at=NOON)

    html = shown(bare, wish="en")

    assert "We are packing it" in html
    assert "None" not in words(html)
    assert "<dd></dd>" not in html


def test_words_from_outside_are_shown_as_words(luna: Store) -> None:
    order = orders.order(luna, shipping_method="<script>alert(1)</script>")
    orders.parcel(order, link="javascript:alert(1)", picked_up_at=NOON, state="in_transit")

    html = shown(order)

    assert "<script" not in html
    assert "javascript:" not in html


def test_nobody_else_can_store_it_index_it_or_learn_its_address(client: Client, giulias: Order) -> None:
    response = client.get(order_path(giulias.pk, now=NOON))

    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_looking_changes_nothing(client: Client, giulias: Order) -> None:
    before = Order.objects.values().get(pk=giulias.pk)

    for ask in (client.get, client.head):
        assert ask(order_path(giulias.pk, now=NOON)).status_code == 200

    assert Order.objects.values().get(pk=giulias.pk) == before
    assert client.post(order_path(giulias.pk, now=NOON)).status_code == 405


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: t[1:], lambda _: "x"]
)
def test_a_forged_link_opens_nothing(client: Client, giulias: Order, spoil: Callable[[str], str]) -> None:
    response = client.get(f"/o/{spoil(order_token(giulias.pk, now=NOON))}/")

    assert response.status_code == 404
    assert "Giulia" not in response.content.decode()


def test_every_link_that_opens_nothing_says_the_same(client: Client, giulias: Order) -> None:
    ended = order_token(giulias.pk, now=NOON - timedelta(days=700))
    unknown = order_token(giulias.pk + 1000, now=NOON)

    answers = {client.get(f"/o/{token}/").content for token in (ended, unknown, "forged")}

    assert len(answers) == 1


def test_an_erased_customers_page_is_gone(client: Client, giulias: Order, giulia: Customer) -> None:
    assert client.get(order_path(giulias.pk, now=NOON)).status_code == 200

    Customer.objects.filter(pk=giulia.pk).update(erased_at=NOON)

    assert client.get(order_path(giulias.pk, now=NOON)).status_code == 404


def test_the_strangers_link_shows_the_strangers_order_only(
    luna: Store, giulias: Order, stranger: Member
) -> None:
    elsewhere = orders.order(stranger.stores.get(), number="AL-1", external_id="1")

    html = shown(elsewhere)

    assert "Altrove" in html
    assert "Bottega Luna" not in html
    assert "Giulia, your" not in html


def test_the_page_is_light(luna: Store, giulias: Order) -> None:
    orders.care_note(luna)
    for number in range(3):
        more = orders.parcel(giulias, f"BRT-{number}", state="in_transit", picked_up_at=NOON)
        for hour in range(20):
            orders.scan(more, "in_transit", NOON - hour * orders.HOUR, "Bologna", "IN TRANSITO " * 3)

    assert len(shown(giulias).encode()) < 15_000
