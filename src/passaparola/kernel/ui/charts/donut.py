"""One share as a ring, with its figure in the middle."""

from math import pi

from django.utils.html import format_html
from django.utils.safestring import SafeString

from passaparola.kernel.ui.charts.drawing import short

SIZE, STROKE = 120, 12
RADIUS = (SIZE - STROKE) / 2


def donut(share: float, figure: str, label: str, tone: str = "one") -> SafeString:
    """A ring filled by `share` (0 to 1, anything beyond is cut), with `figure` and `label` in it."""
    around = 2 * pi * RADIUS
    filled = around * min(max(share, 0.0), 1.0)
    middle = SIZE / 2
    return format_html(
        '<svg class="donut" width="{0}" height="{0}" viewBox="0 0 {0} {0}" role="img"'
        ' aria-label="{1}: {2}">'
        '<circle class="track" cx="{3}" cy="{3}" r="{4}" stroke-width="{5}"/>'
        '<circle class="ring {6}" cx="{3}" cy="{3}" r="{4}" stroke-width="{5}" stroke-linecap="round"'
        ' stroke-dasharray="{7} {8}" transform="rotate(-90 {3} {3})"/>'
        '<text class="figure" x="50%" y="{9}" text-anchor="middle">{2}</text>'
        '<text class="scale" x="50%" y="{10}" text-anchor="middle">{1}</text></svg>',
        SIZE, label, figure, short(middle), short(RADIUS), STROKE, tone,
        short(filled), short(around), short(middle + 5), short(middle + 22),
    )  # fmt: skip
