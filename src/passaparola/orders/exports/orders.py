"""Orders made of rows: rows that follow each other and share a number are one order.

Everything read here was true when the file was written, so `updated_at` is the latest time the row tells.
What a file only sums up (`Refunded Amount`, `Fulfilled at`) gets an id of its own, ending in `-export`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from passaparola.customers.facts import AddressFacts, CustomerFacts
from passaparola.inbound import reading
from passaparola.inbound.reading import ZERO
from passaparola.orders.connector import FileRow
from passaparola.orders.exports import cells
from passaparola.orders.exports.columns import AddressCells, Columns, OrderCells, recognise
from passaparola.orders.exports.lines import read_lines
from passaparola.orders.exports.rows import Damage, UnreadableRowError, read_table
from passaparola.orders.exports.states import State, state_of
from passaparola.orders.facts import Facts, FulfilmentFacts, LineFacts, OrderFacts, PaymentState, RefundFacts

Rows = list[tuple[int, list[str]]]
NO_ADDRESS = AddressFacts()


def read_orders(
    lines: Iterable[str], mapping: Mapping[str, str], words: Mapping[str, str]
) -> Iterator[FileRow]:
    """Stream the orders of a CSV file. `words` turns normalised headings into names of ours."""
    table = read_table(lines)
    if table is None:
        return
    try:
        columns = recognise(table.header, mapping, words)
    except UnreadableRowError as error:
        yield FileRow(1, None, str(error), {})
        return
    reader = _Reader(table.header, columns, has_decimal_comma=table.delimiter == ";")
    for group in reader.groups(table.rows):
        yield group if isinstance(group, FileRow) else reader.order(group)


class _Reader:
    """What is the same for all orders of one file."""

    def __init__(self, header: Sequence[str], columns: Columns, *, has_decimal_comma: bool) -> None:
        self.header = header
        self.width = len(header)
        self.columns = columns
        self.has_decimal_comma = has_decimal_comma

    def groups(self, rows: Iterable[tuple[int, list[str] | Damage]]) -> Iterator[Rows | FileRow]:
        """Gather rows by order; damaged ones come out as they are met, without breaking an order in two."""
        group: Rows = []
        current = ""
        width, key_of = self.width, self.columns.key
        for line, row in rows:
            if isinstance(row, Damage):
                yield FileRow(line, None, row.reason, {"": row.text.rstrip("\r\n")})
                continue
            if len(row) > width and any(row[width:]):
                yield self._bad(line, row, f"The row has {len(row)} cells, the header {width}.")
                continue
            row[width:] = ()
            row.extend([""] * (width + 1 - len(row)))
            key = key_of(row)
            if group and key in {"", current}:
                group.append((line, row))
                continue
            if group:
                yield group
            current, group = key, [(line, row)]
        if group:
            yield group

    def _bad(self, line: int, row: Sequence[str], reason: str) -> FileRow:
        return FileRow(line, None, reason, dict(zip(self.header, row, strict=False)))

    def order(self, rows: Rows) -> FileRow:
        line = rows[0][0]
        try:
            return FileRow(line, self._facts(rows))
        except UnreadableRowError as error:
            return self._bad(line, rows[0][1], str(error))

    def _facts(self, rows: Rows) -> Facts:
        first = rows[0][1]
        cell = self.columns.order(first)
        own_id = cells.plain(cell.id) or cell.number.lstrip("#")
        if not own_id or len(own_id) > reading.LONGEST_ID:
            raise UnreadableRowError("The row has no order number.")
        state = state_of(cell.status)
        if not state.is_order:
            return Facts(note=f"“{cell.status}”: nobody has ordered this.")
        lines = read_lines(self.columns, rows, has_decimal_comma=self.has_decimal_comma)
        order = self._order(cell, own_id, first, lines)
        return Facts(
            orders=(order,),
            fulfilments=_fulfilments(cell, order, state),
            refunds=self._refunds(cell, order),
        )

    def _amount(self, cell: str, column: str) -> Decimal:
        return cells.amount(cell, column, has_decimal_comma=self.has_decimal_comma)

    def _order(
        self, cell: OrderCells, own_id: str, row: Sequence[str], lines: tuple[LineFacts, ...]
    ) -> OrderFacts:
        state = state_of(cell.status)
        placed_at = cells.time(cell.placed_at, "Order date")
        if placed_at is None:
            raise UnreadableRowError("The row has no order date.")
        paid_at = cells.time(cell.paid_at, "Paid at")
        cancelled_at = cells.time(cell.cancelled_at, "Cancelled at")
        shipped_at = cells.time(cell.shipped_at, "Shipped at")
        updated_at = cells.time(cell.updated_at, "Updated at")
        latest = max(at for at in (placed_at, paid_at, cancelled_at, shipped_at, updated_at) if at)
        if state.is_cancelled and cancelled_at is None:
            cancelled_at = latest
        goods = sum((line.total for line in lines), ZERO)
        shipping = self._amount(cell.shipping, "Shipping")
        total = self._amount(cell.total, "Total") if cell.total else goods + shipping
        address, billing = self._addresses(row)
        language = reading.language(cell.language)
        return OrderFacts(
            external_id=own_id,
            number=cell.number.lstrip("#").strip() or own_id,
            placed_at=placed_at,
            updated_at=latest,
            currency=reading.currency(cell.currency),
            total=total,
            subtotal=self._amount(cell.subtotal, "Subtotal") if cell.subtotal else goods,
            shipping=shipping,
            tax=self._amount(cell.tax, "Taxes"),
            discount=abs(self._amount(cell.discount, "Discount")),
            payment_state=_payment_state(cell, state, is_paid=paid_at is not None),
            payment_method=cell.payment_method,
            paid_at=paid_at,
            cancelled_at=cancelled_at,
            language=language,
            note=cell.note[:5_000],
            discount_codes=reading.texts(cell.discount_code) if cell.discount_code else (),
            shipping_method=cell.shipping_method,
            customer=_customer(cell, address, billing, language, latest),
            shipping_address=address,
            billing_address=billing,
            lines=lines,
        )

    def _addresses(self, row: Sequence[str]) -> tuple[AddressFacts, AddressFacts]:
        shipping = _address(self.columns.shipping(row)) if self.columns.shipping else NO_ADDRESS
        billing = _address(self.columns.billing(row)) if self.columns.billing else NO_ADDRESS
        return shipping, billing

    def _refunds(self, cell: OrderCells, order: OrderFacts) -> tuple[RefundFacts, ...]:
        if not cell.refunded:
            return ()
        amount = abs(self._amount(cell.refunded, "Refunded"))
        if not amount:
            return ()
        own_id = f"{order.external_id}-export"
        return (
            RefundFacts(order_id=order.external_id, external_id=own_id, at=order.updated_at, amount=amount),
        )


def _payment_state(cell: OrderCells, state: State, *, is_paid: bool) -> PaymentState:
    """A column of its own counts before the order's status; without either, a sold order counts as paid."""
    own = state_of(cell.payment_state).payment if cell.payment_state else None
    if own is not None:
        return own
    if is_paid and state.payment in {None, PaymentState.PENDING, PaymentState.VOIDED}:
        return PaymentState.PAID
    if state.payment is not None:
        return state.payment
    return PaymentState.PENDING if cell.status or cell.payment_state else PaymentState.PAID


def _address(cell: AddressCells) -> AddressFacts:
    if not any(cell):
        return NO_ADDRESS
    country = reading.country(cell.country)
    return AddressFacts(
        name=cell.name or f"{cell.first_name} {cell.last_name}".strip(),
        company=cell.company,
        line1=cell.line1,
        line2=cell.line2,
        city=cell.city,
        postcode=cells.plain(cell.postcode),
        province=cell.province,
        country=country or country_named(cell.country),
        phone=cells.plain(cell.phone),
    )


COUNTRIES = {
    "italy": "IT", "italia": "IT", "france": "FR", "francia": "FR", "germany": "DE", "germania": "DE",
    "spain": "ES", "spagna": "ES", "austria": "AT", "switzerland": "CH", "svizzera": "CH",
    "united kingdom": "GB", "regno unito": "GB", "united states": "US", "stati uniti": "US", "usa": "US",
    "belgium": "BE", "belgio": "BE", "netherlands": "NL", "paesi bassi": "NL", "portugal": "PT",
    "portogallo": "PT", "ireland": "IE", "irlanda": "IE", "san marino": "SM", "slovenia": "SI",
}  # fmt: skip


def country_named(name: str) -> str:
    """Spell out the frequent countries; a name we don't know says nothing."""
    return COUNTRIES.get(name.lower(), "") if name else ""


def _customer(
    cell: OrderCells, address: AddressFacts, billing: AddressFacts, language: str, latest: datetime
) -> CustomerFacts:
    first, last = cell.first_name, cell.last_name
    if not (first or last):
        first, _, last = (cell.name or billing.name or address.name).partition(" ")
    return CustomerFacts(
        external_id=cell.customer_id if cell.customer_id != "0" else "",
        email=cell.email,
        phone=cells.plain(cell.phone) or billing.phone or address.phone,
        first_name=first,
        last_name=last,
        language=language,
        country=billing.country or address.country,
        birthday=reading.birthday(cell.birthday),
        accepts_email_marketing=cells.flag(cell.accepts_marketing),
        updated_at=latest,
    )


def _fulfilments(cell: OrderCells, order: OrderFacts, state: State) -> tuple[FulfilmentFacts, ...]:
    """A tracking number, a date of shipping or a word (`fulfilled`) each say that it was sent."""
    numbers = reading.texts(cell.tracking_number) if cell.tracking_number else ()
    shipped_at = cells.time(cell.shipped_at, "Shipped at")
    is_sent = state.is_sent or state_of(cell.shipping_state).is_sent
    if not (numbers or shipped_at or is_sent) or order.cancelled_at:
        return ()
    link = reading.web_address(cell.tracking_url)
    return (
        FulfilmentFacts(
            order_id=order.external_id,
            external_id=f"{order.external_id}-export",
            at=shipped_at or order.updated_at,
            updated_at=order.updated_at,
            carrier=cell.carrier,
            numbers=numbers,
            urls=(link,) if link else (),
        ),
    )
