"""What a bench finds, and how it is printed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure. `against` is the other side's in the same unit; `goal` says what was asked."""

    name: str
    value: float
    unit: str
    against: float | None = None
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def rounds(values: Sequence[float]) -> float:
    """The median: these machines are noisy, and one lucky run says nothing."""
    return median(values)


def printed(rows: Sequence[Row]) -> str:
    """Return the rows as a table for people."""
    heads = ("what", "figure", "unit", "against", "ratio", "goal", "")
    lines = [
        (
            row.name,
            _number(row.value),
            row.unit,
            _number(row.against),
            _number(row.ratio),
            row.goal,
            {True: "met", False: "NOT MET", None: ""}[row.met],
        )
        for row in rows
    ]
    widths = [max(len(line[i]) for line in [heads, *lines]) for i in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [heads, *lines]
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
