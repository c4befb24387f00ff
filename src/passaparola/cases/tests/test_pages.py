"""The team's pages of cases."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.pages import Asked, StaffPages

from passaparola.cases import actions, urls
from passaparola.cases.actions import Trouble
from passaparola.cases.models import Case, Claim, Note, Remedy
from passaparola.orders.models import Order
from passaparola.promises.models import Promise
from passaparola.promises.tests.conftest import RefundingShop as Shop
from passaparola.stores.models import Member
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.models import Parcel


@dataclass
class World:
    case: Case
    note: Note
    parcel: Parcel
    claim: Claim


@pytest.fixture
def world(shop: Shop, sara: Member) -> World:
    shop.sells(number="BL-1").sends("A1", parts=()).hears("A1", (20, ScanState.PICKED_UP))
    order, now = Order.objects.get(), timezone.now()
    actions.report(
        [Trouble(store_id=order.store_id, key="lost:1", kind="lost_parcel", order_id=order.pk)], now=now
    )
    case = Case.objects.get()
    note = actions.note(case, words="Domani la richiamo.", by=sara, now=now)
    parcel = Parcel.objects.get()
    return World(case, note, parcel, actions.file_claim(case, parcel=parcel, asked=order.total, now=now))


def _case(world: World) -> dict[str, int]:
    return {"case_id": world.case.pk}


def _parcel(world: World) -> dict[str, int]:
    return _case(world) | {"parcel_id": world.parcel.pk}


ONE = {"gets": False, "is_of_one": True}


class TestCasesPages(StaffPages):
    urls = urls
    own = ("Moretti", "giulia", "BL-1")
    addresses = {
        "cases": Asked(found=("Giulia", "BL-1", "A parcel is lost")),
        "case": Asked(
            _case, is_of_one=True, found=("BL-1", "Domani la richiamo", "Keep as a promise", "Say sorry")
        ),
        "budget": Asked(
            gets=False, posts=lambda world: {"monthly": "50", "agent_limit": "5"}, is_for_owners=True
        ),
        "take": Asked(_case, posts=lambda world: {}, **ONE),
        "assign": Asked(_case, posts=lambda world: {"to": ""}, **ONE),
        "note": Asked(_case, posts=lambda world: {"words": "Called."}, **ONE),
        "promise": Asked(
            lambda w: _case(w) | {"note_id": w.note.pk, "place": 0}, posts=lambda world: {}, **ONE
        ),
        "remedy": Asked(_case, posts=lambda world: {"remedy": "apologise"}, **ONE),
        "close": Asked(_case, posts=lambda world: {}, **ONE),
        "claim": Asked(_parcel, posts=lambda world: {"asked": "80"}, **ONE),
        "answer": Asked(
            lambda w: _case(w) | {"claim_id": w.claim.pk}, posts=lambda world: {"recovered": "40"}, **ONE
        ),
    }
    addresses["evidence"] = Asked(_parcel, is_of_one=True)

    @pytest.mark.parametrize("language", ["en", "it"])
    def test_pages_speak_both_languages(self, client, world, chiara, language):
        pages = {name: asked for name, asked in self.addresses.items() if name != "evidence"}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(self), "addresses", pages)
            super().test_pages_speak_both_languages(client, world, chiara, language)


def post(client: Client, world: World, what: str, **data: object) -> str:
    answer = client.post(f"/office/cases/{world.case.pk}/{what}/", data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_said_becomes_a_promise_with_one_click(client: Client, world: World, sara: Member) -> None:
    client.force_login(sara)

    page = post(client, world, f"notes/{world.note.pk}/0/promise")
    post(client, world, f"notes/{world.note.pk}/0/promise")

    said = Promise.objects.get(kind="call_back")
    assert (said.words, said.owner, said.order) == ({"": "Domani la richiamo."}, sara, world.case.order)
    assert timezone.now() < said.due_at < timezone.now() + timedelta(days=3)
    assert page.count("Tieni come promessa") + page.count("Keep as a promise") == 0


def test_a_case_closes_when_its_promises_are_kept_and_not_before(
    client: Client, world: World, sara: Member
) -> None:
    client.force_login(sara)
    post(client, world, f"notes/{world.note.pk}/0/promise")

    post(client, world, "close")
    world.case.refresh_from_db()
    assert world.case.closed_at is None
    client.post(f"/office/promises/{Promise.objects.get(kind='call_back').pk}/keep/")
    post(client, world, "close")

    world.case.refresh_from_db()
    assert world.case.closed_by == sara


def test_a_remedy_stands_in_the_case(client: Client, world: World, sara: Member) -> None:
    client.force_login(sara)

    post(client, world, "remedy", remedy="coupon", amount="12.50", code="LUNA-12", tells="on")

    given = Remedy.objects.get()
    assert (given.kind, str(given.amount), given.code, given.tells) == ("coupon", "12.5000", "LUNA-12", True)


@pytest.mark.parametrize("data", [{"remedy": "gold"}, {"remedy": "coupon", "amount": "much"}, {}])
def test_a_remedy_that_is_none_is_refused_in_a_sentence(client, world, sara, data):
    client.force_login(sara)

    assert "Choose a remedy" in post(client, world, "remedy", **data) or not Remedy.objects.exists()
    assert not Remedy.objects.exists()


def test_the_evidence_is_a_pdf_and_the_money_that_came_back_is_counted(client, world, chiara):
    client.force_login(chiara)

    file = client.get(f"/office/cases/{world.case.pk}/parcels/{world.parcel.pk}/evidence/")
    post(client, world, f"claims/{world.claim.pk}/answer", recovered="40")

    assert file.content.startswith(b"%PDF")
    assert file.headers["Content-Type"] == "application/pdf"
    assert "40.00" in client.get("/office/cases/").content.decode()


def test_the_case_shows_on_the_order_and_on_the_customer(client, world, chiara):
    client.force_login(chiara)
    order = world.case.order

    for address in (f"/office/orders/{order.pk}/", f"/office/customers/{order.customer_id}/"):
        assert f"/office/cases/{world.case.pk}/" in client.get(address).content.decode()


def test_an_empty_note_is_refused_and_nothing_is_lost(client, world, sara):
    client.force_login(sara)

    answer = client.post(f"/office/cases/{world.case.pk}/note/", {"words": "  "})

    assert answer.status_code == 400
    assert Note.objects.count() == 1
