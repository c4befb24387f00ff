"""What every connector promises, checked for each kind in the folder the moment it exists."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passaparola.inbound.source import Posted, UnreadableError
from passaparola.orders.connector import CONNECTORS, Connector
from passaparola.orders.facts import Facts
from tests.mutations import mutated

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECRET = "whsec_" + "c2VjcmV0IG9mIEJvdHRlZ2EgTHVuYSBpbiBGYWVuemE="
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
LAX = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def posted(key: str, body: bytes | None = None, secret: str = SECRET) -> Posted:
    package = f"{CONNECTORS.package}.{key}"
    topic, example = import_module(f"{package}.example").example(AT)
    headers = import_module(f"{package}.signature").sign(
        example if body is None else body, secret, topic=topic, delivery="delivery-1", at=AT
    )
    lower = {name.lower(): value for name, value in headers.items()}
    return Posted(lower, example if body is None else body, AT)


@pytest.fixture(params=list(CONNECTORS))
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connector(key: str) -> Connector:
    return CONNECTORS[key]


def test_the_right_secret_is_recognised(key: str, connector: Connector):
    assert connector.is_authentic(posted(key), SECRET)


def test_another_secret_is_refused(key: str, connector: Connector):
    for secret in ("whsec_" + "YW5vdGhlcg==", "", "not a secret", "è"):
        assert not connector.is_authentic(posted(key), secret)


def test_a_tampered_body_is_refused(key: str, connector: Connector):
    delivery = posted(key)

    for body in (delivery.body + b" ", delivery.body.replace(b"1", b"2", 1), b""):
        assert not connector.is_authentic(replace(delivery, body=body), SECRET)


def test_strange_headers_are_refused_without_an_error(key: str, connector: Connector):
    delivery = posted(key)

    for value in ("", "è€", "a b", "v1,", ",", "\udcff", "99999999999999999999"):
        headers = dict.fromkeys(delivery.headers, value)
        assert not connector.is_authentic(replace(delivery, headers=headers), SECRET)
    assert not connector.is_authentic(replace(delivery, headers={}), SECRET)


def test_required_headers_are_those_that_the_sender_sends(key: str, connector: Connector):
    delivery = posted(key)

    assert connector.lacks(delivery) == ()
    for header in connector.required_headers:
        rest = {name: value for name, value in delivery.headers.items() if name != header}
        assert connector.lacks(replace(delivery, headers=rest)) == (header,)


def test_the_signature_is_never_kept(key: str, connector: Connector):
    kept = {name: posted(key).headers[name] for name in connector.kept_headers if name in posted(key).headers}

    assert not connector.is_authentic(replace(posted(key), headers=kept), SECRET)


def test_what_is_kept_is_enough_to_read_it_again(key: str, connector: Connector):
    delivery = posted(key)
    kept = {name: value for name, value in delivery.headers.items() if name in connector.kept_headers}

    again = replace(delivery, headers=kept)

    assert connector.read(again) == connector.read(delivery)
    assert connector.key(again) == connector.key(delivery)
    assert connector.topic(again) == connector.topic(delivery)


def test_a_repetition_has_the_same_key_and_it_fits_its_column(key: str, connector: Connector):
    first, second = posted(key), posted(key)

    assert connector.key(first) == connector.key(second)
    long = dict.fromkeys(first.headers, "x" * 5000)
    for delivery in (first, replace(first, headers=long), replace(first, headers={})):
        assert 0 < len(connector.key(delivery)) <= 200


def test_the_example_is_an_order_with_number_total_and_customer(key: str, connector: Connector):
    (order,) = connector.read(posted(key)).orders

    assert order.external_id
    assert order.number
    assert not order.number.startswith("#")
    assert order.total > 0
    assert order.currency == "EUR"
    assert order.customer.email == "giulia@example.com"
    assert order.placed_at.tzinfo is not None
    assert order.updated_at >= order.placed_at


def test_reading_twice_says_the_same(key: str, connector: Connector):
    assert connector.read(posted(key)) == connector.read(posted(key))


def test_a_new_secret_lets_the_sender_in(key: str, connector: Connector):
    secret = connector.new_secret()

    assert secret is not None
    assert connector.is_authentic(posted(key, secret=secret), secret)
    assert connector.new_secret() != secret


@LAX
@given(
    key=st.sampled_from(list(CONNECTORS)), body=st.binary(max_size=60) | JSON.map(json.dumps).map(str.encode)
)
def test_whatever_is_posted_becomes_facts_or_a_sentence(key: str, body: bytes):
    assert is_total(CONNECTORS[key], replace(posted(key), body=body))


@LAX
@given(key=st.sampled_from(list(CONNECTORS)), data=st.data())
def test_a_good_payload_with_anything_changed_becomes_facts_or_a_sentence(key: str, data: st.DataObject):
    payload = data.draw(mutated(json.loads(posted(key).body)))

    assert is_total(CONNECTORS[key], replace(posted(key), body=json.dumps(payload).encode()))


@LAX
@given(
    key=st.sampled_from([key for key in CONNECTORS if CONNECTORS[key].reads_files]),
    text=st.text(max_size=200),
)
def test_whatever_stands_in_a_file_becomes_rows(key: str, text: str):
    for row in CONNECTORS[key].read_file(text.splitlines(keepends=True), {}):
        assert row.line >= 1
        assert (row.facts is None) == bool(row.reason)


def is_total(connector: Connector, delivery: Posted) -> bool:
    try:
        facts = connector.read(delivery)
    except UnreadableError as error:
        return bool(str(error))
    return isinstance(facts, Facts) and all(is_storable(value) for value in values(facts))


def values(fact: Any) -> Iterator[Any]:
    if isinstance(fact, tuple):
        for item in fact:
            yield from values(item)
    elif is_dataclass(fact):
        for field in fields(fact):
            yield from values(getattr(fact, field.name))
    else:
        yield fact


def is_storable(value: Any) -> bool:
    """What PostgreSQL would refuse, or a reader would stumble over, never leaves a connector."""
    if isinstance(value, str):
        return "\x00" not in value and bool(value.encode() or not value)
    if isinstance(value, datetime):
        return value.tzinfo is not None and value.astimezone(UTC).year > 1900
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < 10**12
    return value is None or isinstance(value, bool) or abs(value) < 2**31
