"""What the team types becomes facts like a carrier's."""

from datetime import datetime
from zoneinfo import ZoneInfo

from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.typed import typed_facts

AT = datetime(2026, 3, 5, 12, tzinfo=ZoneInfo("Europe/Rome"))


def test_a_typed_scan_keeps_its_local_time():
    facts = typed_facts(
        " ab 12 ", carrier="", state=ScanState.IN_TRANSIT, at=AT, words=" Partita ", place="Faenza"
    )

    assert (facts.number, facts.carrier, facts.is_final) == ("AB12", "manual", False)
    assert facts.scans[0].at.isoformat() == "2026-03-05T12:00:00+01:00"
    assert facts.scans[0].words == "Partita"


def test_a_typed_delivery_is_final():
    assert typed_facts("1", carrier="dhl", state=ScanState.DELIVERED, at=AT).is_final
