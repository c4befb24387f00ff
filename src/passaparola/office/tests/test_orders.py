"""Finding orders, and what the team does with their parcels."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from passaparola.customers.models import Contact
from passaparola.office.queries.orders import orders_page
from passaparola.office.tests.conftest import Luna, order_of, parcel_of
from passaparola.tracking.models import FirstPromise, Parcel, Scan, Tracker


def found(world: Luna, **asked: str) -> list[str]:
    return [order.number for order in orders_page(world.store, asked, now=timezone.now()).rows]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "BL-10240",
            "bl-102",
            "10240",
            "giulia",
            "Moretti Giulia",
            "GIULIA@posta.example",
            "milano",
            "20144",
        ),
        *("081544210", "0815 44210", "giulia@posta", "  giulia   mor  "),
    ],
)
def test_an_order_is_found_by_whatever_people_remember(world: Luna, typed: str) -> None:
    order_of(world.store, world.double, "BL-1")
    world.store.orders.filter(number="BL-1").update(search="bl-1 luca ferri torino", email="")

    assert found(world, q=typed) == ["BL-10240"]


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", "a:* & b", "\\", "%", "''", "\x00", "!(", "<script>", "x" * 500]
)
def test_nothing_typed_into_the_search_does_harm(client: Client, world: Luna, typed: str) -> None:
    client.force_login(world.owner)

    answer = client.get("/office/orders/", {"q": typed})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("</head>")[1]


def test_an_order_is_found_by_an_address_its_customer_once_used(world: Luna) -> None:
    Contact.objects.create(customer=world.customer, kind="email", value="vecchia@posta.example")

    assert found(world, q="vecchia@posta.example") == ["BL-10240"]


def test_each_filter_shows_what_stands_so(world: Luna) -> None:
    now = timezone.now()
    order_of(world.store, world.customer, "SENT", shipped_at=now)
    order_of(world.store, world.customer, "THERE", shipped_at=now, delivered_at=now)
    order_of(world.store, world.customer, "OFF", cancelled_at=now)
    lost = order_of(world.store, world.customer, "LOST", shipped_at=now)
    parcel_of(lost, "L1", state="lost")

    assert set(found(world, standing="to-ship")) == {"BL-10240"}
    assert set(found(world, standing="under-way")) == {"SENT", "LOST"}
    assert found(world, standing="delivered") == ["THERE"]
    assert found(world, standing="cancelled") == ["OFF"]
    assert found(world, standing="problems") == ["LOST"]
    assert found(world, standing="late") == ["BL-10240"]
    assert len(found(world, standing="no such word")) == 5


def test_walking_through_the_pages_shows_every_order_once(client: Client, world: Luna) -> None:
    at = timezone.now()
    for n in range(60):  # in threes at the same moment
        order_of(world.store, world.customer, f"N{n:02}", placed_at=at - timedelta(days=1, hours=n // 3))
    seen, asked = [], {}

    while True:
        page = orders_page(world.store, asked, now=timezone.now())
        seen += [order.number for order in page.rows]
        if not page.older:
            break
        asked = dict([page.older[1:].split("=")])

    assert len(seen) == len(set(seen)) == 61
    back = orders_page(world.store, dict([page.newer[1:].split("=")]), now=timezone.now())
    assert [order.number for order in back.rows] == seen[25:50]


def test_a_long_list_takes_few_questions(
    client: Client, world: Luna, django_assert_max_num_queries: object
) -> None:
    for n in range(25):
        parcel_of(order_of(world.store, world.customer, f"N{n}"), f"T{n}")
    client.force_login(world.owner)

    with django_assert_max_num_queries(10):
        client.get("/office/orders/")
    with django_assert_max_num_queries(22):
        client.get(f"/office/orders/{world.order.pk}/")
    with django_assert_max_num_queries(25):  # with the panels of seven concepts
        client.get(f"/office/customers/{world.customer.pk}/")
    with django_assert_max_num_queries(24):
        client.get("/office/")


def test_somebody_says_which_carrier_it_is(client: Client, world: Luna) -> None:
    Tracker.objects.update(needs_a_person=True, carrier="")
    client.force_login(world.owner)
    page = f"/office/orders/{world.order.pk}/"
    assert "Who brings this parcel?" in client.get(page).content.decode()

    client.post(f"{page}parcels/{world.parcel.pk}/carrier/", {"carrier": "gls_it"})

    assert Tracker.objects.get(key="081544210").carrier == "gls_it"
    assert "Who brings this parcel?" not in client.get(page).content.decode()


def test_a_carrier_nobody_knows_is_refused_with_a_sentence(client: Client, world: Luna) -> None:
    client.force_login(world.owner)

    answer = client.post(
        f"/office/orders/{world.order.pk}/parcels/{world.parcel.pk}/carrier/", {"carrier": "nobody"}
    )

    assert answer.status_code == 400
    assert "nobody is not one of the available choices" in answer.content.decode()
    assert Tracker.objects.get(key="081544210").carrier == "brt"


def test_a_step_typed_by_hand_moves_the_parcel(client: Client, world: Luna) -> None:
    client.force_login(world.owner)
    at = timezone.now() - timedelta(hours=1)
    local = at.astimezone(world.store.zone).strftime("%Y-%m-%dT%H:%M")

    answer = client.post(
        f"/office/orders/{world.order.pk}/parcels/{world.parcel.pk}/scan/",
        {"state": "delivered", "at": local, "place": "Milano", "words": "Handed to the neighbour"},
    )

    assert answer.status_code == 302
    parcel = Parcel.objects.get(pk=world.parcel.pk)
    assert (parcel.state, parcel.delivered_at) == ("delivered", at.replace(second=0, microsecond=0))
    assert Scan.objects.filter(words="Handed to the neighbour", place="Milano").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": "delivered", "at": "tomorrow"}, "Write day and time"),
        ({"state": "delivered", "at": "2999-01-01T10:00"}, "still to come"),
        ({"state": "delivered", "at": "1999-01-01T10:00"}, "more than two years ago"),
        ({"state": "melted", "at": "2026-11-18T10:00"}, "melted is not one of the available choices"),
        ({"state": "delivered"}, "This field is required."),
    ],
)
def test_a_step_that_can_not_be_gets_a_sentence(
    client: Client, world: Luna, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(world.owner)

    answer = client.post(f"/office/orders/{world.order.pk}/parcels/{world.parcel.pk}/scan/", typed)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Scan.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "it"])
def test_why_a_carrier_tells_nothing_stands_beside_the_parcel(
    client: Client, world: Luna, language: str
) -> None:
    now = timezone.now()
    world.owner.language = language
    world.owner.save()
    client.force_login(world.owner)
    Tracker.objects.filter(pk=world.parcel.tracker_id).update(
        polled_at=now - timedelta(minutes=1),
        poll_due_at=now + timedelta(hours=1),
        poll_failures=1,
        poll_reason="BRT hung up <b>.",
    )

    page = client.get(f"/office/orders/{world.order.pk}/").content.decode()

    assert "BRT hung up &lt;b&gt;." in page
    assert {"en": "Asked 1 minute ago", "it": "Interrogato 1 minuto fa"}[language] in page


def test_nobody_wonders_about_a_carriers_silence_once_the_parcel_is_there(
    client: Client, world: Luna
) -> None:
    client.force_login(world.owner)
    Parcel.objects.filter(pk=world.parcel.pk).update(delivered_at=timezone.now(), state="delivered")
    Tracker.objects.filter(pk=world.parcel.tracker_id).update(poll_reason="BRT hung up.")

    assert "BRT hung up" not in client.get(f"/office/orders/{world.order.pk}/").content.decode()


def test_an_order_that_still_stands_in_the_shop_after_its_days_is_late(client: Client, world: Luna) -> None:
    forgotten = order_of(world.store, world.customer, "FORGOTTEN")
    fresh = order_of(world.store, world.customer, "FRESH")
    now = timezone.now()
    for order, days in ((forgotten, -2), (fresh, 2)):
        last = (now + timedelta(days=days)).date()
        FirstPromise.objects.create(order=order, first=last, last=last, made_at=now)
    client.force_login(world.owner)

    assert set(found(world, standing="late")) == {"BL-10240", "FORGOTTEN"}
    assert "Promised until 2 days ago, not sent yet." in client.get("/office/").content.decode()
