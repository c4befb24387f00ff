"""What pages use to say things: icons, charts, money, days and times in the reader's language and time zone.

`{{ amount|money:currency }}`, `{{ at|day }}`, `{{ at|near_day }}`, `{{ at|moment }}`,
`{{ at|moment_within }}`, `{% icon "truck" %}`.
A missing value prints nothing rather than “None”.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zlib import crc32

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from passaparola.kernel.ui import charts, formats, icons
from passaparola.kernel.ui.panels import panels_at

register = template.Library()

AVATAR_TINTS = 4

register.simple_tag(icons.icon, name="icon")
register.simple_tag(charts.sparkline, name="sparkline")
register.simple_tag(charts.columns, name="columns")
register.simple_tag(charts.donut, name="donut")
register.simple_tag(charts.bars, name="bars")
register.filter("initials", formats.initials)


def _language() -> str:
    return get_language() or "en"


@register.simple_tag
def cohort_table(title: str, first: str, second: str, rows: Sequence[charts.Cohort]) -> SafeString:
    """`charts.cohorts`, with the heads one by one since a template knows no tuples."""
    return charts.cohorts(title, (first, second), rows)


@register.filter
def money(amount: Decimal | int | str | None, currency: str = "EUR") -> str:
    return "" if amount in (None, "") else formats.money(amount, currency, _language())


@register.filter
def number(value: Decimal | float | None) -> str:
    return "" if value is None else formats.number(value, _language())


@register.filter
def percent(share: Decimal | float | None, digits: int = 1) -> str:
    return "" if share is None else formats.percent(share, _language(), digits)


@register.filter
def day(at: datetime | date | None, now: datetime | None = None) -> str:
    """`Thursday 20 November`."""
    return formats.day(at, _language(), timezone.get_current_timezone(), now or timezone.now()) if at else ""


@register.filter
def near_day(at: datetime | date | None, now: datetime | None = None) -> str:
    """`today`, `tomorrow`, `yesterday`, or the day by its name; `|capfirst` at the start of a line."""
    if not at:
        return ""
    return formats.near_day(at, _language(), timezone.get_current_timezone(), now or timezone.now())


@register.filter
def short_day(at: datetime | date | None, now: datetime | None = None) -> str:
    """`16 Nov`."""
    if not at:
        return ""
    return formats.short_day(at, _language(), timezone.get_current_timezone(), now or timezone.now())


@register.filter
def clock(at: datetime | None) -> str:
    """`10:12`."""
    return formats.clock(at, _language(), timezone.get_current_timezone()) if at else ""


@register.filter
def moment(at: datetime | None, now: datetime | None = None) -> str:
    """`Today, 10:12` or `16 Nov, 10:12`."""
    if not at:
        return ""
    return formats.moment(at, _language(), timezone.get_current_timezone(), now or timezone.now())


@register.filter
def moment_within(at: datetime | None, now: datetime | None = None) -> str:
    """`today, 10:12`: in the middle of a sentence."""
    if not at:
        return ""
    return formats.moment_within(at, _language(), timezone.get_current_timezone(), now or timezone.now())


@register.filter
def ago(at: datetime | None, now: datetime | None = None) -> str:
    """`3 minutes ago`."""
    return formats.ago(at, _language(), now or timezone.now()) if at else ""


@register.simple_tag
def window(start: datetime | None, end: datetime | None) -> str:
    """`between 10:00 and 14:00`; nothing unless both are known."""
    if not (start and end):
        return ""
    return formats.window(start, end, _language(), timezone.get_current_timezone())


@register.filter
def avatar_tint(name: str) -> int:
    """Which of the avatar's colours: the same person always has the same one."""
    return crc32(name.encode()) % AVATAR_TINTS


@register.filter
def times(count: int | str) -> range:
    """`{% for n in 5|times %}` counts 1 to 5."""
    return range(1, int(count) + 1)


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, about: Any, column: str = "main") -> SafeString:
    """What other concepts show here: see `kernel.ui.panels`."""
    store, now = context["request"].store, timezone.now()
    engine = context.template.engine  # type: ignore[union-attr]  # a tag is drawn within a template
    drawn = []
    for panel in panels_at(place, column):
        found = panel.load(store, about, now)
        if found is not None:
            with context.push(**found):
                drawn.append(engine.get_template(panel.template).render(context))
    return mark_safe("".join(drawn))  # noqa: S308 - templates escape what they show
