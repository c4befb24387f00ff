import json
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.inbound import reading
from passaparola.inbound.source import UnreadableError

ANYTHING: Any = (
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals() | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(), st.text(), max_size=2)
)  # fmt: skip


@given(ANYTHING)
def test_no_reader_ever_raises_and_each_keeps_its_type(value: Any):
    assert isinstance(reading.text(value), str)
    assert len(reading.identity(value)) <= reading.LONGEST_ID
    assert abs(reading.whole(value)) < 2**31
    assert abs(reading.amount(value)) < reading.BIGGEST_AMOUNT
    assert reading.time(value) is None or reading.time(value).tzinfo  # type: ignore[union-attr] # checked before
    assert isinstance(reading.yes(value), bool)
    assert isinstance(reading.many(value), list)
    assert all(isinstance(word, str) for word in reading.texts(value))
    assert len(reading.language(value)) in {0, 2}
    assert len(reading.country(value)) in {0, 2}
    assert len(reading.currency(value)) in {0, 3}
    assert not reading.web_address(value) or reading.web_address(value).startswith("http")


@pytest.mark.parametrize(
    ("value", "own_id"),
    [
        (42, "42"),
        ("42", "42"),
        ("gid://shopify/Order/42?x=1", "42"),
        (Decimal("42.0"), "42"),
        (True, ""),
        (0, ""),
        ({}, ""),
    ],
)
def test_an_id_is_text_however_it_came(value: Any, own_id: str):
    assert reading.identity(value) == own_id


def test_something_never_becomes_nothing():
    assert [reading.whole(value) for value in ("1.5", Decimal("0.2"), "3", None, "many")] == [2, 1, 3, 0, 0]


def test_times_without_an_offset_are_taken_as_told():
    assert reading.time("2026-03-02T10:30:00") == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    assert reading.time("0001-01-01T00:00:00Z") is None
    assert reading.time("9999-12-31T23:59:59-12:00") is None


def test_floats_stay_exact():
    assert reading.parsed(b'{"price": 19.99}') == {"price": Decimal("19.99")}


def test_what_postgresql_cannot_store_is_left_out():
    assert reading.parsed(rb'{"a\u0000": "b\ud83dc\u0000", "d": ["\ud83d\ude00"]}') == {
        "a": "bc",
        "d": ["😀"],
    }


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}", b"not json", b"'a'"],
)
def test_what_is_no_json_is_said_in_a_sentence(body: bytes):
    with pytest.raises(UnreadableError, match=r"\.$"):
        reading.parsed(body)


@given(st.binary(max_size=50) | st.text().map(json.dumps).map(str.encode))
def test_a_body_is_read_or_refused_and_nothing_else(body: bytes):
    with suppress(UnreadableError):
        reading.parsed(body)


def test_only_links_of_the_web_are_links():
    assert reading.web_address(" https://a.example/b ") == "https://a.example/b"
    for bad in ("javascript:alert(1)", "//a.example", "https://a b", 'https://a"onclick=', "ftp://a"):
        assert reading.web_address(bad) == ""


def test_half_a_letter_deep_down_is_a_body_that_is_nested_too_deeply():
    with pytest.raises(UnreadableError, match="too deeply"):
        reading.parsed(b'{"x": "\\ud800", "y": ' + b"[" * 900 + b"]" * 900 + b"}")


@pytest.mark.parametrize("offset", ["+23:59", "-16:00", "+15:01"])
def test_a_time_at_no_place_on_earth_is_none(offset: str):
    assert reading.time(f"2026-03-01T10:00:00{offset}") is None
    assert reading.time("2026-03-01T10:00:00+14:00") is not None
