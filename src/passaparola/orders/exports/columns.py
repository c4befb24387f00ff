"""Which column of a file holds what: named by the shop, or recognised by its heading."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import NamedTuple, TypeVar

from passaparola.orders.exports.rows import UnreadableRowError

Cells = Sequence[str]
Kind = TypeVar("Kind")


class OrderCells(NamedTuple):
    """The cells about the order as a whole; the names are those that a mapping uses."""

    id: str
    number: str
    placed_at: str
    updated_at: str
    status: str
    payment_state: str
    shipping_state: str
    payment_method: str
    paid_at: str
    cancelled_at: str
    shipped_at: str
    currency: str
    total: str
    subtotal: str
    shipping: str
    tax: str
    discount: str
    refunded: str
    discount_code: str
    shipping_method: str
    customer_id: str
    email: str
    phone: str
    first_name: str
    last_name: str
    name: str
    language: str
    birthday: str
    accepts_marketing: str
    note: str
    carrier: str
    tracking_number: str
    tracking_url: str
    lines: str
    """All lines in one cell, as some plugins write them: `name:Tazza|quantity:2;name:…`."""


class LineCells(NamedTuple):
    line_id: str
    product_id: str
    title: str
    variant: str
    sku: str
    quantity: str
    unit_price: str
    line_total: str
    line_discount: str
    line_tax: str
    needs_shipping: str


class AddressCells(NamedTuple):
    name: str
    first_name: str
    last_name: str
    company: str
    line1: str
    line2: str
    city: str
    postcode: str
    province: str
    country: str
    phone: str


ADDRESSES = ("shipping", "billing")
FIELDS = frozenset(
    (
        *OrderCells._fields,
        *LineCells._fields,
        *(f"{kind}_{field}" for kind in ADDRESSES for field in AddressCells._fields),
    )
)
"""What a mapping may name."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Functions from a row (with one empty cell more at its end) to its cells by name."""

    order: Callable[[Cells], OrderCells]
    lines: tuple[Callable[[Cells], LineCells], ...]
    """One, or as many as the file has numbered groups (`Product 1`, `Product 2`)."""
    shipping: Callable[[Cells], AddressCells] | None
    billing: Callable[[Cells], AddressCells] | None
    key: Callable[[Cells], str]
    """What rows of the same order share."""
    packed: tuple[int, ...] = ()
    """Columns each holding one line in words."""


def normal(heading: str) -> str:
    """`Città (Fatturazione)`, `citta_fatturazione` and `CITTÀ FATTURAZIONE` are the same."""
    signs = re.sub(r"#(?!\s*\d)", " no ", heading.replace("(#)", " "))
    flat = unicodedata.normalize("NFKD", signs)
    plain = "".join(sign for sign in flat if not unicodedata.combining(sign)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def recognise(header: Sequence[str], mapping: Mapping[str, str], words: Mapping[str, str]) -> Columns:
    """Match the header. Raises `UnreadableRowError` with a sentence where nothing can be made of it."""
    places = _mapped(header, mapping) if mapping else {}
    several: dict[int, dict[str, int]] = {}
    packed: list[int] = []
    taken = set(places.values())
    for place, heading in enumerate(header):
        field = words.get(normal(heading))
        if field and place not in taken:
            places.setdefault(field, place)
        elif not field:
            _numbered(heading, place, words, several, packed)
    if "id" not in places and "number" not in places:
        raise UnreadableRowError("The file has no column with the order's number.")
    return _columns(places, [several[index] for index in sorted(several)], tuple(packed), len(header))


def _mapped(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    by_name = {heading.strip().lower(): place for place, heading in reversed(list(enumerate(header)))}
    places = {}
    for field, heading in mapping.items():
        if field not in FIELDS:
            raise UnreadableRowError(f"“{field}” is nothing we read; we know: {', '.join(sorted(FIELDS))}.")
        if heading.strip().lower() not in by_name:
            raise UnreadableRowError(f"The file has no column “{heading}” (named for {field}).")
        places[field] = by_name[heading.strip().lower()]
    return places


def _numbered(
    heading: str,
    place: int,
    words: Mapping[str, str],
    several: dict[int, dict[str, int]],
    packed: list[int],
) -> None:
    """`Item Name (2)`, `line_item_2_name`, `Product #2 Quantity`: the second line's columns."""
    found = re.fullmatch(r"(.*?)\b(\d{1,3})\b(.*)", normal(heading))
    field = words.get(f"{found[1]} {found[3]}".strip().replace("  ", " ")) if found else None
    if field == "lines":
        packed.append(place)
    elif found and field in LineCells._fields:
        several.setdefault(int(found[2]), {}).setdefault(field, place)


def _columns(
    places: Mapping[str, int], several: Iterable[Mapping[str, int]], packed: tuple[int, ...], width: int
) -> Columns:
    groups = [places, *several] if "title" in places or "sku" in places else list(several)
    addresses = {
        kind: partial(
            _cells, AddressCells, itemgetter(*_order(AddressCells._fields, places, width, f"{kind}_"))
        )
        for kind in ADDRESSES
        if any(f"{kind}_{field}" in places for field in AddressCells._fields)
    }
    return Columns(
        order=partial(_cells, OrderCells, itemgetter(*_order(OrderCells._fields, places, width))),
        lines=tuple(
            partial(_cells, LineCells, itemgetter(*_order(LineCells._fields, group, width)))
            for group in groups
        ),
        shipping=addresses.get("shipping"),
        billing=addresses.get("billing"),
        key=partial(_key, places.get("number", width), places.get("id", width)),
        packed=packed,
    )


def _key(number: int, own_id: int, row: Cells) -> str:
    """Shopify gives the id on the first row only, and the number on every row."""
    return row[number].strip() or row[own_id].strip()


def _order(fields: Sequence[str], places: Mapping[str, int], width: int, prefix: str = "") -> list[int]:
    """Where each field stands; what the file doesn't have stands at the empty cell past the end."""
    return [places.get(f"{prefix}{field}", width) for field in fields]


def _cells(kind: Callable[..., Kind], get: Callable[[Cells], tuple[str, ...]], row: Cells) -> Kind:
    return kind(*map(str.strip, get(row)))
