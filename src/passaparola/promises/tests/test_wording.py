"""A promise names the day that was shown, whatever the clocks of whoever reads it say."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from passaparola.kernel.ui.sentences import SENTENCES
from passaparola.promises.models import Promise
from passaparola.promises.rules.opening import end_of
from passaparola.promises.wording import due_words, said

DAY = date(2031, 12, 10)
ROME = ZoneInfo("Europe/Rome")
everywhere = pytest.mark.parametrize(
    "zone", ["Europe/London", "Europe/Rome", "America/Los_Angeles", "Asia/Tokyo"]
)


@everywhere
def test_the_day_is_the_one_where_the_parcel_goes(zone: str) -> None:
    promise = Promise(kind="delivery", due_at=end_of(DAY, ZoneInfo(zone)))

    assert "10 December" in said(promise, language="en", zone=ROME)


def test_a_call_is_due_at_its_hour() -> None:
    promise = Promise(kind="call_back", due_at=datetime(2031, 12, 10, 9, 30, tzinfo=UTC))

    assert "10 December" in said(promise, language="en", zone=ROME)
    assert "10:30" in said(promise, language="en", zone=ROME)


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "2 days ago"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"), (2, "in 2 days")],
)
@pytest.mark.parametrize("hour", [0, 9, 23])
def test_what_is_due_by_a_day_is_counted_in_days(days: int, words: str, hour: int) -> None:
    promise = Promise(kind="delivery", due_at=end_of(DAY, ROME))
    now = datetime(2031, 12, 10, hour, 30, tzinfo=ROME) - timedelta(days=days)

    with timezone.override(ROME), translation.override("en"):
        assert due_words(promise, now) == words


def test_what_is_due_at_an_hour_is_counted_in_hours() -> None:
    now = datetime(2031, 12, 10, 6, 30, tzinfo=UTC)

    with translation.override("en"):
        assert due_words(Promise(kind="call_back", due_at=now + timedelta(hours=3)), now) == "in 3 hours"


def test_what_was_kept_late_was_done_and_late() -> None:
    late, in_time = ({"promise": "refund", "is_late": is_late} for is_late in (True, False))

    with translation.override("en"):
        assert SENTENCES["PromiseKept"].more(late, "EUR").endswith("done, but late")
        assert "late" not in SENTENCES["PromiseKept"].more(in_time, "EUR")
