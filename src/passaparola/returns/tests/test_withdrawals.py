"""Withdrawing on the customer's pages: two steps, a receipt, for guests too, and nobody learns of orders."""

import re

import pytest
from django.utils import timezone

from passaparola.orders.links import order_path
from passaparola.returns.models import Return, Statement

from . import some
from .some import CUP, DAY, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def bought(luna, giulia, now):
    return some.order(luna, giulia, at=now)


@pytest.fixture
def link(bought, now):
    return order_path(bought.pk, now=now)


def confirm(client, bought, link, **more):
    said = {f"q-{line.pk}": str(line.quantity) for line in bought.lines.all()} | {"name": "Giulia Moretti"}
    first = client.post(f"{link}withdraw/", said | more).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\S+)" value="([^"]*)"', first))
    hidden.pop("csrfmiddlewaretoken", None)
    return client.post(f"{link}withdraw/", hidden | {"confirm": "yes"})


def test_two_steps_and_a_receipt_with_content_and_time(client, bought, link):
    shown = page(client, f"{link}withdraw/")
    assert "Withdraw from the contract here" in shown
    first = client.post(f"{link}withdraw/", {"name": "Giulia Moretti"})
    assert "Confirm withdrawal" in first.content.decode()
    assert not Statement.objects.exists()

    answer = confirm(client, bought, link)

    made = Statement.objects.get()
    assert "Giulia Moretti" in made.words
    assert "BL-10240" in made.words
    shown = page(client, answer.headers["location"])
    assert "UTC+01:00" in shown or "UTC+02:00" in shown
    pdf = client.get(f"{link}withdraw/{made.pk}/receipt.pdf")
    assert pdf.content.startswith(b"%PDF-")
    from passaparola.messages.models import Message

    mail = Message.objects.get(kind="withdrawal_receipt")
    assert mail.data["statement"] == made.words
    assert mail.to_address == "giulia@posta.example"


def test_everything_goes_back_with_its_shipping(client, bought, link):
    confirm(client, bought, link)

    filed = Return.objects.get()
    assert filed.is_withdrawal
    assert (filed.amount, filed.shipping) == (bought.total, bought.shipping)
    assert filed.approved_at


def test_a_part_goes_back_without_shipping(client, bought, link):
    said = {f"q-{line.pk}": "0" for line in bought.lines.all()} | {f"q-{some.line(bought, CUP).pk}": "2"}
    confirm(client, bought, link, **said)

    filed = Return.objects.get()
    assert (filed.amount, filed.shipping) == (39, 0)


def test_confirmed_twice_it_is_one_statement(client, bought, link):
    first = {"name": "G", "key": "same", "confirm": "yes"}
    for _ in range(2):
        client.post(f"{link}withdraw/", first)

    assert Statement.objects.count() == Return.objects.count() == 1


def test_before_anything_was_sent_nothing_need_come_back(client, luna, giulia, now):
    fresh = some.order(luna, giulia, number="BL-3", at=now, delivered_at=None, shipped_at=None)
    confirm(client, fresh, order_path(fresh.pk, now=now))

    filed = Return.objects.get()
    assert filed.is_kept
    assert filed.refund_by
    assert filed in Return.objects.to_settle()


def test_after_the_period_the_statement_is_kept_and_looked_at(client, luna, giulia, now):
    old = some.order(luna, giulia, number="BL-4", at=now - 30 * DAY)
    confirm(client, old, order_path(old.pk, now=now))

    assert Statement.objects.get().is_late
    assert not Return.objects.exists()


def guest(client, number, email):
    given = {"name": "Giulia Moretti", "number": number, "email": email}
    first = client.post("/s/bottega-luna/withdraw/", given).content.decode()
    key = re.search(r'name="key" value="([^"]*)"', first)[1]
    return client.post("/s/bottega-luna/withdraw/", given | {"key": key, "confirm": "yes"})


def test_guests_withdraw_by_number_and_address(client, bought):
    assert "Withdraw from the contract here" in page(client, "/s/bottega-luna/withdraw/?lang=en")
    answer = guest(client, "#bl-10240", "Giulia@Posta.example")

    assert Return.objects.get().is_withdrawal
    assert Statement.objects.get().order == bought
    assert "Piatto" not in page(client, answer.headers["location"])


def test_unknown_orders_get_the_same_answer(client, bought):
    right = guest(client, "BL-10240", "giulia@posta.example")
    wrong = guest(client, "BL-10240", "ugo@posta.example")
    nowhere = guest(client, "BL-99999", "giulia@posta.example")

    shown = []
    for answer in (right, wrong, nowhere):
        text = page(client, answer.headers["location"])
        text = re.sub(r"\d\d:\d\d:\d\d|/withdraw/[^/]+/|BL-\d+", "·", text)
        shown.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text))
    assert len(set(shown)) == 1
    assert Statement.objects.lost().count() == 2


def test_trying_often_is_slowed_down_alike(client, bought):
    for number in ("BL-10240", "BL-99999"):
        answers = [guest(client, number, f"{number}@posta.example").status_code for _ in range(8)]
        assert answers[0] == 302
        assert answers[-1] == 429


def test_receipts_of_others_are_out_of_reach(client, bought, now):
    guest(client, "BL-10240", "giulia@posta.example")
    made = Statement.objects.get()

    assert client.get("/s/bottega-luna/withdraw/AAAAAAAAAAAAAAAAAAAA/").status_code == 404
    other = some.order(bought.store, None, number="BL-2", at=now)
    assert client.get(f"{order_path(other.pk, now=now)}withdraw/{made.pk}/").status_code == 404
