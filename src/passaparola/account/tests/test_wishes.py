"""What a customer asks about an order: another address, no parcel at all, a parcel that nobody has seen."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.account import actions
from passaparola.account.models import ChangeRequest, Missing
from passaparola.account.rules.changes import may_ask
from passaparola.account.rules.missing import LATEST, SOONEST, wait_until
from passaparola.account.tests import orders
from passaparola.cases.models import Trouble
from passaparola.customers.models import Customer
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.orders.links import order_path
from passaparola.orders.models import Order
from passaparola.promises.models import Promise
from passaparola.stores.models import Member, Store

NOW = NOON
ADDRESS = {"line1": "via Roma 1", "postcode": "48018", "city": "Faenza"}


@pytest.fixture
def fresh(luna: Store, giulia: Customer) -> Order:
    """Ordered an hour ago, nothing sent."""
    return orders.order(luna, giulia, placed_at=NOW - timedelta(hours=1))


def path(order: Order) -> str:
    return order_path(order.pk, now=NOW)


def told(events: str) -> list[Any]:
    return list(EventRecord.objects.filter(kind=events))


class TestAnotherAddress:
    def test_the_wish_waits_for_the_team(self, client: Client, fresh: Order) -> None:
        answer = client.post(f"{path(fresh)}change/", {"kind": "address", **ADDRESS}, follow=True)

        wish = ChangeRequest.objects.get()
        assert "We have your wish" in answer.content.decode()
        assert (wish.address, wish.decided_at) == (ADDRESS, None)
        assert told("ChangeAsked")[0].order_id == fresh.pk
        fresh.refresh_from_db()
        assert fresh.shipping_address == orders.ADDRESS, "nothing happens by itself"

    def test_an_address_needs_its_parts(self, client: Client, fresh: Order) -> None:
        answer = client.post(f"{path(fresh)}change/", {"kind": "address", "line1": "via Roma 1"})

        assert answer.status_code == 400
        assert not ChangeRequest.objects.exists()

    def test_asking_twice_is_one_wish(self, client: Client, fresh: Order) -> None:
        for _ in range(2):
            client.post(f"{path(fresh)}change/", {"kind": "cancel"})

        assert ChangeRequest.objects.count() == 1

    def test_the_database_itself_keeps_a_second_wish_out(self, fresh: Order) -> None:
        wish = actions.ask_change(fresh, kind="cancel", now=NOW)

        with pytest.raises(IntegrityError), transaction.atomic():
            ChangeRequest.objects.create(store=wish.store, order=fresh, kind="cancel", asked_at=NOW)

    @pytest.mark.parametrize(
        "late",
        [
            {"shipped_at": NOW},
            {"cancelled_at": NOW},
            {"placed_at": NOW - timedelta(hours=25)},
        ],
    )
    def test_too_late_is_said_kindly(self, client: Client, fresh: Order, late: dict[str, Any]) -> None:
        Order.objects.update(**late)

        assert "nothing can be changed" in client.get(f"{path(fresh)}change/?lang=en").content.decode()
        client.post(f"{path(fresh)}change/", {"kind": "cancel"})
        assert not ChangeRequest.objects.exists()

    def test_a_parcel_being_made_ready_closes_the_window(self, fresh: Order) -> None:
        orders.parcel(fresh)

        with pytest.raises(actions.NotPossibleError):
            actions.ask_change(fresh, kind="cancel", now=NOW)

    @given(st.integers(0, 72), st.integers(0, 200))
    def test_the_window_is_as_long_as_the_shop_says(self, hours: int, minutes: int) -> None:
        asked = may_ask(
            placed_at=NOON,
            hours=hours,
            is_sent=False,
            is_cancelled=False,
            now=NOON + timedelta(minutes=minutes),
        )

        assert asked == (minutes < hours * 60)


class TestTheTeamDecides:
    @pytest.fixture
    def wish(self, fresh: Order) -> ChangeRequest:
        return actions.ask_change(fresh, kind="address", address=ADDRESS, note="Piano terra", now=NOW)

    def test_it_stands_on_the_orders_page_and_on_today(
        self, client: Client, wish: ChangeRequest, sara: Member
    ) -> None:
        client.force_login(sara)

        order = client.get(f"/office/orders/{wish.order_id}/").content.decode()
        today = client.get("/office/").content.decode()

        assert "via Roma 1" in order
        assert "Piano terra" in order
        assert "BL-10240" in today

    def test_yes_is_written_to_the_customer(self, client: Client, wish: ChangeRequest, sara: Member) -> None:
        client.force_login(sara)

        client.post(f"/office/changes/{wish.pk}/", {"decision": "yes", "answer": "Fatto!"})

        wish.refresh_from_db()
        message = Message.objects.get(kind="change_decided")
        assert (wish.is_granted, wish.decided_by, wish.answer) == (True, sara, "Fatto!")
        assert message.data["granted"] == "yes"
        assert told("ChangeDecided")

    def test_no_needs_words(self, client: Client, wish: ChangeRequest, sara: Member) -> None:
        client.force_login(sara)

        client.post(f"/office/changes/{wish.pk}/", {"decision": "no", "answer": " "})

        wish.refresh_from_db()
        assert wish.decided_at is None
        assert not Message.objects.exists()

    def test_the_first_answer_counts(self, wish: ChangeRequest, sara: Member) -> None:
        first = actions.decide_change(wish, is_granted=False, answer="Parte ora", by=sara, now=NOW)
        second = actions.decide_change(wish, is_granted=True, answer="Fatto", by=sara, now=NOW)
        answer = Promise.objects.get(key=f"change:{wish.pk}")
        assert (answer.kind, answer.kept_at) == ("reply_email", NOW)

        wish.refresh_from_db()
        assert (first, second, wish.is_granted) == (True, False, False)
        assert Message.objects.count() == 1

    def test_the_customer_reads_the_answer(self, client: Client, wish: ChangeRequest, sara: Member) -> None:
        actions.decide_change(wish, is_granted=False, answer="Il corriere è già qui", by=sara, now=NOW)

        assert "Il corriere è già qui" in client.get(f"{path(wish.order)}details/").content.decode()


class TestMissing:
    @pytest.fixture
    def delivered(self, luna: Store, giulia: Customer) -> Order:
        order = orders.order(luna, giulia)
        orders.parcel(order, state="delivered", delivered_at=NOW - timedelta(hours=3))
        return order

    def test_they_look_once_more_before_the_team_is_told(self, client: Client, delivered: Order) -> None:
        client.post(f"{path(delivered)}missing/", {"note": "Nessuno l'ha visto"})

        found = Missing.objects.get()
        assert found.told_at is None
        assert found.wait_until > NOW
        assert told("ParcelMissed")
        assert not Trouble.objects.exists()
        assert actions.tell_overdue(found.wait_until - timedelta(minutes=1)) == 0

    def test_when_the_time_is_over_the_team_is_told_by_itself(self, client: Client, delivered: Order) -> None:
        client.post(f"{path(delivered)}missing/", {})
        found = Missing.objects.get()

        counts = [actions.tell_overdue(found.wait_until) for _ in range(2)]

        trouble = Trouble.objects.get()
        assert counts == [1, 0]
        assert (trouble.kind, trouble.order_id) == ("lost_parcel", delivered.pk)

    def test_found_after_all_settles_it(self, client: Client, delivered: Order) -> None:
        client.post(f"{path(delivered)}missing/", {})
        client.post(f"{path(delivered)}missing/", {"team": "yes"})
        client.post(f"{path(delivered)}missing/", {"found": "yes"})

        assert Missing.objects.get().found_at
        assert Trouble.objects.get().settled_at
        assert told("MissingParcelFound")
        assert "You found it" in client.get(f"{path(delivered)}missing/?lang=en").content.decode()

    def test_signed_by_somebody_else_goes_to_the_team_at_once(self, client: Client, delivered: Order) -> None:
        client.post(f"{path(delivered)}missing/", {"signed": "on"})

        assert Trouble.objects.get().kind == "lost_parcel"

    def test_a_parcel_still_on_its_way_can_not_be_missing(self, client: Client, giulias: Order) -> None:
        assert client.get(f"{path(giulias)}missing/").status_code == 404
        with pytest.raises(actions.NotPossibleError):
            actions.say_missing(giulias.parcels.get(), now=NOW)

    @given(
        st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
        st.integers(0, 200),
        st.decimals(0, 1000, places=2),
    )
    def test_the_wait_is_a_day_to_three_and_never_over_already(
        self, delivered: datetime, hours: int, total: Decimal
    ) -> None:
        now = delivered + timedelta(hours=hours)
        until = wait_until(delivered, total=total, now=now)

        assert until >= now + timedelta(hours=4)
        assert until <= max(delivered + LATEST, now + timedelta(hours=4))
        assert until >= delivered + SOONEST
