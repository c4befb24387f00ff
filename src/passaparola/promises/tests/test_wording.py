"""A promise names the day that was shown, whatever the clocks of whoever reads it say."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from passaparola.promises.models import Promise
from passaparola.promises.rules.opening import end_of
from passaparola.promises.wording import said

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
