"""Late, and by whose doing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.delay import DelayCause, delay_cause, is_late
from passaparola.tracking.rules.status import ParcelStatus, status_of

S = ScanState
ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 3, 10, 12, tzinfo=ROME)
PROMISED = date(2026, 3, 9)


def status(*told: tuple[ScanState, int], words: str = "", code: str = "") -> ParcelStatus:
    return status_of(
        ScanFacts(state=state, at=NOW - timedelta(days=days), words=words, code=code) for state, days in told
    )


def cause(parcel: ParcelStatus, **rest) -> DelayCause:
    return delay_cause(parcel, **{"zone": ROME, "says_it_shipped": True, **rest})


def test_under_way_after_the_last_promised_day_is_late():
    assert is_late(PROMISED, NOW, status((S.IN_TRANSIT, 3)), ROME)
    assert not is_late(PROMISED, NOW - timedelta(days=1), status((S.IN_TRANSIT, 3)), ROME)
    assert not is_late(None, NOW, status((S.IN_TRANSIT, 3)), ROME)


def test_what_came_in_time_stays_in_time_and_what_came_late_stays_late():
    assert not is_late(PROMISED, NOW, status((S.DELIVERED, 1)), ROME)
    assert is_late(PROMISED, NOW + timedelta(days=9), status((S.DELIVERED, 0)), ROME)
    assert not is_late(PROMISED, NOW, status((S.READY_FOR_PICKUP, 2)), ROME)
    assert not is_late(PROMISED, NOW, status((S.CANCELLED, 2)), ROME)


def test_the_day_ends_at_the_destination():
    midnight = datetime(2026, 3, 9, 23, 30, tzinfo=ROME)

    assert not is_late(PROMISED, midnight, status((S.IN_TRANSIT, 3)), ROME)
    assert is_late(PROMISED, midnight, status((S.IN_TRANSIT, 3)), ZoneInfo("Asia/Tokyo"))


def test_announced_but_not_handed_over_is_the_shops():
    assert cause(status((S.LABEL_CREATED, 3))) is DelayCause.SHOP
    assert cause(status(), says_it_shipped=False) is DelayCause.SHOP


def test_sent_by_the_shops_word_and_never_seen_is_nobodys_knowledge():
    assert cause(status()) is DelayCause.UNKNOWN


def test_customs_are_known_by_words_or_code():
    assert cause(status((S.HELD, 1), words="In attesa di sdoganamento")) is DelayCause.CUSTOMS
    assert cause(status((S.HELD, 1), words="Zollabfertigung")) is DelayCause.CUSTOMS
    assert cause(status((S.HELD, 1), words="通关", code="Exception_004")) is DelayCause.CUSTOMS
    assert cause(status((S.HELD, 1), words="Indirizzo errato")) is DelayCause.HELD


def test_attempts_returns_and_losses_name_themselves():
    assert cause(status((S.ATTEMPTED, 1))) is DelayCause.ATTEMPT
    assert cause(status((S.ATTEMPTED, 2), (S.IN_TRANSIT, 1))) is DelayCause.ATTEMPT
    assert cause(status((S.RETURNING, 1))) is DelayCause.RETURN
    assert cause(status((S.LOST, 1))) is DelayCause.LOST


def test_handed_over_late_is_the_shops_even_while_it_travels():
    travelling = status((S.PICKED_UP, 3))

    assert cause(travelling) is DelayCause.CARRIER
    assert cause(travelling, hand_over_by=date(2026, 3, 6)) is DelayCause.SHOP
    assert cause(travelling, hand_over_by=date(2026, 3, 7)) is DelayCause.CARRIER
