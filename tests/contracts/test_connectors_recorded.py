"""Whatever a connector says can be recorded: the two sides of the contract fit together."""

import json

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from passaparola.inbound.source import UnreadableError
from passaparola.orders.actions.record import Sourced, record
from passaparola.orders.connector import CONNECTORS
from passaparola.orders.models import Order
from passaparola.stores.models import Store
from tests.contracts.test_connectors import AT, LAX, posted
from tests.mutations import mutated


@pytest.mark.parametrize("key", list(CONNECTORS))
def test_the_example_of_every_kind_becomes_an_order(key: str, luna: Store):
    record([Sourced(luna.pk, key, CONNECTORS[key].read(posted(key)))], now=AT)

    order = Order.objects.get()
    assert order.email == "giulia@example.com"
    assert order.total > 0


@LAX
@given(key=st.sampled_from(list(CONNECTORS)), data=st.data())
def test_a_good_payload_with_anything_changed_is_refused_or_recorded(
    luna: Store, key: str, data: st.DataObject
):
    payload = data.draw(mutated(json.loads(posted(key).body)))

    try:
        facts = CONNECTORS[key].read(posted(key, json.dumps(payload).encode()))
    except UnreadableError:
        return

    with transaction.atomic():
        record([Sourced(luna.pk, key, facts)], now=AT)
