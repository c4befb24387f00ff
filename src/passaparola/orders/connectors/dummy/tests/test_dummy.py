import json
from datetime import UTC, datetime
from typing import Any

import pytest

from passaparola.inbound.source import Posted, UnreadableError
from passaparola.orders.connectors.dummy.connector import Dummy, DummyExplosionError
from passaparola.orders.facts import DeletedOrderFacts, Facts

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def posted(payload: Any) -> Posted:
    return Posted({}, json.dumps(payload).encode(), AT)


def test_it_records_what_it_reads():
    dummy = Dummy()

    dummy.read(posted({"id": 1}))

    assert dummy.read_bodies == [b'{"id": 1}']


def test_prepared_facts_come_out_as_they_went_in():
    dummy, facts = Dummy(), Facts(deleted_orders=(DeletedOrderFacts(external_id="1", at=AT),))

    body = dummy.prepare(facts)

    assert dummy.read(Posted({}, body, AT)) == facts


def test_it_fails_on_demand():
    with pytest.raises(UnreadableError, match="told not to understand"):
        Dummy().read(posted({"fail": "unreadable"}))
    with pytest.raises(DummyExplosionError):
        Dummy().read(posted({"fail": "explode"}))


def test_a_file_is_one_order_a_line():
    good, bad = Dummy().read_file(['{"id": "1", "total": "5"}\n', "{\n"], {})

    assert good.facts
    assert good.facts.orders[0].external_id == "1"
    assert (bad.facts, bad.line) == (None, 2)
