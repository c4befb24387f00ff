"""The contract of carriers, kept by each of them."""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passaparola.inbound.source import Posted, UnreadableError
from passaparola.tracking.carrier import CARRIERS, Carrier, ScanState, TrackerFacts

ALL = sorted(CARRIERS)
POSTING = [key for key in ALL if CARRIERS[key].posts_webhooks]
ANSWERING = [key for key in ALL if CARRIERS[key].answers_polls]
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
NUMBERS = ["RR123456785IT", "RA123456789", "012345678901234", "1", "", "A/../B?x=1&y", "..", "é ü", "x" * 300]

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
NAMES = """
    msg tracking_number slug tag subtag checkpoints checkpoint_time message country_iso3 datetime description
    latest_estimated_delivery result object tracking_code status status_detail carrier tracking_details
    tracking_location carrier_detail est_delivery_date listaMovimenti esitoRicerca stato dataOra
    statoLavorazione luogo box flagRitorno dataPrevistaConsegna idTracciatura ttParcelIdResponse lista_eventi
    evento bolla eventi data ora descrizione executionMessage code number scans at state trackers
    estimated_date fail unknown
"""
FIELDS = st.sampled_from(NAMES.split())
DAYS = ["2026-03-05", "2026-03-05T10:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
TIMES = st.sampled_from([*DAYS, "05.03.2026", 1772708400000, -1, 10**30, 1e308])
WORDS = st.sampled_from(
    ["tracker.updated", "Tracker", "Delivered", "CONSEGNATA", "RR123456785IT", "3", "\x00", "\ud800"]
)
JSON = st.recursive(
    SCALARS | TIMES | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(FIELDS, inner, max_size=6),
    max_leaves=25,
)


def posted(body: bytes, headers: dict[str, str] | None = None) -> Posted:
    return Posted(headers=headers or {}, body=body, received_at=NOW)


def check_facts(facts: TrackerFacts) -> None:
    """Check that what comes out fits into our rows and can be compared."""
    assert facts.number == "".join(facts.number.split()).upper()
    assert len(facts.number) <= 64
    assert 0 < len(facts.carrier) <= 60
    for scan in facts.scans:
        assert isinstance(scan.state, ScanState)
        assert scan.at.tzinfo is not None
        assert 1999 <= scan.at.astimezone(UTC).year <= 2101
        assert len(scan.words) <= 500
        assert len(scan.place) <= 160
        assert len(scan.code) <= 60
        assert len(scan.country) in (0, 2)
    texts = [getattr(part, field.name) for part in (facts, *facts.scans) for field in fields(part)]
    for text in texts:
        if isinstance(text, str):
            assert "\x00" not in text
            text.encode()


def check_sentence(error: UnreadableError) -> None:
    assert str(error)


def try_reading(kind: Carrier, body: bytes) -> None:
    ways: list[Callable[[], Iterable[TrackerFacts | None]]] = []
    if kind.posts_webhooks:
        ways.append(lambda: kind.read(posted(body)))
    if kind.answers_polls:
        ways.append(lambda: [kind.read_answer(body, "RR123456785IT")])
    for way in ways:
        try:
            found = way()
        except UnreadableError as error:
            found = []
            check_sentence(error)
        for facts in found:
            if facts is not None:
                check_facts(facts)


@pytest.mark.parametrize("key", ALL)
def test_it_has_a_name_and_tests_of_its_own(key):
    folder = Path(str(import_module(f"passaparola.tracking.carriers.{key}").__file__)).parent

    assert CARRIERS[key].name
    assert list((folder / "tests").glob("test_*.py"))


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize("headers", [{}, {"x-hmac-signature": "\udcff", "aftership-hmac-sha256": "é"}])
def test_strange_headers_are_refused_without_a_crash(key, headers):
    assert CARRIERS[key].is_authentic(posted(b"{}", headers), "secret") is False


@pytest.mark.parametrize("key", POSTING)
def test_what_it_signs_is_authentic_and_any_other_body_or_secret_is_not(key):
    sign = import_module(f"passaparola.tracking.carriers.{key}.signature").sign
    headers = {name.lower(): value for name, value in sign(b'{"a": 1}', "secret").items()}

    kind = CARRIERS[key]

    assert kind.is_authentic(posted(b'{"a": 1}', headers), "secret")
    assert not kind.is_authentic(posted(b'{"a": 2}', headers), "secret")
    assert not kind.is_authentic(posted(b'{"a": 1}', headers), "Secret")
    assert not kind.lacks(posted(b'{"a": 1}', headers))
    assert kind.lacks(posted(b'{"a": 1}'))


@pytest.mark.parametrize("key", sorted(set(ALL) - set(POSTING)))
def test_who_posts_nothing_has_no_signature(key):
    assert find_spec(f"passaparola.tracking.carriers.{key}.signature") is None
    assert not CARRIERS[key].is_authentic(posted(b"{}"), "")


@pytest.mark.parametrize("key", ALL)
def test_repeated_deliveries_have_the_same_short_key(key):
    kind = CARRIERS[key]

    assert kind.key(posted(b'{"a": 1}')) == kind.key(posted(b'{"a": 1}')) != kind.key(posted(b'{"a": 2}'))
    assert len(kind.key(posted(b"x" * 9999))) <= 200


@pytest.mark.parametrize("key", ANSWERING)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_poll_is_one_safe_request(key, number):
    poll = CARRIERS[key].poll(number, {})

    assert poll.method in {"GET", "POST"}
    assert poll.url.startswith("https://")
    assert poll.url.isascii()
    assert not set(poll.url) & set(' "<>')
    assert "/.." not in poll.url


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize("number", NUMBERS)
def test_likelihood_is_a_share_or_nothing_and_a_link_is_safe_or_empty(key, number):
    likelihood = CARRIERS[key].likelihood(number)
    link = CARRIERS[key].link(number, "it")

    assert likelihood is None or 0 <= likelihood <= 1
    assert link == "" or link.startswith("https://")
    assert not set(link) & set(' "<>')


@pytest.mark.parametrize("key", ALL)
@given(body=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_yield_facts_or_a_sentence(key, body):
    try_reading(CARRIERS[key], body)


@pytest.mark.parametrize("key", ALL)
@given(told=JSON)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_any_json_yields_facts_or_a_sentence(key, told):
    try_reading(CARRIERS[key], json.dumps(told).encode())


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 10_000, b"<a>" * 100_000, b"\xef\xbb\xbf{}"]
)
def test_depth_and_length_do_no_harm(key, body):
    try_reading(CARRIERS[key], body)
