from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from passaparola.kernel.ui import formats

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(("language", "said"), [("en", "€1,046.50"), ("it", "1.046,50\xa0€")])
def test_money_is_written_the_way_of_the_language(language, said):
    assert formats.money(Decimal("1046.5"), "EUR", language) == said


def test_a_currency_nobody_knows_keeps_its_code():
    assert "XTS" in formats.money(5, "XTS", "en")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Thursday 19 November"), ("it", "giovedì 19 novembre"), ("de", "Thursday 19 November")],
)
def test_a_day_is_named(language, said):
    assert formats.day(date(2026, 11, 19), language, ROME, NOW) == said


def test_a_day_of_another_year_says_which():
    assert "2027" in formats.day(date(2027, 1, 3), "en", ROME, NOW)


@pytest.mark.parametrize(
    ("hours", "english", "italian"),
    [
        (0, "today", "oggi"),
        (24, "tomorrow", "domani"),
        (-24, "yesterday", "ieri"),
        (48, "Friday 20 November", "venerdì 20 novembre"),
    ],
)
def test_near_days_are_called_by_their_distance(hours, english, italian):
    at = NOW + timedelta(hours=hours)

    assert formats.near_day(at, "en", ROME, NOW) == english
    assert formats.near_day(at, "it", ROME, NOW) == italian


def test_midnight_is_where_the_reader_lives():
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)

    assert formats.near_day(late, "en", ROME, NOW) == "tomorrow"
    assert formats.near_day(late, "en", ZoneInfo("Europe/London"), NOW) == "today"


def test_in_the_middle_of_a_sentence_a_moment_begins_small():
    assert formats.moment_within(NOW, "en", ROME, NOW) == "today, 12:00"
    assert formats.moment_within(NOW + timedelta(days=1), "it", ROME, NOW) == "domani, 12:00"
    assert formats.moment_within(NOW - timedelta(days=2), "it", ROME, NOW) == "16 nov, 12:00"


def test_a_moment_says_day_and_hour():
    assert formats.moment(NOW, "en", ROME, NOW) == "Today, 12:00"
    assert formats.moment(NOW - timedelta(days=2), "en", ROME, NOW) == "16 Nov, 12:00"
    assert formats.moment(NOW - timedelta(days=2), "it", ROME, NOW) == "16 nov, 12:00"


def test_a_window_is_said_in_words():
    later = NOW + timedelta(hours=4)

    assert formats.window(NOW, later, "en", ROME) == "between 12:00 and 16:00"
    assert formats.window(NOW, later, "it", ROME) == "tra le 12:00 e le 16:00"


def test_a_span_is_said_in_words():
    assert formats.ago(NOW - timedelta(minutes=3), "en", NOW) == "3 minutes ago"
    assert formats.ago(NOW - timedelta(minutes=3), "it", NOW) == "3 minuti fa"
    assert formats.ago(NOW - timedelta(days=6), "en", NOW) == "6 days ago"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Sara Bianchi", "SB"), ("Luna", "L"), ("Anna Maria de Rossi", "AR"), ("", "·"), ("  - ", "·")],
)
def test_initials_are_of_the_first_and_last_name(name, letters):
    assert formats.initials(name) == letters


def test_a_share_is_written_as_a_percentage():
    assert formats.percent(0.9423, "en") == "94.2%"
    assert formats.percent(0.9423, "it") == "94,2%"
