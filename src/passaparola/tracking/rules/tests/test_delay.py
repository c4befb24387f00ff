"""Late, and by whose doing."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.arrival import Destination
from passaparola.tracking.rules.delay import (
    DelayCause,
    Explanation,
    Journey,
    delay_cause,
    explain,
    is_late,
)
from passaparola.tracking.rules.disruption import Disruption
from passaparola.tracking.rules.eta.lane import EVERYTHING, Lane
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


def why(parcel: ParcelStatus, *, to: str = "IT", lane: Lane = EVERYTHING, **more) -> Explanation:
    way = Journey(now=NOW, origin="IT", destination=Destination(country=to), lane=lane, **more)
    return explain(parcel, zone=ROME, journey=way)


def strike(**more) -> Disruption:
    first, last = (NOW - timedelta(days=2)).date(), (NOW + timedelta(days=1)).date()
    return Disruption(**{"first": first, "last": last, "words": (("en", "A strike."),), **more})


def test_how_late_we_handed_it_over_is_counted_in_working_days():
    found = why(status((S.PICKED_UP, 1)), hand_over_by=date(2026, 3, 5))  # Thursday; fetched on Monday

    assert (found.cause, found.facts) == (DelayCause.SHOP, {"shop_days": 2})
    assert why(status((S.LABEL_CREATED, 3)), hand_over_by=date(2026, 3, 6)).facts == {"shop_days": 2}


def test_a_strike_explains_what_it_holds_up():
    brt, gls = Lane("brt", "", "IT", "20"), Lane("gls_it", "", "IT", "20")
    travelling = status((S.PICKED_UP, 4), (S.IN_TRANSIT, 3))

    found = why(travelling, lane=brt, disruptions=[strike(carrier="brt")])

    assert (found.cause, found.facts["words"]) == (DelayCause.CLOSURE, {"en": "A strike."})
    assert not found.is_probable
    assert why(travelling, lane=gls, disruptions=[strike(carrier="brt")]).cause is DelayCause.CARRIER
    assert why(travelling, lane=brt, disruptions=[strike(country="DE")]).cause is DelayCause.CARRIER
    assert why(travelling, lane=brt, disruptions=[strike(postcodes=("00",))]).cause is DelayCause.CARRIER
    assert why(travelling, lane=brt, disruptions=[strike(postcodes=("201",))]).cause is DelayCause.CLOSURE


def test_a_strike_is_no_excuse_for_what_we_have_not_handed_over():
    lane = Lane("brt", "", "IT", "20")

    assert why(status((S.LABEL_CREATED, 3)), lane=lane, disruptions=[strike()]).cause is DelayCause.SHOP
    late = why(status((S.PICKED_UP, 1)), lane=lane, disruptions=[strike()], hand_over_by=date(2026, 3, 2))
    assert late.cause is DelayCause.SHOP


def test_a_strike_that_comes_explains_what_was_promised_for_then_and_nothing_that_was_late_before():
    tomorrow = (NOW + timedelta(days=1)).date()
    travelling, coming = status((S.PICKED_UP, 2)), strike(first=tomorrow, last=tomorrow)

    assert why(travelling, disruptions=[coming], promised_by=tomorrow).cause is DelayCause.CLOSURE
    assert why(travelling, disruptions=[coming], promised_by=NOW.date()).cause is DelayCause.CARRIER


def test_a_strike_that_was_over_before_explains_nothing():
    old = strike(first=date(2026, 2, 1), last=date(2026, 2, 3))

    assert why(status((S.PICKED_UP, 4)), disruptions=[old]).cause is DelayCause.CARRIER


def scans_in(*countries: str, since: datetime) -> ParcelStatus:
    return status_of(
        ScanFacts(
            state=S.PICKED_UP if not at else S.IN_TRANSIT, at=since + timedelta(days=at), country=country
        )
        for at, country in enumerate(countries)
    )


def test_a_holiday_of_a_country_on_the_way_explains_and_those_of_both_ends_do_not():
    may = datetime(2026, 4, 29, 12, tzinfo=ROME)
    now = may + timedelta(days=7)

    def found(*countries: str, to: str) -> Explanation:
        way = Journey(now=now, origin="DK", destination=Destination(country=to))
        return explain(scans_in(*countries, since=may), zone=ROME, journey=way)

    between = found("DK", "FR", "GB", to="GB")
    assert (between.cause, between.facts["holidays"]) == (DelayCause.HOLIDAY, [["FR", "2026-05-01"]])
    assert between.is_probable
    assert found("DK", "FR", to="FR").cause is DelayCause.CARRIER


def test_silence_on_a_way_through_customs_is_probably_there():
    found = why(status((S.PICKED_UP, 6), (S.IN_TRANSIT, 4)), to="US")

    assert (found.cause, found.is_probable) == (DelayCause.CUSTOMS, True)
    assert why(status((S.PICKED_UP, 6), (S.IN_TRANSIT, 4)), to="DE").cause is DelayCause.CARRIER
    assert why(status((S.PICKED_UP, 2), (S.IN_TRANSIT, 1)), to="US").cause is DelayCause.CARRIER


@given(
    st.lists(st.tuples(st.sampled_from(list(S)), st.integers(0, 12)), max_size=5),
    st.none() | st.dates(date(2026, 2, 20), date(2026, 3, 12)),
    st.booleans(),
)
def test_while_nobody_proves_the_handover_no_carrier_is_blamed(told, by, is_struck):
    parcel = status(*told)

    found = why(parcel, hand_over_by=by, disruptions=[strike()] if is_struck else [])

    assert 0 < found.confidence <= 1
    if parcel.picked_up_at is None or (by and parcel.picked_up_at.astimezone(ROME).date() > by):
        assert found.cause not in {DelayCause.CARRIER, DelayCause.CLOSURE, DelayCause.HOLIDAY}
