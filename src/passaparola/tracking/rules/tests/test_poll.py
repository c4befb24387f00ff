"""When carriers are asked again: often when it matters, seldom otherwise, and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.rules.poll import (
    FOLLOWS,
    GIVES_UP_QUIET,
    GIVES_UP_UNKNOWN,
    SELDOM,
    first_poll,
    next_poll,
)
from passaparola.tracking.rules.status import ParcelStatus, status_of

S = ScanState
NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
OVER = {S.DELIVERED, S.RETURNED, S.CANCELLED}

travelling = st.sampled_from([state for state in S if state not in OVER])
quiet = st.timedeltas(timedelta(), GIVES_UP_QUIET - timedelta(seconds=1))
failures = st.integers(0, 40_000)
spreads = st.floats(0, 1)


def status(state: ScanState, ago: timedelta) -> ParcelStatus:
    return status_of([ScanFacts(state=state, at=NOW - ago)])


def pause(known: ParcelStatus, **given: object) -> timedelta:
    again = next_poll(known, **({"now": NOW, "asked_since": NOW} | given))
    assert again is not None
    return again - NOW


@given(travelling, quiet, failures, spreads)
def test_the_next_question_is_never_at_once_and_never_far(state, ago, failed, spread):
    assert timedelta(minutes=20) <= pause(status(state, ago), failures=failed, spread=spread) <= SELDOM * 1.1


@given(travelling, quiet, failures, spreads)
def test_each_failure_makes_us_more_patient(state, ago, failed, spread):
    known = status(state, ago)

    assert pause(known, failures=failed, spread=spread) <= pause(known, failures=failed + 1, spread=spread)


@given(travelling, quiet, quiet, failures)
def test_the_longer_nothing_moves_the_more_seldom_we_ask(state, one, other, failed):
    sooner, later = sorted([one, other])

    assert pause(status(state, sooner), failures=failed) <= pause(status(state, later), failures=failed)


@given(travelling, quiet)
def test_nothing_is_asked_about_more_often_than_what_is_on_the_van(state, ago):
    assert pause(status(S.OUT_FOR_DELIVERY, ago)) <= pause(status(state, ago))


@given(st.sampled_from(list(S)), quiet, failures)
def test_what_is_final_is_not_asked_about(state, ago, failed):
    known = status(state, ago)

    assert next_poll(known, now=NOW, asked_since=NOW, failures=failed, is_final=True) is None
    if state in OVER:
        assert next_poll(known, now=NOW, asked_since=NOW, failures=failed) is None


@given(travelling, failures, st.booleans())
def test_asking_ends_by_itself_after_a_bearable_number_of_questions(state, failed, is_known):
    known = status(state, timedelta()) if is_known else ParcelStatus()
    now: datetime | None = NOW
    questions = 0
    while now := next_poll(known, now=now, asked_since=NOW, failures=failed):
        questions += 1
        last = now

    assert questions < 200
    assert last - NOW <= (GIVES_UP_QUIET if is_known else GIVES_UP_UNKNOWN) + SELDOM


def test_a_number_nobody_knows_yet_is_asked_about_soon_then_seldom_then_no_more():
    unknown = ParcelStatus()

    assert pause(unknown) == timedelta(hours=1)
    assert pause(unknown, asked_since=NOW - timedelta(days=2)) == timedelta(hours=6)
    assert next_poll(unknown, now=NOW, asked_since=NOW - GIVES_UP_UNKNOWN) is None


def test_a_step_after_long_silence_wakes_us_up_again():
    scans = [
        ScanFacts(state=S.IN_TRANSIT, at=NOW - timedelta(days=9)),
        ScanFacts(state=S.OUT_FOR_DELIVERY, at=NOW - timedelta(hours=1)),
    ]

    assert pause(status_of(scans[:1])) == SELDOM
    assert pause(status_of(scans)) == timedelta(minutes=20)


def test_a_step_from_the_future_does_not_keep_us_asking_until_then():
    known = status(S.IN_TRANSIT, -timedelta(days=4000))

    assert pause(known) == timedelta(hours=2)
    assert next_poll(known, now=NOW, asked_since=NOW - GIVES_UP_QUIET) is None


@pytest.mark.parametrize(("ago", "asks"), [(timedelta(), True), (FOLLOWS, False), (-timedelta(days=1), True)])
def test_imported_history_is_not_asked_about(ago, asks):
    assert first_poll(NOW - ago, NOW) == (NOW if asks else None)
