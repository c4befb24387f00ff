"""Reading values out of JSON that others wrote: total, never raising but for the body as a whole.

Senders leave keys out, put `null` where text belongs and numbers where they had strings a version ago.
Each reader takes whatever stands there and gives back the type we asked for, or its empty value.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any

from passaparola.inbound.source import UnreadableError

ZERO = Decimal(0)
LONGEST_TEXT = 1_000
LONGEST_ID = 120
"""What the columns of ids hold; a longer one is none."""
BIGGEST_AMOUNT = Decimal(10) ** 11
BIGGEST_COUNT = 2**31 - 1
"""What a PostgreSQL integer holds."""
LEAP_YEAR = 2024
YEARS = range(1990, 2200)
"""A time outside is a sender's way of saying “never” (`0001-01-01`, `9999-12-31`)."""

FARTHEST_OFFSET = timedelta(hours=15)
"""No clock on earth is further from Greenwich than 14 hours, and PostgreSQL reads no offset of 16."""

DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=lambda _: None)
_REFUSED = re.compile("[\x00\ud800-\udfff]")
_NEVER_IN_LINKS = re.compile(r"[\s<>\"]")
_EMPTY: dict[str, Any] = {}


def parsed(body: bytes) -> Any:
    """Parse a JSON body; floats become exact decimals. Raises `UnreadableError` with a sentence."""
    try:
        source = body.decode("utf-8-sig")
        value = DECODER.decode(source)
        if b"\\u" in body and may_hold_refused(source):
            value = without_refused(value)
    except UnicodeDecodeError:
        raise UnreadableError("The text is not encoded as UTF-8.") from None
    except RecursionError:
        raise UnreadableError("The JSON is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"This is not JSON: {error.msg}, line {error.lineno}.") from None
    except (ValueError, InvalidOperation):
        raise UnreadableError("The JSON holds a number too long to be read.") from None
    return value


def parsed_object(body: bytes) -> dict[str, Any]:
    """Parse a JSON body that must be an object."""
    value = parsed(body)
    if not isinstance(value, dict):
        raise UnreadableError("The JSON is no object: it should begin with “{”.")
    return value


def may_hold_refused(source: str) -> bool:
    """Tell by a glance at the JSON whether `without_refused` may have something to do."""
    return "\\u0000" in source or "\\ud" in source or "\\uD" in source


def without_refused(value: Any) -> Any:
    """Drop NUL and halves of surrogate pairs: legal in JSON, impossible in a PostgreSQL text."""
    if isinstance(value, str):
        return _REFUSED.sub("", value)
    if isinstance(value, list):
        return [without_refused(item) for item in value]
    if isinstance(value, dict):
        return {without_refused(key): without_refused(item) for key, item in value.items()}
    return value


def text(value: Any, longest: int = LONGEST_TEXT) -> str:
    if type(value) is str:
        return value.strip()[:longest]
    if type(value) is int or type(value) is Decimal:
        return str(value)[:longest]
    return ""


def identity(value: Any) -> str:
    """An id as text, whether it came as a number, as text or as `gid://shop/Order/42`."""
    if type(value) is int:
        return str(value) if 0 < value < 10**LONGEST_ID else ""
    if type(value) is str:
        name = value.strip()
        if name.startswith("gid://"):
            name = name.rpartition("/")[2].partition("?")[0]
        return name if len(name) <= LONGEST_ID else ""
    if type(value) is Decimal and value.is_finite() and 0 < value < BIGGEST_AMOUNT**2 and value == int(value):
        return str(int(value))
    return ""


def whole(value: Any, default: int = 0) -> int:
    """A count; fractions (1.5 metres of cloth) are rounded up, so that something never becomes nothing."""
    if type(value) is int:
        return value if -BIGGEST_COUNT <= value <= BIGGEST_COUNT else default
    if value is None or isinstance(value, bool):
        return default
    number = _decimal(value)
    if number is None or not -BIGGEST_COUNT <= number <= BIGGEST_COUNT:
        return default
    return int(number.to_integral_value(ROUND_CEILING))


def amount(value: Any, default: Decimal = ZERO) -> Decimal:
    number = _decimal(value)
    if number is None or not -BIGGEST_AMOUNT < number < BIGGEST_AMOUNT:
        return default
    return number


def bounded(number: Decimal) -> Decimal:
    """Return a computed amount, or refuse it: no price times any quantity is worth more than a small state."""
    if -BIGGEST_AMOUNT < number < BIGGEST_AMOUNT:
        return number
    raise UnreadableError("An amount is too large to be true.")


def _decimal(value: Any) -> Decimal | None:
    """A finite number with a sane count of digits, or None."""
    if type(value) is str:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return None
    elif type(value) is int:
        return Decimal(value)
    elif type(value) is Decimal:
        number = value
    else:
        return None
    if not number.is_finite():
        return None
    return number if number.adjusted() > -20 or not number else ZERO  # noqa: PLR2004 - tinier than any money


def time(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """An aware time out of ISO 8601; `zone` is where a time without an offset belongs."""
    if type(value) is not str:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    if at.year not in YEARS or not is_on_earth(at):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


def is_on_earth(at: datetime) -> bool:
    """Tell whether a clock somewhere shows this time: its offset, if it has one, is a place's."""
    offset = at.utcoffset() or timedelta()
    return abs(offset) <= FARTHEST_OFFSET and not offset % timedelta(minutes=1)


def yes(value: Any) -> bool:
    """Whether something is said to be so: `true`, 1, `"yes"`."""
    return value is True or (value is not False and text(value).lower() in {"true", "1", "yes", "on"})


def one(value: Any) -> Mapping[str, Any]:
    """The object standing there, or an empty one."""
    return value if type(value) is dict else _EMPTY


def many(value: Any) -> list[dict[str, Any]]:
    """The objects in the list standing there; what is no object is left out."""
    if type(value) is not list:
        return []
    return [item for item in value if type(item) is dict]


def texts(value: Any) -> tuple[str, ...]:
    """The texts in a list, or in one text with commas (`"red, blue"`); empty and repeated ones left out."""
    if type(value) is str:
        value = value.split(",")
    if type(value) is not list:
        return ()
    return tuple(dict.fromkeys(word for word in map(text, value) if word))


def birthday(cell: str) -> str:
    """Return month and day (`03-21`) of `1985-03-21`, `03-21` or `21/3/1985`; empty for anything else."""
    iso = re.fullmatch(r"(?:\d{4}-)?(\d{2})-(\d{2})(?:[ T].*)?", cell.strip(), re.ASCII)
    day_first = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})(?:[/.](?:\d{4}|\d{2}))?", cell.strip(), re.ASCII)
    month, day = iso.groups() if iso else reversed(day_first.groups()) if day_first else ("0", "0")
    try:
        return f"{date(LEAP_YEAR, int(month), int(day)):%m-%d}"
    except ValueError:
        return ""


def language(value: Any) -> str:
    """ISO 639-1 out of `it`, `it-IT`, `IT_it`; empty where it is no language."""
    code = text(value).replace("_", "-").partition("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""  # noqa: PLR2004 - two letters


def country(value: Any) -> str:
    """ISO 3166-1 alpha-2 in upper case; empty where it is something else (a name in words)."""
    code = text(value).upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""  # noqa: PLR2004 - two letters


def currency(value: Any) -> str:
    code = text(value).upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else ""  # noqa: PLR2004 - three letters


def web_address(value: Any) -> str:
    """A link that may be shown to a customer: http or https, nothing else."""
    link = text(value, 2_000)
    return (
        link if link.lower().startswith(("https://", "http://")) and not re.search(r"[\s<>\"]", link) else ""
    )
