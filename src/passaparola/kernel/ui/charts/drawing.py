"""What the charts share: short numbers, a round top for the scale, a calm curve through points."""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
NOTHING = 1e-9
"""Below this a figure is as good as zero, and its logarithm is of no use."""


def short(value: float) -> str:
    """A number as an SVG attribute, without a tail of zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def written(value: float) -> str:
    """A number for people in a table or label: whole ones without a point."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def scale_top(highest: float, lines: int = 4) -> float:
    """The round number at the top of a scale with `lines` equal steps, at least as high as the data."""
    if highest < NOTHING:
        return float(lines)
    step = highest / lines
    power = 10 ** math.floor(math.log10(step))
    return float(next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= step * 0.999) * lines)


def curve(points: Sequence[Point]) -> str:
    """A path through all points that never swings above or below them (monotone cubic)."""
    if not points:
        return ""
    path = [f"M{short(points[0][0])} {short(points[0][1])}"]
    tangents = _tangents(points)
    for ((x, y), (next_x, next_y)), (leave, arrive) in zip(pairwise(points), pairwise(tangents), strict=True):
        third = (next_x - x) / 3
        controls = (x + third, y + leave * third, next_x - third, next_y - arrive * third, next_x, next_y)
        path.append("C" + " ".join(map(short, controls)))
    return "".join(path)


def _tangents(points: Sequence[Point]) -> list[float]:
    """The slope at each point: flat at every peak and valley, so that the curve stays within the data."""
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(points)]
    if not slopes:
        return [0.0]
    inner = [
        0.0 if before * after <= 0 else 2 * before * after / (before + after)
        for before, after in pairwise(slopes)
    ]
    return [slopes[0], *inner, slopes[-1]]
