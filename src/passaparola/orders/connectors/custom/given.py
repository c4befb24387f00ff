"""Reading our own format strictly: every complaint names the place and says what belongs there.

Other connectors forgive, because nobody can change Shopify. Who writes a sender for this format can, and
is best helped by a precise sentence: “orders[0].lines[1].quantity must be a whole number.”
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from passaparola.inbound import reading
from passaparola.inbound.reading import BIGGEST_AMOUNT, BIGGEST_COUNT, LONGEST_TEXT, ZERO
from passaparola.inbound.source import UnreadableError

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)


class Given:
    """One object of the payload and its place in it. Missing and `null` are the same: the default counts."""

    def __init__(self, values: Mapping[str, Any], place: str = "") -> None:
        self.values = values
        self.place = place

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def refuse(self, name: str, wish: str) -> UnreadableError:
        return UnreadableError(f"{self.at(name)} {wish}.")

    def required(self, name: str, read: Callable[[str], Value]) -> Value:
        if self.values.get(name) in (None, ""):
            raise self.refuse(name, "is missing")
        return read(name)

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if type(value) is not str:
            raise self.refuse(name, "must be a text")
        return value.strip()[:longest]

    def id(self, name: str) -> str:
        value = self.values.get(name)
        if value is None or value == "":
            return ""
        found = reading.identity(value)
        if not found:
            raise self.refuse(name, f"must be an id: a text of at most {reading.LONGEST_ID} characters")
        return found

    def whole(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        if value is None:
            return default
        if type(value) is not int:
            raise self.refuse(name, "must be a whole number")
        if not 0 <= value <= BIGGEST_COUNT:
            raise self.refuse(name, f"must be a whole number from 0 to {BIGGEST_COUNT}")
        return value

    def amount(self, name: str, default: Decimal = ZERO) -> Decimal:
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            number = Decimal(value) if type(value) in (int, str, Decimal) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or abs(number) >= BIGGEST_AMOUNT:
            raise self.refuse(name, "must be an amount like “12.50”")
        return reading.amount(value)

    def time(self, name: str) -> datetime | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        at = reading.time(value)
        if at is None or datetime.fromisoformat(value).tzinfo is None:
            raise self.refuse(name, "must be a time with its offset, like “2026-03-01T10:00:00+01:00”")
        return at

    def required_time(self, name: str) -> datetime:
        at = self.time(name)
        if at is None:
            raise self.refuse(name, "is missing")
        return at

    def flag(self, name: str) -> bool | None:
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            raise self.refuse(name, "must be true or false")
        return value

    def word(self, name: str, words: type[Word], default: Word) -> Word:
        value = self.text(name)
        if value and value not in words.__members__.values():
            raise self.refuse(name, f"must be one of: {', '.join(words)}")
        return words(value) if value else default

    def code(self, name: str, read: Callable[[Any], str], wish: str) -> str:
        """Read a code (language, country, currency) that `read` understands or empties."""
        value = self.text(name)
        found = read(value)
        if value and not found:
            raise self.refuse(name, f"must be {wish}")
        return found

    def link(self, name: str) -> str:
        return self.code(name, reading.web_address, "a web address beginning with https://")

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._list(name)
        for index, item in enumerate(value):
            if type(item) is not str:
                raise self.refuse(f"{name}[{index}]", "must be a text")
        return reading.texts(value)

    def ids(self, name: str) -> tuple[str, ...]:
        found = [reading.identity(item) for item in self._list(name)]
        if not all(found):
            raise self.refuse(f"{name}[{found.index('')}]", "must be an id")
        return tuple(found)

    def one(self, name: str) -> "Given":
        value = self.values.get(name)
        if value is not None and type(value) is not dict:
            raise self.refuse(name, "must be an object, {…}")
        return Given(value or {}, self.at(name))

    def many(self, name: str) -> list["Given"]:
        items = self._list(name)
        for index, item in enumerate(items):
            if type(item) is not dict:
                raise self.refuse(f"{name}[{index}]", "must be an object, {…}")
        return [Given(item, f"{self.at(name)}[{index}]") for index, item in enumerate(items)]

    def _list(self, name: str) -> list[Any]:
        value = self.values.get(name)
        if value is None:
            return []
        if type(value) is not list:
            raise self.refuse(name, "must be a list, […]")
        return value
