"""What is known of a person, and making it unknown: each concept contributes its own part.

Registered in `AppConfig.ready()`. Exporting goes through the parts from the bottom up, erasing from the top
down, so that nobody loses the way to their rows before they are done. A new concept that keeps anything of a
person registers a part; a test asks every table with a foreign key to a customer or order who speaks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passaparola.customers.models import Contact, Customer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as all concepts know them."""

    store_id: int
    ids: tuple[int, ...]
    """Every row that is this person."""
    emails: tuple[str, ...]
    phones: tuple[str, ...]


Export = Callable[[Person], Any]
"""Returns what is kept, as JSON can hold it."""
Erase = Callable[[Person, datetime], int]
"""Makes it unknown and returns how many rows that were. Called twice, it finds nothing the second time."""


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    """A noun of the shop: the key in the export and in the certificate."""
    export: Export
    erase: Erase
    kept: str = ""
    """What stays, and why, as an English sentence to be translated; empty where nothing does."""


_PARTS: dict[str, Part] = {}


def register(name: str, *, export: Export, erase: Erase, kept: str = "") -> None:
    _PARTS[name] = Part(name, export, erase, kept)


def parts() -> list[Part]:
    return list(_PARTS.values())


def person_of(customer: Customer) -> Person:
    root = customer.merged_into or customer
    ids = tuple(root.all_ids())
    contacts = list(Contact.objects.filter(customer__in=ids).values_list("kind", "value"))
    return Person(
        store_id=root.store_id,
        ids=ids,
        emails=tuple(sorted({value for kind, value in contacts if kind == "email"} | ({root.email} - {""}))),
        phones=tuple(sorted({value for kind, value in contacts if kind == "phone"} | ({root.phone} - {""}))),
    )


def export_of(person: Person) -> Mapping[str, Any]:
    return {part.name: part.export(person) for part in parts()}


def erase(person: Person, *, now: datetime) -> dict[str, int]:
    """Erase everything in the caller's transaction; return how many rows each part changed."""
    return {part.name: part.erase(person, now) for part in reversed(parts())}
