"""Small decisions, sentences and pages by key."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from passaparola.kernel.events import Event
from passaparola.kernel.ui.icons import icon
from passaparola.office import sentences, standing
from passaparola.office.figures import spark
from passaparola.office.paging import read_cursor, write_cursor
from passaparola.office.rules import Silence, greeting, growth, points, silence
from passaparola.tracking.carrier import ScanState

TEMPLATES = Path(sentences.__file__).parent / "templates" / "office"
FIRST, LAST = datetime(1800, 1, 1), datetime(2199, 12, 31)  # noqa: DTZ001 - hypothesis adds the zone
"""Senders' times beyond are taken as none."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "heard", "posts", "expected"),
    [
        (HOUR / 2, None, True, Silence.NONE),
        (2 * HOUR, None, True, Silence.NEVER),
        (2 * HOUR, None, False, Silence.NONE),
        (9 * DAY, 2 * DAY, True, Silence.NONE),
        (9 * DAY, 4 * DAY, True, Silence.LONG),
    ],
)
def test_a_connection_is_silent_only_after_some_patience(age, heard, posts, expected) -> None:
    heard_at = NOON - heard if heard else None

    assert silence(NOON - age, heard_at, posts=posts, now=NOON) is expected


def test_the_greeting_follows_the_hour() -> None:
    assert [greeting(hour) for hour in (2, 6, 12, 13, 18, 23)] == [
        *("evening", "morning", "morning", "afternoon", "evening", "evening")
    ]


def test_changes_are_told_only_against_something() -> None:
    assert (growth(12, 10), growth(5, 0), growth(0, 10)) == (20, None, -100)
    assert (points(0.94, 0.92), points(None, 0.9), points(0.9, None)) == (2.0, None, None)


@given(st.lists(st.integers(0, 100), max_size=200))
def test_a_squeezed_row_keeps_its_sum(values: list[int]) -> None:
    assert sum(spark(values)) == sum(values)
    assert len(spark(values)) <= 12


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), st.integers(1, 2**63 - 1))
def test_a_cursor_names_the_row_it_was_made_of(at: datetime, pk: int) -> None:
    row = SimpleNamespace(placed_at=at, pk=pk)

    assert read_cursor(write_cursor(row, "placed_at")) == (row.placed_at, pk)


@given(st.text())
def test_a_cursor_that_is_none_is_taken_as_none(text: str) -> None:
    found = read_cursor(text)

    assert found is None or found[1] < 2**63


def test_every_event_is_told_in_a_sentence() -> None:
    assert set(Event.kinds) - {"Event"} - set(sentences.SENTENCES) == set()


def test_an_event_nobody_described_still_says_its_name() -> None:
    event = SimpleNamespace(kind="ReviewLeft", happened_at=NOON, data={}, order_id=None, subject_id=None)

    assert [line.title for line in sentences.timeline([event])] == ["Review left"]


@given(
    st.dictionaries(st.sampled_from(["amount", "cause", "status", "message", "words"]), st.text(max_size=5))
)
def test_no_data_keeps_an_event_from_being_told(data: dict[str, str]) -> None:
    data = {**data, "amount": "5"}

    for kind in sentences.SENTENCES:
        event = SimpleNamespace(kind=kind, happened_at=NOON, data=data, order_id=1, subject_id=2)
        assert sentences.timeline([event])


def test_every_sign_we_name_can_be_drawn() -> None:
    words = "".join(path.read_text() for path in TEMPLATES.glob("*.html"))
    named = set(re.findall(r'icon(?:=| )"([a-z0-9-]+)"', words))
    tables = (standing.PARCELS, standing.PAYMENTS, standing.MESSAGES, standing.OUTCOMES, sentences.SENTENCES)
    named |= {told.icon for table in tables for told in table.values() if told.icon}

    assert all(icon(name) for name in named)


def test_every_state_of_a_parcel_has_a_word_and_an_icon() -> None:
    assert [state for state in ScanState if not standing.PARCELS[state].icon] == []


def _order(**known: object) -> SimpleNamespace:
    return SimpleNamespace(
        **{"cancelled_at": None, "delivered_at": None, "is_history": False, "payment_state": "paid"} | known
    )


def _parcel(state: str, **known: object) -> SimpleNamespace:
    return SimpleNamespace(
        **{"state": state, "delivered_at": None, "cancelled_at": None, "late_since": None} | known
    )


@pytest.mark.parametrize(
    ("order", "parcels", "word"),
    [
        (_order(), [], "To ship"),
        (_order(payment_state="pending"), [], "To be paid"),
        (_order(is_history=True), [], "Imported"),
        (_order(first_promise=SimpleNamespace(last=NOON.date())), [], "To ship"),
        (_order(first_promise=SimpleNamespace(last=NOON.date() - DAY)), [], "Late"),
        (_order(cancelled_at=NOON), [_parcel("in_transit")], "Cancelled"),
        (_order(delivered_at=NOON), [_parcel("delivered", delivered_at=NOON)], "Delivered"),
        (_order(), [_parcel("in_transit"), _parcel("out_for_delivery")], "Out for delivery"),
        (_order(), [_parcel("delivered", delivered_at=NOON), _parcel("in_transit")], "Partly delivered"),
        (_order(), [_parcel("in_transit", late_since=NOON)], "Late"),
        (_order(), [_parcel("in_transit", late_since=NOON), _parcel("lost")], "Lost"),
        (_order(), [_parcel("delivered", delivered_at=NOON, late_since=NOON)], "Partly delivered"),
        (_order(), [_parcel("label_created", cancelled_at=NOON)], "To ship"),
    ],
)
def test_an_order_says_what_the_team_should_know_first(order, parcels, word) -> None:
    assert str(standing.of_order(order, parcels, NOON.date()).label) == word
