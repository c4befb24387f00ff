"""Carriers against public samples, found by `PASSAPAROLA_FIXTURES` or beside the repository."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from passaparola.inbound.source import Posted
from passaparola.tracking.carrier import CARRIERS, ScanState, TrackerFacts
from passaparola.tracking.rules.status import status_of

S = ScanState
FIXTURES = (
    Path(os.environ.get("PASSAPAROLA_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
    / "tracking"
)
pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="No public samples here: set PASSAPAROLA_FIXTURES to their folder."
)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def sample(*path: str) -> bytes:
    return FIXTURES.joinpath(*path).read_bytes()


def hook(key: str, told: Any) -> TrackerFacts:
    (facts,) = CARRIERS[key].read(Posted(headers={}, body=json.dumps(told).encode(), received_at=NOW))
    return facts


def italian(key: str, name: str, number: str) -> TrackerFacts | None:
    return CARRIERS[key].read_answer(sample("italy", name), number)


def known(facts: TrackerFacts | None) -> TrackerFacts:
    assert facts is not None
    return facts


def states(facts: TrackerFacts | None) -> list[ScanState]:
    return [scan.state for scan in known(facts).scans]


def test_aftership_tells_a_journey_from_china_to_japan():
    told = json.loads(sample("aftership", "endpoint", "tracking", "GetTrackingResult.json"))["data"][
        "tracking"
    ]

    facts = hook("aftership", {"event": "tracking_update", "event_id": "1", "msg": told})

    assert len(facts.scans) == len(told["checkpoints"])
    assert S.UNKNOWN not in states(facts)
    assert status_of(facts.scans).state is S.DELIVERED
    assert [facts.scans[1].country, facts.scans[-1].country] == ["CN", "JP"]


def test_every_tracking_of_aftership_is_read():
    told = json.loads(sample("aftership", "endpoint", "tracking", "GetTrackingsResult.json"))["data"][
        "trackings"
    ]

    read = [hook("aftership", {"event": "tracking_update", "msg": one}) for one in told]

    assert [len(facts.scans) for facts in read] == [len(one["checkpoints"]) for one in told]


def test_every_tracker_of_easypost_is_read_with_all_its_details():
    files = sorted(FIXTURES.joinpath("easypost").glob("test_tracker_*.json"))
    loaded = [json.loads(file.read_bytes()) for file in files]
    trackers = [one for told in loaded for one in told.get("trackers", [told]) if one.get("tracking_code")]

    read = [hook("easypost", {"description": "tracker.updated", "result": one}) for one in trackers]

    assert read
    assert [len(facts.scans) for facts in read] == [len(one["tracking_details"]) for one in trackers]
    assert all(
        scan.state is not S.UNKNOWN or one["status"] in {"unknown", "error"}
        for facts, one in zip(read, trackers, strict=True)
        for scan in facts.scans
    )


def test_gls_tells_a_delivery():
    facts = italian("gls_it", "gls_it_track.xml", "BZ620873098")

    assert states(facts) == [S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED]
    assert known(facts).scans[2].at.isoformat() == "2026-09-03T14:30:00+02:00"
    assert not known(facts).scans[1].has_time


def test_gls_tells_a_return_by_a_note():
    facts = known(italian("gls_it", "gls_it_track_return_note.xml", "BZ620873098"))

    status = status_of(facts.scans)

    assert status.is_returning
    assert status.delivered_at is None


def test_gls_errors_and_oddities():
    assert italian("gls_it", "gls_it_error.xml", "BZ1") is None
    assert states(italian("gls_it", "gls_it_bad_date.xml", "BZ1")) == []
    assert states(italian("gls_it", "gls_it_pickup.xml", "BB170000016")) == [S.IN_TRANSIT]


def test_poste_tells_a_delivery_alone_and_among_several():
    alone = italian("poste_it", "poste_ricercasemplice_delivered.json", "XA733804716IT")
    among = italian("poste_it", "poste_ricercamultipla.json", "XA733804716IT")

    assert known(alone).scans == known(among).scans
    assert (states(alone)[0], states(alone)[-1]) == (S.PICKED_UP, S.DELIVERED)
    assert known(alone).scans[-1].at.isoformat() == "2021-01-25T11:42:00+01:00"
    assert states(italian("poste_it", "poste_ricercamultipla.json", "2IUP0305509221")) == [S.IN_TRANSIT]
    assert italian("poste_it", "poste_ricercamultipla.json", "AB") is None


def test_poste_tells_fragments_by_their_boxes():
    facts = known(italian("poste_it", "poste_registered_abroad.json", "RN000000000IT"))

    assert states(facts) == [S.LABEL_CREATED, S.IN_TRANSIT, S.DELIVERED]
    assert [scan.words for scan in facts.scans] == ["", "", ""]
    assert [scan.country for scan in facts.scans] == ["", "CH", "CH"]


def test_poste_tells_its_forecast_and_that_it_is_in_delivery():
    facts = known(italian("poste_it", "poste_express_customs_active_redacted.json", "LX000000000JP"))

    assert facts.estimated_date == date(2026, 1, 1)
    assert states(facts) == [S.IN_TRANSIT, S.IN_TRANSIT, S.OUT_FOR_DELIVERY]


def test_poste_tells_europe_and_unknown_numbers():
    europe = italian("poste_it", "poste_europe_delivered_redacted.json", "CW000000000IT")

    assert states(europe) == [S.PICKED_UP, S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED]
    assert italian("poste_it", "poste_notfound_1.json", "2IUP0305509189") is None
    assert italian("poste_it", "poste_notfound_2.json", "RN000000000IT") is None
