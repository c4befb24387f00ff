"""The languages that the customer's pages speak."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from django.utils import translation

_LOCALES = {"en": Locale.parse("en_GB"), "it": Locale.parse("it_IT")}


# Babel parses its pattern on every call (10 to 30 µs); a page has a dozen of the same few days.
@lru_cache(maxsize=4096)
def _day(pattern: str, day: date, language: str) -> str:
    return format_date(day, pattern, locale=_LOCALES[language])


@lru_cache(maxsize=4096)
def _money(amount: Decimal, currency: str, language: str) -> str:
    return format_currency(amount, currency or "EUR", locale=_LOCALES[language])


# Django asks for the thread's language each time (2 µs); a page says some forty things, always the same.
@lru_cache(maxsize=4096)
def _said(text: str, language: str) -> str:
    with translation.override(language):
        return translation.gettext(text)


@dataclass(frozen=True, slots=True)
class DjangoVoice:
    """Speaks with the translations of all concepts, whatever language Django is set to at the moment."""

    language: str

    def gettext(self, text: str, /) -> str:
        return _said(text, self.language)

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        with translation.override(self.language):
            return translation.ngettext(one, many, count)

    def money(self, amount: Decimal, currency: str, /) -> str:
        return _money(amount, currency, self.language)

    def weekday(self, day: date, /) -> str:
        return _day("EEEE", day, self.language)

    def long_day(self, day: date, today: date, /) -> str:
        return _day("EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y", day, self.language)

    def short_day(self, day: date, today: date, /) -> str:
        return _day("d MMM" if day.year == today.year else "d MMM y", day, self.language)

    def country(self, code: str, /) -> str:
        return str(_LOCALES[self.language].territories.get(code.upper(), code))
