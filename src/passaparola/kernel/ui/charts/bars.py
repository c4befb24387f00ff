"""Lying bars with their name before and their figure behind: a table that can be seen at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from passaparola.kernel.ui.charts.drawing import short


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    figure: str
    """The value as people read it: `94%`, `218`."""
    tone: str = "one"


def bars(title: str, rows: Sequence[Bar], full: float | None = None) -> SafeString:
    """Bars from 0 to `full` (the longest, when not given). A table already, so it needs no other."""
    longest = full or max((row.value for row in rows), default=0) or 1
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td><svg width="100%" height="8" aria-hidden="true">'
        '<rect class="track" width="100%" height="8" rx="4"/>'
        '<rect class="bar {}" width="{}%" height="8" rx="4"/></svg></td><td class="figure">{}</td></tr>',
        ((row.label, row.tone, short(min(max(row.value, 0) / longest, 1) * 100), row.figure) for row in rows),
    )
    return format_html(
        '<table class="bars"><caption class="hidden">{}</caption><tbody>{}</tbody></table>', title, body
    )
