"""A small line beside a figure: where it comes from, without numbers."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from passaparola.kernel.ui.charts.drawing import curve, short

WIDTH, HEIGHT, EDGE = 84, 30, 3


def sparkline(values: Sequence[float], tone: str = "accent") -> SafeString:
    """A line of the values, oldest first. Decoration: the figure beside it says what matters, so it is hidden
    from screen readers. Nothing for fewer than two values.
    """
    if len(values) < 2:  # noqa: PLR2004 a line has two ends
        return mark_safe("")
    low, high = min(values), max(values)
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    rise = (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    points = [
        (EDGE + index * step, HEIGHT - EDGE - (value - low) * rise) for index, value in enumerate(values)
    ]
    line, (x, y) = curve(points), points[-1]
    return format_html(
        '<svg class="spark {}" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true"'
        ' preserveAspectRatio="none">'
        '<path class="area" d="{}L{} {}L{} {}Z"/><path class="line" d="{}"/>'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        *(tone, WIDTH, HEIGHT, WIDTH, HEIGHT),
        *(line, short(x), HEIGHT, EDGE, HEIGHT, line),
        *(short(x), short(y)),
    )
