"""Stacked columns over time, with a line across if something went along with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from passaparola.kernel.ui.charts.drawing import curve, scale_top, short, written

HEIGHT, TOP, FOOT = 236, 10, 24
LEFT = 5.5  # per cent of the width, for the scale's figures
ROUND = 4
LINES = 4
PLOT = HEIGHT - TOP - FOOT


@dataclass(frozen=True)
class Series:
    """One row of figures, with its name in the legend and its colour (`one`, `two`, `three`, `bad`)."""

    name: str
    values: Sequence[float]
    tone: str = "one"


def columns(
    title: str, labels: Sequence[str], series: Sequence[Series], line: Series | None = None
) -> SafeString:
    """Columns stacked from the bottom in the order of `series`, one per label."""
    everything = [*series, line] if line else list(series)
    totals = [sum(values) for values in zip(*(one.values for one in series), strict=True)]
    top = scale_top(max([*totals, *(line.values if line else []), 0]), LINES)
    return format_html(
        '<div class="chart">{}'
        '<svg width="100%" height="{}" role="img" aria-label="{}">{}{}{}{}</svg>{}</div>',
        _legend(series, line),
        HEIGHT,
        title,
        _grid(top),
        _bars(labels, series, top),
        _line(line, len(labels), top),
        _names(labels),
        _table(title, labels, everything),
    )


def _legend(series: Sequence[Series], line: Series | None) -> SafeString:
    keys = [(one.tone, one.name) for one in series] + ([(f"{line.tone} thin", line.name)] if line else [])
    return format_html('<ul class="legend">{}</ul>', format_html_join("", '<li class="key {}">{}</li>', keys))


def _grid(top: float) -> SafeString:
    def rows() -> list[tuple[str, ...]]:
        heights = [(step * top / LINES, TOP + PLOT - PLOT * step / LINES) for step in range(LINES + 1)]
        return [(short(LEFT), short(y), short(y), short(LEFT - 1.5), short(y + 4), written(value))
                for value, y in heights]  # fmt: skip

    return format_html_join(
        "",
        '<line class="grid" x1="{}%" x2="100%" y1="{}" y2="{}"/>'
        '<text class="scale" x="{}%" y="{}" text-anchor="end">{}</text>',
        rows(),
    )


def _bars(labels: Sequence[str], series: Sequence[Series], top: float) -> SafeString:
    """Only the topmost part of a column is round, by laying its square lower half over the round corners."""
    slot = (100 - LEFT) / max(len(labels), 1)
    rects: list[tuple[str, ...]] = []
    for index, label in enumerate(labels):
        x, width, floor = LEFT + slot * (index + 0.19), slot * 0.62, 0.0
        for part in series:
            value = part.values[index]
            if value <= 0:
                continue
            height, gap = PLOT * value / top, 1.0 if floor else 0.0
            y = TOP + PLOT - PLOT * floor / top - height
            drawn = max(height - gap, 0.5)
            is_last = floor + value >= sum(one.values[index] for one in series)
            hint = f"{label} · {part.name}: {written(value)}"
            round_by = short(min(ROUND, drawn / 2)) if is_last else "0"
            rects.append((part.tone, short(x), short(width), short(y), short(drawn), round_by, hint))
            if is_last and drawn > 2 * ROUND:
                rects.append(
                    (part.tone, short(x), short(width), short(y + ROUND), short(drawn - ROUND), "0", hint)
                )
            floor += value
    return format_html_join(
        "",
        '<rect class="bar {}" x="{}%" width="{}%" y="{}" height="{}" rx="{}"><title>{}</title></rect>',
        rects,
    )


def _line(line: Series | None, count: int, top: float) -> SafeString:
    """The line lives in a drawing of its own that may be stretched, since a path knows no percentages."""
    if line is None:
        return SafeString("")
    slot = 1000 / max(count, 1)
    points = [(slot * (i + 0.5), PLOT - PLOT * value / top) for i, value in enumerate(line.values)]
    return format_html(
        '<svg x="{}%" y="{}" width="{}%" height="{}" viewBox="0 0 1000 {}" preserveAspectRatio="none"'
        ' overflow="visible">'
        '<path class="path {}" d="{}" vector-effect="non-scaling-stroke"/></svg>',
        short(LEFT), TOP, short(100 - LEFT), PLOT, PLOT, line.tone, curve(points),
    )  # fmt: skip


def _names(labels: Sequence[str]) -> SafeString:
    """About seven names fit below; on a phone the stylesheet hides every other one of them."""
    slot, every = (100 - LEFT) / max(len(labels), 1), max(1, round(len(labels) / 7))
    shown = [(i, label) for i, label in enumerate(labels) if i % every == 0]
    return format_html_join(
        "",
        '<text class="scale{}" x="{}%" y="{}" text-anchor="middle">{}</text>',
        ((" spare" if place % 2 else "", short(LEFT + slot * (i + 0.5)), HEIGHT - 5, label)
         for place, (i, label) in enumerate(shown)),
    )  # fmt: skip


def _table(title: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((one.name,) for one in series))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (label, format_html_join("", "<td>{}</td>", ((written(one.values[i]),) for one in series)))
            for i, label in enumerate(labels)
        ),
    )
    return format_html(
        '<details class="as-table"><summary>{}</summary>'
        '<div class="scroll" tabindex="0" role="region" aria-label="{}">'
        "<table><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div></details>",
        *(_("Show as a table"), title, head, rows),
    )
