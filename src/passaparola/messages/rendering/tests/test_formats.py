"""Money as Babel writes it, only quicker; days as people say them."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from passaparola.kernel.ui import formats as ui
from passaparola.messages.rendering import formats

CURRENCIES = st.sampled_from(["EUR", "GBP", "USD", "JPY", "CHF", "KWD", "SEK"])


@given(st.decimals(-99_999, 9_999_999, places=4), CURRENCIES, st.sampled_from(["en", "it"]))
def test_money_is_written_as_babel_writes_it(amount, currency, language):
    assert formats.money(amount, currency, language) == ui.money(amount, currency, language)


def test_an_unknown_currency_keeps_its_code():
    assert "XYZ" in formats.money(Decimal(5), "XYZ", "it")


def test_days_are_said_as_people_say_them():
    first, last = date(2026, 11, 20), date(2026, 11, 24)

    assert formats.days(first, first, "en", 2026) == "Friday 20 November"
    assert formats.days(first, last, "en", 2026) == "between Friday 20 and Tuesday 24 November"
    assert formats.days(first, last, "it", 2026) == "tra venerdì 20 e martedì 24 novembre"
    assert formats.days(last, date(2026, 12, 1), "it", 2025) == (
        "tra martedì 24 novembre 2026 e martedì 1 dicembre 2026"
    )
