"""The first page's figures as its cards and chart show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from passaparola.kernel.ui import charts, formats
from passaparola.office.queries.one_order import carrier_name
from passaparola.office.queries.today import Figures
from passaparola.office.rules import growth, points

GOOD_SHARE = 0.9
SPARKS = 12
"""A little line has room for so many points."""


@dataclass(frozen=True)
class Stat:
    name: str
    figure: str
    values: Sequence[float]
    change: str = ""
    direction: str = ""
    mood: str = ""
    note: str = ""
    href: str = ""
    tone: str = "accent"


def stats(found: Figures, days: int) -> list[Stat]:
    language = get_language() or "en"
    before = {7: _("vs last week"), 30: _("vs last month"), 90: _("vs last quarter")}[days]
    late_by_day = [day.late for day in found.deliveries]
    shares = [day.on_time / day.all for day in found.deliveries if day.all]
    on_time = formats.percent(found.on_time, language) if found.on_time is not None else "–"
    under_way = ngettext("%(n)d under way", "%(n)d under way", found.under_way) % {"n": found.under_way}
    return [
        Stat(
            _("Orders"), formats.number(sum(found.placed), language), spark(found.placed),
            href=reverse("office:orders"), **_grown(growth(sum(found.placed), found.placed_before), before),
        ),
        Stat(
            _("Parcels delivered"), formats.number(found.delivered, language),
            spark([day.all for day in found.deliveries]),
            href=f"{reverse('office:orders')}?standing=delivered",
            **_grown(growth(found.delivered, found.delivered_before), before),
        ),
        Stat(
            _("On time"), on_time, spark(shares, average=True),
            **_pointed(points(found.on_time, found.on_time_before), language),
        ),
        Stat(
            _("Late now"), formats.number(found.late_now, language), spark(late_by_day), note=under_way,
            href=f"{reverse('office:orders')}?standing=late", tone="two",
        ),
    ]  # fmt: skip


def spark(values: Sequence[float], *, average: bool = False) -> list[float]:
    """Squeeze a long row into a few points, each the sum (or mean) of as many days."""
    if len(values) <= SPARKS:
        return list(values)
    edges = [round(n * len(values) / SPARKS) for n in range(SPARKS + 1)]
    parts = [values[start:end] for start, end in pairwise(edges)]
    return [sum(part) / (len(part) if average else 1) for part in parts]


def _grown(per_cent: int | None, note: str) -> dict[str, str]:
    if per_cent is None:
        return {}
    return {"change": f"{'+' if per_cent >= 0 else '−'}{abs(per_cent)}%", "note": note, **_mood(per_cent)}


def _pointed(change: float | None, language: str) -> dict[str, str]:
    if change is None:
        return {}
    sign = "+" if change >= 0 else "−"
    return {"change": f"{sign}{formats.number(abs(change), language)}", "note": _("points"), **_mood(change)}


def _mood(change: float) -> dict[str, str]:
    return {"direction": "up", "mood": "good"} if change >= 0 else {"direction": "down", "mood": "bad"}


def carriers(found: Figures) -> SafeString | None:
    """The share of each carrier's parcels that came in time; those under nine in ten stand out."""
    language = get_language() or "en"
    rows = [
        charts.Bar(
            carrier_name(key),
            100 * in_time / count,
            formats.percent(in_time / count, language, 0),
            "one" if in_time / count >= GOOD_SHARE else "two",
        )
        for key, count, in_time in found.carriers
    ]
    return charts.bars(_("Carriers on time"), rows, 100) if rows else None


def chart(found: Figures, now: datetime) -> SafeString:
    """Deliveries per day, on time below, late on top."""
    language, zone = get_language() or "en", timezone.get_current_timezone()
    labels = [formats.short_day(day, language, zone, now) for day in found.days]
    series = [
        charts.Series(_("On time"), [day.on_time for day in found.deliveries]),
        charts.Series(_("Late"), [day.late for day in found.deliveries], "two"),
    ]
    return charts.columns(_("Deliveries per day"), labels, series)
