"""WooCommerce's orders in files: CSV of the usual export plugins, or the REST API's orders as JSON.

There is no one format: each plugin has its headings, so columns are recognised by them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from passaparola.inbound import reading
from passaparola.inbound.source import UnreadableError
from passaparola.orders.connector import FileRow
from passaparola.orders.connectors.woocommerce.order import order_changed
from passaparola.orders.exports.json_orders import is_json, read_objects
from passaparola.orders.exports.orders import read_orders
from passaparola.orders.exports.words import WORDS
from passaparola.orders.facts import Facts

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
"""For orders that tell no time at all: older than anything a webhook says."""


def read_export(lines: Iterable[str], mapping: Mapping[str, str]) -> Iterator[FileRow]:
    in_json, lines = is_json(lines)
    return _read_json(lines) if in_json else read_orders(lines, mapping, WORDS)


def _read_json(lines: Iterable[str]) -> Iterator[FileRow]:
    for line, value in read_objects(lines):
        if isinstance(value, str):
            yield FileRow(line, None, value, {})
            continue
        for order in _orders(value):
            yield _read_order(line, order)


def _orders(value: dict[str, Any]) -> list[dict[str, Any]]:
    """An order, or an answer that holds several: `{"orders": […]}`, or of a batch, `{"create": […]}`."""
    if "id" in value:
        return [value]
    several = [order for name in ("orders", "create", "update") for order in reading.many(value.get(name))]
    return several or [value]


def _read_order(line: int, order: dict[str, Any]) -> FileRow:
    try:
        return FileRow(line, _facts(order))
    except UnreadableError as error:
        return FileRow(line, None, str(error), {"number": reading.text(order.get("number"))})


def _facts(order: dict[str, Any]) -> Facts:
    return order_changed(order, BEFORE_ALL)
