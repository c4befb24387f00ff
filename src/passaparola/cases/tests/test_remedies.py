"""Making good: who may grant what, within which budget, and how often one says sorry."""

from decimal import Decimal
from itertools import product

import pytest
from django.test import Client
from tests.cast import NOON

from passaparola.cases import actions
from passaparola.cases.actions import NotGrantedError, Trouble
from passaparola.cases.models import Case, Remedy
from passaparola.cases.remedy import REMEDIES
from passaparola.cases.rules.ladder import No, Standing, ladder
from passaparola.cases.standing import budget_of, has_been_apologised_to
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.orders.models import Order
from passaparola.promises.tests.conftest import RefundingShop as Shop
from passaparola.stores.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(shop: Shop) -> Case:
    shop.sells()
    order = Order.objects.get()
    lost = Trouble(store_id=order.store_id, key="lost_parcel:1", kind="lost_parcel", order_id=order.pk)
    actions.report([lost], now=NOON)
    return Case.objects.get()


def test_a_second_sorry_is_refused(case: Case, sara: Member) -> None:
    actions.grant(case, remedy="apologise", by=sara, is_owner=False, now=NOON)

    with pytest.raises(NotGrantedError, match="once already"):
        actions.grant(case, remedy="apologise", by=sara, is_owner=False, now=NOON)

    assert has_been_apologised_to(case.order_id)


def test_a_letter_that_says_sorry_is_the_one_apology(case: Case, chiara: Member) -> None:
    actions.apologised([case.order_id], now=NOON)
    actions.apologised([case.order_id], now=NOON)

    with pytest.raises(NotGrantedError):
        actions.grant(case, remedy="apologise", by=chiara, is_owner=True, now=NOON)
    assert Remedy.objects.count() == 1


def test_whoever_grants_something_takes_the_case_on_and_the_customer_is_told(
    case: Case, sara: Member
) -> None:
    actions.grant(case, remedy="coupon", by=sara, is_owner=False, code="LUNA-8", words="Scusaci", now=NOON)

    case.refresh_from_db()
    assert case.owner == sara
    event = EventRecord.objects.get(kind="RemedyGranted")
    assert event.data["code"] == "LUNA-8"
    assert Message.objects.get(kind="remedy_coupon").data["code"] == "LUNA-8"


def test_customer_care_may_not_give_more_than_its_limit(case: Case, sara: Member, chiara: Member) -> None:
    with pytest.raises(NotGrantedError, match="Ask an owner"):
        actions.grant(case, remedy="coupon", amount=Decimal(20), by=sara, is_owner=False, now=NOON)

    actions.grant(case, remedy="coupon", amount=Decimal(20), by=chiara, is_owner=True, now=NOON)


def test_the_months_budget_binds_owners_too(case: Case, chiara: Member) -> None:
    actions.set_budget(case.store, monthly=Decimal(25), agent_limit=Decimal(15))
    actions.grant(case, remedy="coupon", amount=Decimal(20), by=chiara, is_owner=True, now=NOON)

    with pytest.raises(NotGrantedError, match="budget"):
        actions.grant(case, remedy="coupon", amount=Decimal(6), by=chiara, is_owner=True, now=NOON)

    assert budget_of(case.store, now=NOON).left == Decimal(5)


def test_a_new_one_is_for_owners_to_decide(case: Case, sara: Member) -> None:
    with pytest.raises(NotGrantedError, match="owner"):
        actions.grant(case, remedy="replacement", by=sara, is_owner=False, now=NOON)


def test_nothing_is_granted_in_a_closed_case(case: Case, sara: Member) -> None:
    actions.close(case, by=sara, now=NOON)

    with pytest.raises(NotGrantedError, match="closed"):
        actions.grant(case, remedy="explain", by=sara, is_owner=False, now=NOON)


def standing(**changes: object) -> Standing:
    usual = {
        "causes": frozenset({"late_parcel"}),
        "severity": 3,
        "value": Decimal(80),
        "shipping": Decimal("6.90"),
        "tried": frozenset(),
        "is_apologised": False,
        "is_owner": False,
        "agent_limit": Decimal(15),
        "budget_left": Decimal(100),
    }
    return Standing(**(usual | changes))


def best(**changes: object) -> str | None:
    return next((o.key for o in ladder(REMEDIES.values(), standing(**changes)) if o.is_best), None)


def test_the_ladder_is_climbed_step_by_step() -> None:
    assert best() == "explain"
    assert best(tried=frozenset({"explain"})) == "apologise"
    assert best(tried=frozenset({"explain", "apologise"}), is_apologised=True) == "gift"
    assert best(is_apologised=True, severity=5, causes=frozenset({"lost_parcel"})) == "coupon"
    assert best(is_apologised=True, budget_left=Decimal(0), is_owner=True) is None


def test_no_remedy_is_ever_best_that_may_not_be_granted() -> None:
    for severity, owner, sorry, left in product(range(1, 6), (True, False), (True, False), (0, 7, 100)):
        offers = ladder(
            REMEDIES.values(),
            standing(severity=severity, is_owner=owner, is_apologised=sorry, budget_left=Decimal(left)),
        )
        assert sum(o.is_best for o in offers) <= 1
        assert not [o for o in offers if o.is_best and o.no]
        assert sorry == any(o.no is No.ALREADY_SORRY for o in offers)


@pytest.mark.parametrize("key", list(REMEDIES))
def test_every_remedy_is_called_by_its_folder_and_fits_something(key: str) -> None:
    kind = REMEDIES[key]

    assert kind.key == key
    assert str(kind.label)
    assert 1 <= kind.fits[0] <= kind.fits[1] <= 5


def test_a_second_click_gives_nothing_twice(client: Client, case: Case, sara: Member) -> None:
    client.force_login(sara)
    page = client.get(f"/office/cases/{case.pk}/").content.decode()
    assert 'name="seen" value="0"' in page

    for _click in range(2):
        answer = client.post(
            f"/office/cases/{case.pk}/remedy/", {"remedy": "coupon", "amount": "5", "seen": "0"}, follow=True
        )

    assert "appena stato concesso" in answer.content.decode()
    assert Remedy.objects.count() == 1
    client.post(f"/office/cases/{case.pk}/remedy/", {"remedy": "coupon", "amount": "5", "seen": "1"})
    assert Remedy.objects.count() == 2
