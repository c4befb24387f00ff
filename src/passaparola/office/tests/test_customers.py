"""People: found, told as one, and told apart again."""

from datetime import timedelta

from django.test import Client
from tests.cast import NOON

from passaparola.customers.models import Customer, Merge
from passaparola.messages.models import Consent, Suppression
from passaparola.office.queries.customers import customers_page, show
from passaparola.office.tests.conftest import Luna


def found(world: Luna, **asked: str) -> list[str]:
    return [customer.name for customer in customers_page(world.store, asked).rows]


def test_people_are_found_by_the_beginning_of_name_and_address(world: Luna) -> None:
    assert found(world, q="giuliet") == ["Giulietta Moretti"]
    assert found(world, q="g@altra") == ["Giulietta Moretti"]
    assert found(world, q="posta") == []


def test_a_merged_record_leads_to_the_person(client: Client, world: Luna) -> None:
    client.force_login(world.owner)
    merged = Customer.objects.get(last_name="Moretti-Rossi")

    assert found(world, q="moretti-rossi") == ["Giulia Moretti"]
    assert (
        client.get(f"/office/customers/{merged.pk}/").headers["location"].endswith(f"/{world.customer.pk}/")
    )


def test_buyers_come_first_and_those_without_orders_have_their_own_list(world: Luna) -> None:
    assert found(world) == ["Giulia Moretti"]
    assert found(world, circle="without-orders") == ["Giulietta Moretti"]
    assert found(world, circle="returning") == []


def test_two_people_become_one_and_two_again(client: Client, world: Luna) -> None:
    client.force_login(world.owner)
    page = f"/office/customers/{world.customer.pk}/"

    client.post(f"{page}merge/", {"other": world.double.pk})
    made = Merge.objects.get(other=world.double)
    assert Customer.objects.people().filter(pk__in=[world.customer.pk, world.double.pk]).count() == 1

    client.post(f"{page}merges/{made.pk}/undo/")
    made.refresh_from_db()
    assert made.undone_by == world.owner
    assert Customer.objects.people().filter(pk__in=[world.customer.pk, world.double.pk]).count() == 2


def test_nobody_is_merged_with_somebody_of_another_shop(client: Client, world: Luna, stranger) -> None:
    theirs = Customer.objects.create(store=stranger.stores.get(), first_name="Ugo")
    client.force_login(world.owner)

    for other in (theirs.pk, world.customer.pk, "x", "", "9" * 30):
        assert (
            client.post(f"/office/customers/{world.customer.pk}/merge/", {"other": other}).status_code == 404
        )

    assert Merge.objects.count() == 1


def test_what_they_told_us_last_counts_and_says_who_said_so(client: Client, world: Luna) -> None:
    Customer.objects.filter(pk=world.customer.pk).update(accepts_marketing=True, consent_at=NOON)
    Consent.objects.create(
        customer=world.customer, channel="email", purpose="offer", is_given=False, source="preferences page",
        said_at=NOON + timedelta(days=1),
    )  # fmt: skip
    Suppression.objects.create(store=world.store, address="giulia@posta.example", reason="hard_bounce")

    shown = show(world.store, world.customer.pk, language="en", now=NOON).permissions

    assert [(str(name), [allowed for _, allowed in ways]) for name, ways in shown.purposes] == [
        *(("Offers", [False]), ("News of the shop", [True]), ("Questions", [True]))
    ]
    assert [one.consent.source for one in shown.said] == ["preferences page"]
    assert [address for address, _ in shown.silences] == ["giulia@posta.example"]
