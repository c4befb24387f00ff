"""The dummy records nothing and fails when told."""

import json
from datetime import UTC, datetime

import pytest

from passaparola.inbound.source import Posted, UnreadableError
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.carriers.dummy import kind
from passaparola.tracking.carriers.dummy.signature import sign

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
SCAN = {
    "state": "in_transit",
    "at": "2026-03-05T09:15:00+01:00",
    "place": "Faenza",
    "country": "IT",
    "words": "Partita",
}


def posted(told, secret="s") -> Posted:
    body = json.dumps(told).encode()
    return Posted(headers=sign(body, secret), body=body, received_at=NOW)


def test_a_signed_message_is_authentic_and_read():
    message = posted(
        {"number": "dummy 1", "scans": [SCAN, {"state": "new", "at": "2026-03-06"}, {"state": "delivered"}]}
    )

    (facts,) = kind.read(message)

    assert kind.is_authentic(message, "s")
    assert facts.number == "DUMMY1"
    assert [scan.state for scan in facts.scans] == [ScanState.IN_TRANSIT, ScanState.UNKNOWN]


def test_a_wrong_signature_is_refused():
    assert not kind.is_authentic(posted({"number": "1"}, secret="other"), "s")


def test_several_trackers_come_in_one_message():
    message = posted({"trackers": [{"number": "DUMMY1"}, {"number": "DUMMY2"}]})

    assert [facts.number for facts in kind.read(message)] == ["DUMMY1", "DUMMY2"]


def test_it_fails_with_the_sentence_it_is_given():
    with pytest.raises(UnreadableError, match="The lorry broke down"):
        kind.read(posted({"fail": "The lorry broke down."}))


def test_an_answer_is_read_like_a_webhook_and_may_know_nothing():
    known = kind.read_answer(json.dumps({"scans": [SCAN]}).encode(), "DUMMY7")

    assert known is not None
    assert known.number == "DUMMY7"
    assert kind.read_answer(b'{"unknown": true}', "DUMMY7") is None


def test_it_is_asked_at_the_address_it_is_given():
    assert kind.poll("dummy 7", {"address": "http://127.0.0.1:9/t/"}).url == "http://127.0.0.1:9/t/DUMMY7"
