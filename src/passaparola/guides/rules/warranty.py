"""Until when something is guaranteed."""

import calendar
from datetime import date

LEGAL_MONTHS = 24
"""Directive (EU) 2019/771: the seller answers for what shows within two years from delivery."""


def ends_on(delivered: date, months: int) -> date:
    """Return the last day: the same day so many months later, or the month's last where there is none."""
    index = delivered.month - 1 + months
    year, month = delivered.year + index // 12, index % 12 + 1
    return date(year, month, min(delivered.day, calendar.monthrange(year, month)[1]))
