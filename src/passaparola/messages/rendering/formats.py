"""Money and days in a mail: the same as on the pages, at the speed of the outbox.

Babel formats one amount in about 40 us, and an order has half a dozen; so its pattern for a currency is
learnt once from an example, and filled in. Days repeat, so they are kept.
"""

from datetime import date, datetime, time, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import get_currency_precision

from passaparola.kernel.ui import formats
from passaparola.kernel.ui.formats import locale_for

_EXAMPLE = Decimal(1234567)


@lru_cache(maxsize=500)
def _pattern(currency: str, language: str) -> tuple[str, str, dict[int, str], Decimal, int]:
    """Return what stands before and after the digits, the separators, the smallest unit and its digits."""
    digits = get_currency_precision(currency)
    shown = formats.money(_EXAMPLE, currency, language)
    first, last = shown.index("1"), max(shown.rindex(digit) for digit in "07" if digit in shown)
    number = shown[first : last + 1]
    separators = {ord(","): number[1], ord("."): number[-digits - 1] if digits else "."}
    return shown[:first], shown[last + 1 :], separators, Decimal(1).scaleb(-digits), digits


def money(amount: Decimal, currency: str, language: str) -> str:
    """Return `€46.00`, `46,00 €`."""
    if amount < 0:
        return formats.money(amount, currency, language)
    before, after, separators, unit, digits = _pattern(currency or "EUR", language)
    plain = f"{amount.quantize(unit, ROUND_HALF_EVEN):,.{digits}f}"
    return before + plain.translate(separators) + after


@lru_cache(maxsize=5_000)
def day(when: date, language: str, year: int) -> str:
    """Return `Thursday 20 November`, with the year where it is not `year`."""
    pattern = "EEEE d MMMM" if when.year == year else "EEEE d MMMM y"
    return format_date(when, pattern, locale=locale_for(language))


@lru_cache(maxsize=5_000)
def long_date(when: date, language: str) -> str:
    """Return `20 November 2026`."""
    return format_date(when, "d MMMM y", locale=locale_for(language))


_BETWEEN = {"en": "between {} and {}", "it": "tra {} e {}"}
_HOURS = {"en": "between {} and {}", "it": "tra le {} e le {}"}


@lru_cache(maxsize=5_000)
def days(first: date, last: date, language: str, year: int) -> str:
    """Return `Thursday 20 November`, or `between Thursday 20 and Monday 24 November`."""
    if first == last:
        return day(first, language, year)
    if (first.year, first.month) == (last.year, last.month):
        short = format_date(first, "EEEE d", locale=locale_for(language))
        return _BETWEEN[language].format(short, day(last, language, year))
    return _BETWEEN[language].format(day(first, language, year), day(last, language, year))


def hours(start: time | datetime | None, end: time | datetime | None, language: str, zone: tzinfo) -> str:
    """Return `between 10:00 and 14:00`, or nothing where either is not known."""
    if start is None or end is None:
        return ""
    return _HOURS[language].format(_clock(start, zone), _clock(end, zone))


def _clock(at: time | datetime, zone: tzinfo) -> str:
    return (at.astimezone(zone) if isinstance(at, datetime) else at).strftime("%H:%M")
