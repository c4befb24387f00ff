"""AfterShip's webhooks of several versions."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from tests.mutations import mutated

from passaparola.inbound.source import Posted, UnreadableError
from passaparola.tracking.carrier import ScanState, TrackerFacts
from passaparola.tracking.carriers.aftership import kind
from passaparola.tracking.carriers.aftership.signature import HEADERS, sign
from passaparola.tracking.carriers.aftership.tags import state_of

S = ScanState
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def posted(told, headers=None) -> Posted:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return Posted(headers=headers or {}, body=body, received_at=NOW)


def read(**message) -> TrackerFacts:
    told = {
        "event": "tracking_update",
        "event_id": "e1",
        "msg": {"tracking_number": "ab 1", "slug": "dhl", **message},
    }
    (facts,) = kind.read(posted(told))
    return facts


def point(**rest):
    return {"checkpoint_time": "2026-03-05T09:15:00+01:00", "tag": "InTransit", "message": "Moved", **rest}


@pytest.mark.parametrize("header", HEADERS)
def test_the_signature_is_right_under_the_older_and_the_newer_name(header):
    body = b'{"msg": {}}'
    signature = sign(body, "geheim")[HEADERS[0]]

    assert kind.is_authentic(posted(body, {header: signature}), "geheim")
    assert kind.lacks(posted(body, {header: signature})) == ()


@pytest.mark.parametrize("headers", [{}, {HEADERS[0]: "x"}, {HEADERS[0]: "é\udcff"}, {HEADERS[1]: ""}])
def test_a_wrong_or_missing_signature_is_refused(headers):
    assert not kind.is_authentic(posted(b"{}", headers), "geheim")
    assert not kind.is_authentic(posted(b"{}", sign(b"{}", "")), "")


def test_without_either_header_one_is_named():
    assert kind.lacks(posted(b"{}")) == (HEADERS[0],)


def test_a_version_4_message_is_read():
    facts = read(
        tag="Delivered",
        subtag="Delivered_003",
        signed_by="Rossi",
        shipment_type="Express",
        expected_delivery="2026-03-06",
        checkpoints=[
            point(subtag="InTransit_002", city="Faenza", state="RA", country_iso3="ITA"),
            point(
                tag="Delivered",
                subtag="Delivered_003",
                location="Milano, Italy",
                checkpoint_time="2026-03-06",
            ),
        ],
    )

    assert (facts.number, facts.carrier, facts.signed_by, facts.service) == ("AB1", "dhl", "Rossi", "Express")
    assert [scan.state for scan in facts.scans] == [S.PICKED_UP, S.DELIVERED]
    assert (facts.scans[0].place, facts.scans[0].country) == ("Faenza, RA", "IT")
    assert (facts.estimated_date, facts.is_final) == (date(2026, 3, 6), True)
    assert not facts.scans[1].has_time


def test_a_newer_message_is_read():
    estimate = {"datetime": "2026-03-09T00:00:00", "datetime_min": "2026-03-08", "datetime_max": "2026-03-10"}

    facts = read(
        latest_estimated_delivery=estimate,
        destination_country_region="ITA",
        checkpoints=[point(country_region="DEU", country_region_name="Germany", state=None)],
    )

    assert facts.scans[0].country == "DE"
    assert facts.estimated_date == date(2026, 3, 9)
    assert facts.estimated_from is not None
    assert facts.estimated_until is not None
    assert facts.estimated_from.isoformat() == "2026-03-08T00:00:00+01:00"
    assert facts.estimated_until.isoformat() == "2026-03-10T23:59:00+01:00"


@pytest.mark.parametrize(
    ("written", "country", "expected"),
    [
        ("2026-03-05T09:15:00", "ITA", "2026-03-05T09:15:00+01:00"),
        ("2026-07-05T09:15:00", "ESP", "2026-07-05T09:15:00+02:00"),
        ("2026-03-05T09:15:00", "USA", "2026-03-05T09:15:00+00:00"),
        ("2026-03-05T09:15:00", None, "2026-03-05T09:15:00+00:00"),
        ("2026-03-05T09:15:00-0500", "ITA", "2026-03-05T09:15:00-05:00"),
    ],
)
def test_a_time_without_offset_is_the_countrys_where_it_has_one_clock(written, country, expected):
    (scan,) = read(checkpoints=[point(checkpoint_time=written, country_iso3=country)]).scans

    assert scan.at.isoformat() == expected


@pytest.mark.parametrize(
    ("tag", "subtag", "expected"),
    [
        ("InfoReceived", "InfoReceived_001", S.LABEL_CREATED),
        ("OutForDelivery", "OutForDelivery_001", S.OUT_FOR_DELIVERY),
        ("OutForDelivery", "OutForDelivery_002", S.READY_FOR_PICKUP),
        ("OutForDelivery", "OutForDelivery_004", S.IN_TRANSIT),
        ("AvailableForPickup", "", S.READY_FOR_PICKUP),
        ("AttemptFail", "AttemptFail_002", S.ATTEMPTED),
        ("Exception", "Exception_004", S.HELD),
        ("Exception", "Exception_010", S.RETURNING),
        ("Exception", "Exception_011", S.RETURNED),
        ("Exception", "Exception_013", S.LOST),
        ("Exception", "Exception_020", S.CANCELLED),
        ("Exception", "Exception_777", S.HELD),
        ("", "Delivered_005", S.DELIVERED),
        ("Pending", "Pending_001", S.UNKNOWN),
        ("Expired", "Expired_001", S.UNKNOWN),
        ("Teleported", "", S.UNKNOWN),
    ],
)
def test_each_tag_has_its_meaning(tag, subtag, expected):
    assert state_of(tag, subtag) is expected


def test_a_delivery_without_checkpoints_is_still_a_scan():
    facts = read(tag="Delivered", shipment_delivery_date="2026-03-05T10:00:00+01:00", checkpoints=None)

    assert [scan.state for scan in facts.scans] == [S.DELIVERED]


def test_slugs_of_our_own_carriers_become_their_keys():
    assert [read(slug=slug).carrier for slug in ("gls-italy", "poste-italiane", "brt-it", "gls")] == [
        "gls_it",
        "poste_it",
        "brt",
        "gls",
    ]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"msg": null}', b'{"msg": {"tracking_number": " "}}'])
def test_what_names_no_number_is_refused_with_a_sentence(body):
    with pytest.raises(UnreadableError):
        kind.read(posted(body))


def test_nulls_everywhere_are_forgiven():
    facts = read(
        slug=None,
        tag=None,
        checkpoints=[None, {}, point(checkpoint_time=None), point(tag=None, message=None)],
    )

    assert [scan.state for scan in facts.scans] == [S.UNKNOWN]


WHOLE = {
    "event": "tracking_update",
    "msg": {
        "tracking_number": "AB1",
        "slug": "dhl",
        "tag": "Delivered",
        "expected_delivery": "2026-03-06",
        "latest_estimated_delivery": {"datetime": "2026-03-06", "datetime_min": "2026-03-06T08:00:00Z"},
        "shipment_delivery_date": "2026-03-06T10:00:00",
        "checkpoints": [point(country_iso3="ITA", city="Faenza"), point(tag="Delivered")],
    },
}


@given(mutated(WHOLE))
def test_a_changed_message_yields_facts_or_a_sentence(told):
    try:
        (facts,) = kind.read(posted(told))
    except UnreadableError:
        return
    assert facts.number
