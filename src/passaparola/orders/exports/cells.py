"""Values in cells as people and programs write them: `1.234,50 €`, `31/12/2025 18:05`, `yes`."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from passaparola.inbound.reading import BIGGEST_AMOUNT, BIGGEST_COUNT, YEARS, ZERO, is_on_earth
from passaparola.orders.exports.rows import UnreadableRowError

_NOT_NUMERIC = re.compile(r"[^\d.,()-]")
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?[ T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([ap]m)?)?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:(?P<day2>\d{1,2})\s+)?(?P<month>[^\W\d_]{3,10})\.?\s+(?:(?P<day>\d{1,2}),?\s+)?(?P<year>\d{4})"
    r"(?:,?\s+(?:@ )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\s*[ap]m))?",
    re.IGNORECASE,
)
_MONTHS = {
    name: month
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "gen feb mar apr mag giu lug ago set ott nov dic",
    )
    for month, name in enumerate(names.split(), 1)
}
_EXCEL_DAYS = re.compile(r"[3-7]\d{4}(\.\d+)?")
"""1982 to 2119 as Excel's count of days: what becomes of dates that went through a spreadsheet."""
_EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_NOON = 12
_TINIEST = -20
"""Power of ten below which an amount is none (`1e-999999` is a number to us, but not to PostgreSQL)."""
_CENTURY = 2000
TRUE_WORDS = frozenset({"yes", "true", "1", "si", "sì", "y", "vero", "x", "on"})


def amount(cell: str, column: str, *, has_decimal_comma: bool = False) -> Decimal:
    if not cell:
        return ZERO
    number = _number(cell, has_decimal_comma=has_decimal_comma)
    if number is None:
        raise UnreadableRowError(f"{column}: “{cell[:40]}” is no amount.")
    return number


@lru_cache(4096)  # the same prices come again and again
def _number(cell: str, *, has_decimal_comma: bool) -> Decimal | None:
    try:
        is_written = has_decimal_comma and "." in cell
        number = _written_amount(cell, has_decimal_comma=has_decimal_comma) if is_written else Decimal(cell)
    except InvalidOperation:
        number = _written_amount(cell, has_decimal_comma=has_decimal_comma)
    if number is None or not number.is_finite() or abs(number) >= BIGGEST_AMOUNT:
        return None
    return number if number.adjusted() > _TINIEST or not number else ZERO


def _written_amount(cell: str, *, has_decimal_comma: bool) -> Decimal | None:
    """Whichever of `.` and `,` comes last is the decimal sign, unless three digits follow it alone."""
    digits = _NOT_NUMERIC.sub("", cell).strip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        sign, after = digits[last], len(digits.rstrip(")")) - last - 1
        thousands = after == 3 and (sign == "." if has_decimal_comma else sign == ",")  # noqa: PLR2004 - thousands
        is_grouping = digits.count(sign) > 1 or thousands
        whole = re.sub("[.,]", "", digits[:last])
        digits = whole + digits[last + 1 :] if is_grouping else f"{whole}.{digits[last + 1 :]}"
    if digits.startswith("(") and digits.endswith(")"):
        digits = "-" + digits[1:-1]
    try:
        return Decimal(digits)
    except InvalidOperation:
        return ZERO if cell in {"-", "–", "N/A", "n/a"} else None


def count(cell: str, column: str) -> int:
    """A number of pieces; an empty cell is one piece."""
    if cell.isdecimal() and len(cell) < 10:  # noqa: PLR2004 - fits an integer
        return int(cell)
    if not cell:
        return 1
    number = _number(cell, has_decimal_comma=False)
    if number is None or number != number.to_integral_value() or not 0 <= number <= BIGGEST_COUNT:
        raise UnreadableRowError(f"{column}: “{cell[:40]}” is no number of pieces.")
    return int(number)


def time(cell: str, column: str) -> datetime | None:
    """ISO 8601 and its looser cousins, day before month, Excel's days; UTC where no offset is given."""
    if not cell:
        return None
    at = _iso(cell) or _day_first(cell) or _in_words(cell) or _excel(cell)
    if at is None or at.year not in YEARS or not is_on_earth(at):
        raise UnreadableRowError(f"{column}: “{cell[:40]}” is no date we can read.")
    return at


def _iso(cell: str) -> datetime | None:
    """`2024-01-05 10:12:33 +0100` has a blank before the offset, which the standard doesn't know."""
    if len(cell) == 25 and cell[19] == " ":  # noqa: PLR2004 - Shopify's, by far the most frequent
        cell = cell[:19] + cell[20:]
    try:
        at = datetime.fromisoformat(cell.removesuffix(" UTC"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _day_first(cell: str) -> datetime | None:
    """`05/01/2024` is the fifth of January, as everywhere but in the United States."""
    found = _DAY_FIRST.match(cell)
    if found is None:
        return None
    first, second, year, hour, minute, seconds = (int(part or 0) for part in found.groups()[:6])
    day, month = (first, second) if second <= 12 else (second, first)  # noqa: PLR2004 - months
    half = (found[7] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    year += _CENTURY if year < 100 else 0  # noqa: PLR2004 - written with two digits
    try:
        return datetime(year, month, day, hour, minute, seconds, tzinfo=UTC)
    except ValueError:
        return None


def _in_words(cell: str) -> datetime | None:
    """`March 1, 2024`, `1 marzo 2024`; the time of day, where there is one, as `18:05`."""
    found = _WORDS.match(cell)
    if found is None:
        return None
    day, month, year = found["day"] or found["day2"], _MONTHS.get(found["month"][:3].lower()), found["year"]
    hour, minute = found["hour"] or 0, found["minute"] or 0
    try:
        return datetime(int(year), month or 0, int(day or 0), int(hour), int(minute), tzinfo=UTC)
    except ValueError:
        return None


def _excel(cell: str) -> datetime | None:
    if not _EXCEL_DAYS.fullmatch(cell.replace(",", ".")):
        return None
    return _EXCEL_EPOCH + timedelta(seconds=round(float(cell.replace(",", ".")) * 86400))


def flag(cell: str) -> bool | None:
    return cell.strip().lower() in TRUE_WORDS if cell else None


def plain(cell: str) -> str:
    """Undo what protects cells from spreadsheets: Shopify's `'07410`, others' `="00184"`."""
    if cell[:1] not in {"'", "="}:
        return cell
    if cell[:1] == "'":
        return cell[1:]
    if cell[:2] == '="' and cell[-1:] == '"':
        return cell[2:-1]
    return cell
