"""Whatever customers, the team and the shop system do, in whatever order: never more goes back than was paid."""

import os
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.orders.models import Order, Refund
from passaparola.returns import actions
from passaparola.returns.actions import CannotError, Found
from passaparola.returns.models import Return
from passaparola.returns.standing import standing_of

from . import some

pytestmark = pytest.mark.django_db
NUMBERS = count(1)
MANY = int(os.environ.get("PASSAPAROLA_RETURNS_DEEDS", "10"))
"""How many random sequences against the database."""
DEEDS = (
    "file",
    "file",
    "shop refunds",
    "approve part",
    "cancel",
    "inspect part",
    "refund",
    "exchange",
    "withdraw",
)


@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_sequence_of_deeds(data, luna, giulia, sara):
    total = data.draw(st.integers(0, 24_000)) / Decimal(100)
    order = some.order(
        luna, giulia, number=f"H-{next(NUMBERS)}", total=total, shipping=min(total, Decimal("6.50"))
    )
    for n in range(data.draw(st.integers(2, 9))):
        at = NOON + timedelta(hours=n)
        try:
            with transaction.atomic():
                _do(data.draw(st.sampled_from(DEEDS)), data, order, sara, at)
        except CannotError:
            pass
        _holds(order, at)


def _do(deed, data, order, sara, at):
    filed = data.draw(st.sampled_from([*Return.objects.filter(order=order).order_by("pk"), None]))
    if deed == "file":
        some.filed(
            order,
            {data.draw(st.integers(0, 2)): data.draw(st.integers(1, 4))},
            now=at,
            resolution=data.draw(st.sampled_from(["refund", "credit", "replacement"])),
            reason=data.draw(st.sampled_from(["changed_mind", "broken.inside"])),
        )
    elif deed == "shop refunds":
        left = standing_of(order, now=at).paid.left
        amount = min(left, Decimal(data.draw(st.integers(1, 9_000))) / 100)
        told = Refund.objects.create(order=order, external_id=f"r{at:%H}", made_at=at, amount=amount)
        actions.match_refunds([told.pk], now=at)
    elif deed == "withdraw":
        actions.withdraw(
            order.store, key=f"w{order.pk}{at:%H}", order=order, name="G", email="g@posta.example", order_number="H",
            words="I withdraw", language="en", now=at,
        )  # fmt: skip
    elif filed is not None:
        _on(deed, data, filed, sara, at)


def _on(deed, data, filed, sara, at):
    items = list(filed.items.all())
    if deed == "approve part":
        pieces = {item.pk: data.draw(st.integers(0, item.quantity)) for item in items}
        actions.approve(filed, by=sara, pieces=pieces, now=at)
    elif deed == "cancel":
        actions.cancel(filed, now=at)
    elif deed == "inspect part":
        found = {item.pk: Found(accepted=data.draw(st.integers(0, item.counts))) for item in items}
        actions.receive(filed, by=sara, now=at)
        actions.inspect(filed, by=sara, found=found, now=at, words="Seen.")
    elif deed == "refund":
        actions.refund(filed, by=sara, now=at)
    else:
        actions.exchange(filed, by=sara, now=at)


def _holds(order: Order, at) -> None:
    paid = standing_of(order, now=at).paid
    assert paid.refunded + paid.bound <= order.total
    for one in standing_of(order, now=at).lines:
        assert 0 <= one.left <= one.line.quantity
