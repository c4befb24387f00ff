"""EasyPost's events and both its signatures."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from tests.mutations import mutated

from passaparola.inbound.source import Posted, UnreadableError
from passaparola.tracking.carrier import ScanState, TrackerFacts
from passaparola.tracking.carriers.easypost import kind
from passaparola.tracking.carriers.easypost.signature import HEADER, NEWER_HEADER, sign, sign_newer
from passaparola.tracking.carriers.easypost.statuses import state_of

S = ScanState
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def posted(told, headers=None) -> Posted:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return Posted(headers=headers or {}, body=body, received_at=NOW)


def read(**result) -> TrackerFacts:
    tracker = {"object": "Tracker", "tracking_code": "EZ1000000001", "carrier": "USPS", **result}
    (facts,) = kind.read(posted({"object": "Event", "description": "tracker.updated", "result": tracker}))
    return facts


def detail(**rest):
    return {"datetime": "2026-03-05T09:15:00Z", "status": "in_transit", "message": "Moved", **rest}


def test_both_signatures_are_right_with_a_secret_in_any_composition():
    body = b'{"id": "evt_1"}'
    newer = sign_newer(
        body, "perché", time="Thu, 05 Mar 2026 12:00:00 +0000", path="/hooks/carrier/easypost/x/"
    )

    assert kind.is_authentic(posted(body, sign(body, "perche\u0301")), "perch\u00e9")
    assert kind.is_authentic(posted(body, newer), "perché")
    assert kind.lacks(posted(body, newer)) == ()


def test_the_signature_is_the_documented_one():
    import hmac

    expected = hmac.new(b"sekret", b"{}", "sha256").hexdigest()

    assert sign(b"{}", "sekret") == {HEADER: f"hmac-sha256-hex={expected}"}


@pytest.mark.parametrize(
    "headers", [{}, {HEADER: "hmac-sha256-hex=00"}, {NEWER_HEADER: "\udcff"}, {HEADER: ""}]
)
def test_a_wrong_or_missing_signature_is_refused(headers):
    assert not kind.is_authentic(posted(b"{}", headers), "sekret")


def test_a_newer_signature_for_another_path_is_refused():
    headers = sign_newer(b"{}", "sekret", time="t", path="/hooks/a/")

    assert not kind.is_authentic(posted(b"{}", {**headers, "x-path": "/hooks/b/"}), "sekret")


def test_a_tracker_is_read():
    where = {"city": "CHARLESTON", "state": "SC", "country": "US", "zip": "29401"}

    facts = read(
        status="delivered",
        signed_by="J. Doe",
        est_delivery_date="2026-03-07T02:00:00Z",
        carrier_detail={"service": "First-Class", "est_delivery_date_local": "2026-03-06"},
        tracking_details=[detail(), detail(status="delivered", tracking_location=where)],
    )

    assert (facts.carrier, facts.service, facts.signed_by) == ("usps", "First-Class", "J. Doe")
    assert [scan.state for scan in facts.scans] == [S.IN_TRANSIT, S.DELIVERED]
    assert (facts.scans[1].place, facts.scans[1].country) == ("CHARLESTON, SC", "US")
    assert (facts.estimated_date, facts.is_final) == (date(2026, 3, 6), True)


def test_where_a_country_has_one_clock_it_is_shown():
    (scan,) = read(tracking_details=[detail(tracking_location={"country": "IT"})]).scans

    assert scan.at.isoformat() == "2026-03-05T10:15:00+01:00"


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        ("pre_transit", "status_update", S.LABEL_CREATED),
        ("pre_transit", "received_at_origin_facility", S.PICKED_UP),
        ("in_transit", "weather_delay", S.DELAYED),
        ("in_transit", "delivery_exception", S.ATTEMPTED),
        ("available_for_pickup", "arrived_at_pickup_location", S.READY_FOR_PICKUP),
        ("return_to_sender", "return", S.RETURNING),
        ("failure", "lost", S.LOST),
        ("failure", "address_correction", S.HELD),
        ("failure", "", S.HELD),
        ("delivered", "delayed", S.DELIVERED),
        ("out_for_delivery", "out_for_delivery", S.OUT_FOR_DELIVERY),
        ("cancelled", "cancelled", S.CANCELLED),
        ("error", "", S.UNKNOWN),
        ("brand_new", "brand_new", S.UNKNOWN),
    ],
)
def test_each_status_has_its_meaning(status, more, expected):
    assert state_of(status, more) is expected


def test_events_about_other_things_tell_us_nothing():
    assert kind.read(posted({"description": "batch.updated", "result": {"object": "Batch"}})) == ()
    assert kind.topic(posted({"description": "batch.updated"})) == "batch.updated"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"description": "tracker.updated", "result": null}'])
def test_what_is_no_event_or_names_no_code_is_refused(body):
    with pytest.raises(UnreadableError):
        kind.read(posted(body))


def test_nulls_everywhere_are_forgiven():
    facts = read(
        carrier=None, tracking_details=[None, {}, detail(datetime=None), detail(tracking_location=None)]
    )

    assert len(facts.scans) == 1


WHOLE = {
    "description": "tracker.updated",
    "result": {
        "object": "Tracker",
        "tracking_code": "EZ1",
        "status": "delivered",
        "carrier": "USPS",
        "est_delivery_date": "2026-03-06T10:00:00Z",
        "carrier_detail": {"service": "Ground", "est_delivery_date_local": "2026-03-06"},
        "tracking_details": [detail(tracking_location={"city": "Rome", "country": "IT"}), detail()],
    },
}


@given(mutated(WHOLE))
def test_a_changed_event_yields_facts_or_a_sentence(told):
    try:
        found = kind.read(posted(told))
    except UnreadableError:
        return
    assert all(facts.number for facts in found)
