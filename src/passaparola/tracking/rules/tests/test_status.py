"""A parcel's status follows from the set of its scans, not from the order in which they were heard."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.scan_key import scan_key
from passaparola.tracking.rules.status import status_of

S = ScanState
START = datetime(2026, 3, 5, 8, tzinfo=UTC)


def scan(state: ScanState, hours: float = 0, **rest) -> ScanFacts:
    return ScanFacts(state=state, at=START + timedelta(hours=hours), **rest)


def day(state: ScanState, days: int = 0) -> ScanFacts:
    return ScanFacts(state=state, at=START.replace(hour=0) + timedelta(days=days), has_time=False)


SCANS = st.lists(
    st.builds(
        ScanFacts,
        state=st.sampled_from(S),
        at=st.builds(
            lambda hours, zone: (START + timedelta(hours=hours)).astimezone(timezone(timedelta(hours=zone))),
            st.integers(0, 60),
            st.integers(-5, 9),
        ),
        has_time=st.booleans(),
        words=st.sampled_from(["", "Consegnata", "In dogana"]),
    ),
    max_size=12,
)


@given(SCANS, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_status(scans, chance):
    told = [*scans, *scans[: len(scans) // 2]]
    chance.shuffle(told)

    assert status_of(told) == status_of(scans)


@given(SCANS)
def test_a_status_keeps_its_promises(scans):
    status = status_of(scans)

    assert (status.state_at is None) == (status.state is S.UNKNOWN)
    assert (status.delivered_at is not None) == (status.state is S.DELIVERED)
    assert status.is_returning or status.state not in {S.RETURNING, S.RETURNED}
    assert status.attempted_count <= sum(one.state is S.ATTEMPTED for one in scans)
    assert (status.last_scan is None) == (not scans)


@given(SCANS, st.integers(1, 100))
def test_an_old_scan_that_arrives_late_never_moves_the_parcel_back(scans, earlier):
    late = ScanFacts(state=S.LABEL_CREATED, at=START - timedelta(days=earlier))
    before = status_of(scans)

    after = status_of([*scans, late])

    assert after.state is before.state or before.state is S.UNKNOWN


def test_the_usual_way():
    status = status_of(
        [
            scan(S.LABEL_CREATED),
            scan(S.PICKED_UP, 5),
            scan(S.IN_TRANSIT, 20),
            scan(S.OUT_FOR_DELIVERY, 24),
            scan(S.DELIVERED, 27),
        ]
    )

    assert status.state is S.DELIVERED
    assert status.picked_up_at == START + timedelta(hours=5)
    assert status.out_for_delivery_at == START + timedelta(hours=24)
    assert status.delivered_at == START + timedelta(hours=27)
    assert status.is_over


@pytest.mark.parametrize("state", [S.LABEL_CREATED, S.CANCELLED, S.UNKNOWN, S.HELD, S.DELAYED, S.LOST])
def test_some_scans_prove_no_handing_over(state):
    assert status_of([scan(state)]).picked_up_at is None


def test_an_unknown_scan_overrides_nothing_but_is_the_last_heard():
    unknown = scan(S.UNKNOWN, 9)

    status = status_of([scan(S.IN_TRANSIT, 1), unknown])

    assert (status.state, status.last_scan) == (S.IN_TRANSIT, unknown)


def test_stragglers_do_not_undo_a_delivery():
    stragglers = [
        scan(S.IN_TRANSIT, 30),
        scan(S.OUT_FOR_DELIVERY, 31),
        scan(S.ATTEMPTED, 32),
        scan(S.DELAYED, 33),
    ]

    assert status_of([scan(S.DELIVERED, 27), *stragglers]).state is S.DELIVERED


def test_returning_cancels_a_delivery():
    status = status_of([scan(S.DELIVERED, 27), scan(S.RETURNING, 50)])

    assert (status.state, status.delivered_at, status.is_returning) == (S.RETURNING, None, True)


def test_delivered_after_turning_around_is_back_at_the_shop():
    status = status_of([scan(S.RETURNING, 20), scan(S.OUT_FOR_DELIVERY, 30), scan(S.DELIVERED, 33)])

    assert (status.state, status.delivered_at, status.out_for_delivery_at) == (S.RETURNED, None, None)


def test_attempts_are_counted_by_day():
    tours = [scan(S.OUT_FOR_DELIVERY), scan(S.ATTEMPTED, 3), scan(S.ATTEMPTED, 4), scan(S.ATTEMPTED, 27)]

    status = status_of(tours)

    assert (status.state, status.attempted_count) == (S.ATTEMPTED, 2)


def test_of_equal_times_the_further_state_is_the_later():
    assert status_of([scan(S.DELIVERED), scan(S.OUT_FOR_DELIVERY)]).state is S.DELIVERED


def test_a_day_without_time_stands_behind_what_it_cannot_precede():
    delivered = status_of([day(S.DELIVERED), scan(S.OUT_FOR_DELIVERY)])
    attempted = status_of([day(S.ATTEMPTED), scan(S.OUT_FOR_DELIVERY), scan(S.DELIVERED, 5)])

    assert delivered.state is S.DELIVERED
    assert (attempted.state, attempted.attempted_count) == (S.DELIVERED, 1)


def test_a_new_tour_starts_anew():
    status = status_of([scan(S.OUT_FOR_DELIVERY), scan(S.ATTEMPTED, 5), scan(S.OUT_FOR_DELIVERY, 24)])

    assert status.out_for_delivery_at == START + timedelta(hours=24)


def test_a_lost_parcel_can_be_found():
    assert status_of([scan(S.LOST), scan(S.IN_TRANSIT, 5)]).state is S.IN_TRANSIT


def test_the_same_scan_told_twice_has_one_key():
    webhook = scan(S.IN_TRANSIT, words="Arrivata in sede", place="MILANO")
    poll = ScanFacts(
        state=S.UNKNOWN,
        at=START.astimezone(timezone(timedelta(hours=1))) + timedelta(seconds=30),
        words="ARRIVATA, IN SEDE.",
    )

    assert scan_key("RA123456789", webhook) == scan_key("ra 123456789", poll)


def test_different_scans_have_different_keys():
    scans = [
        scan(S.IN_TRANSIT, words="Arrivata"),
        scan(S.IN_TRANSIT, words="Partita"),
        scan(S.IN_TRANSIT, 1, words="Arrivata"),
        scan(S.IN_TRANSIT),
        scan(S.DELIVERED),
        day(S.DELIVERED),
    ]

    assert len({scan_key("1", one) for one in scans} | {scan_key("2", scans[0])}) == 7
