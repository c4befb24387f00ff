"""What a step can be told, and how it is read from a document, with a sentence for everything wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from passaparola.journeys.rules.values import MOMENTS
from passaparola.segments.rules import durations
from passaparola.segments.rules.condition import ConditionError, Where, parse

Known = Mapping[str, Sequence[str]]
LONGEST_TEXT = 2000


class DocumentError(ConditionError):
    """Something in the document can't be read; `where` is the way to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing a step can be told."""

    key: str
    type: str
    """A key of `READERS`: it decides how it is read, and which field a form shows."""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None


def read(setting: Setting, value: object, where: Where, known: Known) -> Any:
    """Return the value as the step takes it. Raises DocumentError."""
    if value is None or value == "":
        if setting.is_required and setting.type == "condition":
            raise DocumentError("“%(key)s” needs at least one condition.", where, key=setting.key)
        if setting.is_required:
            raise DocumentError("“%(key)s” is missing here.", where, key=setting.key)
        return setting.default
    return READERS[setting.type](setting, value, (*where, setting.key), known)


def _duration(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    length = durations.parse(value)
    if length is None:
        raise DocumentError("“%(key)s” is a length of time such as “3 days”.", where, key=setting.key)
    return length


def clock(value: object) -> time | None:
    """Read `9:00`, `09:30` or `9`. YAML makes seconds of an unquoted 9:00 in base sixty: taken back."""
    text = f"{value // 60}:{value % 60:02d}" if isinstance(value, int) and value > 24 else str(value).strip()  # noqa: PLR2004 - hours
    hour, _, minute = text.partition(":")
    if hour.isdecimal() and (minute or "0").isdecimal() and int(hour) < 24 and int(minute or 0) < 60:  # noqa: PLR2004 - a clock
        return time(int(hour), int(minute or 0))
    return None


def _clock(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    hour = clock(value)
    if hour is None:
        raise DocumentError("“%(key)s” is an hour such as 9:00.", where, key=setting.key)
    return hour


def _window(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    start, dash, end = str(value).replace("–", "-").partition("-")
    if not dash:
        raise DocumentError("Hours are written like 9:00-18:00.", where)
    first, last = clock(start), clock(end)
    if first is None:
        raise DocumentError(
            "“%(key)s”: the first hour is missing, or not written like 9:00.", where, key=setting.key
        )
    if last is None:
        raise DocumentError(
            "“%(key)s”: the last hour is missing, or not written like 18:00.", where, key=setting.key
        )
    if first >= last:
        raise DocumentError("These hours end before they begin.", where)
    return first, last


def _flag(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    words = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
    if (word := str(value).strip().lower()) not in words:
        raise DocumentError("“%(key)s” is yes or no.", where, key=setting.key)
    return words[word]


def _number(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    if isinstance(value, bool) or not str(value).strip().isdecimal() or len(str(value)) > 9:  # noqa: PLR2004 - digits
        raise DocumentError("“%(key)s” is a whole number.", where, key=setting.key)
    return int(str(value))


def _text(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    text = str(value).replace("\x00", "").strip()
    if len(text) > LONGEST_TEXT:
        raise DocumentError("“%(key)s” is longer than 2,000 characters.", where, key=setting.key)
    return text


def _texts(setting: Setting, value: object, where: Where, known: Known) -> Any:
    if isinstance(value, Mapping):
        unknown = next((key for key in value if key not in {"en", "it"}), None)
        if unknown is not None:
            raise DocumentError("Texts are given for en and it.", (*where, str(unknown)))
        return {str(key): _text(setting, text, (*where, key), known) for key, text in value.items()}
    text = _text(setting, value, where, known)
    return {"en": text, "it": text}


def _choice(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    if str(value) not in setting.choices:
        raise DocumentError(
            "“%(key)s” is one of: %(choices)s.", where, key=setting.key, choices=", ".join(setting.choices)
        )
    return str(value)


def _moment(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    if str(value) not in MOMENTS:
        raise DocumentError("“%(key)s” is one of: %(all)s.", where, key=setting.key, all=", ".join(MOMENTS))
    return str(value)


def _known(which: str, sentence: str) -> Callable[[Setting, object, Where, Known], Any]:
    def one(setting: Setting, value: object, where: Where, known: Known) -> Any:
        del setting
        words = known.get(which)
        if words is not None and str(value) not in words:
            raise DocumentError(sentence, where, value=str(value)[:60])
        return str(value)

    return one


def _message(setting: Setting, value: object, where: Where, known: Known) -> Any:
    """Read a kind of message, or a letter of the shop's own: `newsletter#12`."""
    del setting
    kind, sign, number = str(value).partition("#")
    kinds, letters = known.get("messages"), known.get("letters")
    is_known = kinds is None or kind in kinds
    if sign:
        is_known = is_known and (
            str(value) in letters if letters is not None else number.isascii() and number.isdecimal()
        )
    if not is_known:
        raise DocumentError("There is no message “%(value)s”.", where, value=str(value)[:60])
    return str(value)


event = _known("events", "There is no event “%(value)s”.")


def _events(setting: Setting, value: object, where: Where, known: Known) -> Any:
    values = value if isinstance(value, list) else [part.strip() for part in str(value).split(",")]
    found = tuple(event(setting, one, where, known) for one in values if one)
    if not found:
        raise DocumentError("Name at least one event.", where)
    return found


def _condition(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del setting
    return condition(value, where, known)


def condition(value: object, where: Where, known: Known) -> Any:
    """Read a condition; its errors are told at their place in the whole document."""
    try:
        return parse(value, known=known)
    except ConditionError as error:
        raise DocumentError(error.template, (*where, *error.where), **error.params) from None


def _shares(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del known
    if not isinstance(value, Mapping) or not 2 <= len(value) <= 10:  # noqa: PLR2004 - ways of a split
        raise DocumentError("“%(key)s” names two to ten ways and the share of each.", where, key=setting.key)
    found = {}
    for way, share in value.items():
        try:
            number = Decimal(str(share).strip().rstrip("%"))
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or number <= 0 or not str(way).isidentifier() or len(str(way)) > 40:  # noqa: PLR2004 - characters
            raise DocumentError("A share has a plain name and is a number over 0.", (*where, str(way)))
        found[str(way)] = number
    return found


def _url(setting: Setting, value: object, where: Where, known: Known) -> Any:
    del setting, known
    parts = urlsplit(str(value).strip())
    if parts.scheme not in {"https", "http"} or not parts.hostname or len(str(value)) > 500:  # noqa: PLR2004 - characters
        raise DocumentError("This is no web address: it begins with https://.", where)
    return str(value).strip()


def _data(setting: Setting, value: object, where: Where, known: Known) -> Any:
    if not isinstance(value, Mapping) or len(value) > 30:  # noqa: PLR2004 - more is a document of its own
        raise DocumentError("“%(key)s” is a list of names and values.", where, key=setting.key)
    return {str(name)[:60]: _text(setting, one, (*where, str(name)), known) for name, one in value.items()}


READERS: Mapping[str, Callable[[Setting, object, Where, Known], Any]] = {
    "duration": _duration,
    "clock": _clock,
    "window": _window,
    "flag": _flag,
    "number": _number,
    "text": _text,
    "texts": _texts,
    "choice": _choice,
    "moment": _moment,
    "message": _message,
    "kind": _known("messages", "There is no message “%(value)s”."),
    # Somebody who has left the team must not keep a journey from being changed: then it is whoever comes first.
    "member": _text,
    "channel": _known("channels", "There is no channel “%(value)s”."),
    "events": _events,
    "condition": _condition,
    "shares": _shares,
    "url": _url,
    "data": _data,
}
