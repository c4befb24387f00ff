"""How many came back, month after month: a table whose cells grow darker with the share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from passaparola.kernel.ui.charts.drawing import written

SHADES = 9


@dataclass(frozen=True)
class Cohort:
    """Those who began together, and what share of them (0 to 1) did it again in each later period."""

    label: str
    size: int
    shares: Sequence[float]


def cohorts(title: str, heads: tuple[str, str], rows: Sequence[Cohort]) -> SafeString:
    """`heads` name the first two columns, the later ones are +1, +2 .... The darkest cell is the largest."""
    width = max((len(row.shares) for row in rows), default=0)
    largest = max((share for row in rows for share in row.shares), default=0) or 1
    later = format_html_join("", '<th scope="col">+{}</th>', ((n,) for n in range(1, width + 1)))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="size">{}</td>{}</tr>',
        ((row.label, written(row.size), _cells(row.shares, largest, width)) for row in rows),
    )
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{0}"><table class="cohort">'
        '<caption class="hidden">{0}</caption>'
        '<thead><tr><th scope="col">{1}</th><th scope="col">{2}</th>{3}</tr>'
        "</thead><tbody>{4}</tbody></table></div>",
        *(title, *heads, later, body),
    )


def _cells(shares: Sequence[float], largest: float, width: int) -> SafeString:
    shown = format_html_join(
        "",
        '<td class="heat h{}">{}</td>',
        ((round(share / largest * SHADES), round(share * 100)) for share in shares),
    )
    return shown + format_html_join("", "<td>{}</td>", (("",) for _ in range(width - len(shares))))
