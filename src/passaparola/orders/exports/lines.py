"""Order lines out of rows: one a row, several numbered groups in one row, or packed into one cell."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from passaparola.inbound.reading import BIGGEST_AMOUNT, ZERO
from passaparola.orders.exports import cells
from passaparola.orders.exports.columns import Columns, LineCells
from passaparola.orders.exports.rows import UnreadableRowError
from passaparola.orders.facts import LineFacts

FOUR_PLACES = Decimal("0.0001")
_EMPTY = LineCells._make([""] * len(LineCells._fields))
_PACKED = {
    "id": "line_id",
    "name": "title",
    "product_id": "product_id",
    "sku": "sku",
    "quantity": "quantity",
    "total": "line_total",
    "price": "unit_price",
    "total_tax": "line_tax",
    "tax": "line_tax",
}


def read_lines(
    columns: Columns, rows: Sequence[tuple[int, Sequence[str]]], *, has_decimal_comma: bool
) -> tuple[LineFacts, ...]:
    """Lines without an id are named by their place: the same file gives the same names again."""
    found: dict[str, LineFacts] = {}
    for place, cell in enumerate(_line_cells(columns, rows), 1):
        own_id = cell.line_id if cell.line_id and cell.line_id not in found else str(place)
        found[own_id] = _line(cell, own_id, has_decimal_comma=has_decimal_comma)
    return tuple(found.values())


def _line_cells(columns: Columns, rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[LineCells]:
    for _, row in rows:
        for read in columns.lines:
            cell = read(row)
            if cell.title or cell.sku:
                yield cell
        for place in columns.packed:
            yield from _unpacked(row[place])
    if not columns.lines and not columns.packed:
        yield from _unpacked(columns.order(rows[0][1]).lines)


def _unpacked(text: str) -> Iterator[LineCells]:
    """`name:Tazza|sku:T1|quantity:2|total:18;name:…`; anything else holds no lines."""
    for item in text.split(";"):
        pairs = (pair.partition(":") for pair in item.split("|"))
        known = {_PACKED[name.strip()]: value.strip() for name, _, value in pairs if name.strip() in _PACKED}
        if known.get("title"):
            yield _EMPTY._replace(**known)


def _line(cell: LineCells, own_id: str, *, has_decimal_comma: bool) -> LineFacts:
    quantity = cells.count(cell.quantity, "Quantity")
    discount = abs(cells.amount(cell.line_discount, "Line discount", has_decimal_comma=has_decimal_comma))
    price = cells.amount(cell.unit_price, "Price", has_decimal_comma=has_decimal_comma)
    if cell.line_total:
        total = cells.amount(cell.line_total, "Line total", has_decimal_comma=has_decimal_comma)
        if not cell.unit_price and quantity:
            price = ((total + discount) / quantity).quantize(FOUR_PLACES).normalize() + ZERO
    else:
        total = _total(price, quantity, discount)
    return LineFacts(
        external_id=own_id,
        product_id=cell.product_id,
        title=cell.title or cell.sku,
        variant=cell.variant,
        sku=cells.plain(cell.sku),
        quantity=quantity,
        unit_price=price,
        total=total,
        discount=discount,
        tax=cells.amount(cell.line_tax, "Line tax", has_decimal_comma=has_decimal_comma),
        needs_shipping=cell.needs_shipping.lower() not in {"false", "no", "0"},
    )


def _total(price: Decimal, quantity: int, discount: Decimal) -> Decimal:
    total = price * quantity - discount
    if abs(total) >= BIGGEST_AMOUNT:
        raise UnreadableRowError("Price: so many pieces at this price are too much to be true.")
    return total
