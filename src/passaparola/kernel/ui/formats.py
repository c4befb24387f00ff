"""Money, days and times as people say them, in their language and their time zone.

Pure: language, zone and now come in. English is written the British way (Thursday 20 November, 24 hours).
"""

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import override

LOCALES = {"en": "en_GB", "it": "it_IT"}


@lru_cache
def locale_for(language: str) -> Locale:
    """Babel's locale for a language we write; English for one we don't."""
    return Locale.parse(LOCALES.get(language.partition("-")[0], "en_GB"))


def money(amount: Decimal | int | str, currency: str, language: str) -> str:
    """`€46.00`, `46,00 €`. An unknown currency keeps its code."""
    return format_currency(Decimal(amount), currency or "EUR", locale=locale_for(language))


def number(value: Decimal | float, language: str) -> str:
    return format_decimal(value, locale=locale_for(language))


def percent(share: Decimal | float, language: str, digits: int = 1) -> str:
    """A share of 1 as `94.2%`."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "") + "%"
    return format_percent(share, pattern, locale=locale_for(language))


def day(at: datetime | date, language: str, zone: tzinfo, now: datetime) -> str:
    """`Thursday 20 November`; with the year when it is not this one."""
    when, today = _date(at, zone), _date(now, zone)
    pattern = "EEEE d MMMM" if when.year == today.year else "EEEE d MMMM y"
    return format_date(when, pattern, locale=locale_for(language))


def near_day(at: datetime | date, language: str, zone: tzinfo, now: datetime) -> str:
    """`today`, `tomorrow`, `yesterday`, or the day by its name."""
    distance = (_date(at, zone) - _date(now, zone)).days
    with override(language):
        near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return near.get(distance) or day(at, language, zone, now)


def short_day(at: datetime | date, language: str, zone: tzinfo, now: datetime) -> str:
    """`16 Nov`; with the year when it is not this one."""
    when, today = _date(at, zone), _date(now, zone)
    return format_date(when, "d MMM" if when.year == today.year else "d MMM y", locale=locale_for(language))


def clock(at: datetime, language: str, zone: tzinfo) -> str:
    """`10:12`."""
    return format_time(at.astimezone(zone), "short", locale=locale_for(language))


def moment(at: datetime, language: str, zone: tzinfo, now: datetime) -> str:
    """`Today, 10:12` or `16 Nov, 10:12`: when something happened, at the start of a line."""
    if abs((_date(at, zone) - _date(now, zone)).days) <= 1:
        name = near_day(at, language, zone, now)
        return f"{name[:1].upper()}{name[1:]}, {clock(at, language, zone)}"
    return f"{short_day(at, language, zone, now)}, {clock(at, language, zone)}"


def moment_within(at: datetime, language: str, zone: tzinfo, now: datetime) -> str:
    """`today, 10:12` or `16 Nov, 10:12`: the same in the middle of a sentence, after `due by` or `Sent`."""
    said = moment(at, language, zone, now)
    return f"{said[:1].lower()}{said[1:]}"


def ago(at: datetime, language: str, now: datetime) -> str:
    """`3 minutes ago`, `in 2 days`; six days are no week."""
    return format_timedelta(at - now, add_direction=True, threshold=1, locale=locale_for(language))


def window(start: datetime, end: datetime, language: str, zone: tzinfo) -> str:
    """`between 10:00 and 14:00`."""
    with override(language):
        sentence = _("between %(start)s and %(end)s")
    return sentence % {"start": clock(start, language, zone), "end": clock(end, language, zone)}


def initials(name: str) -> str:
    """`SB` for Sara Bianchi, `L` for Luna; a dot where there is no name."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper() or "·"


def _date(at: datetime | date, zone: tzinfo) -> date:
    """The calendar day somewhere; a time without a zone is taken as UTC rather than guessed."""
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone).date()
    return at
