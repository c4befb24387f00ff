"""Reads public order data in Olist's columns: orders that somebody else made, with the shop's own estimates."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from bench.replay import Past
from passaparola.tracking.rules.eta.lane import Delivered, Lane

_FORMATS = ("%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M", "%Y-%m-%d")
"""As published, and as spreadsheets keep it."""


class NotThereError(Exception):
    """The folder has no such data; the sentence says what was looked for."""


def read(folder: Path) -> list[Past]:
    """Return every delivered order. Customer and seller files, where they are there, tell the lane."""
    orders = _file(folder, "orders")
    if orders is None:
        raise NotThereError(
            f"There is no olist_orders_dataset.csv in {folder}; the columns order_purchase_timestamp, "
            "order_delivered_carrier_date, order_delivered_customer_date and order_estimated_delivery_date "
            "are what is read."
        )
    customers = {row["customer_id"]: row for row in _rows(_file(folder, "customers"))}
    senders = _senders(folder)
    found = []
    for row in _rows(orders):
        customer = customers.get(row.get("customer_id", ""), row)
        past = _past(row, customer, senders.get(row.get("order_id", ""), ""))
        if past is not None:
            found.append(past)
    return sorted(found, key=lambda past: (past.parcel.ordered_on, past.parcel.arrived_on, past.parcel.lane))


def _past(row: dict[str, str], customer: dict[str, str], sender: str) -> Past | None:
    ordered, handed_over, arrived, estimated = (
        _day(row.get(column, ""))
        for column in (
            "order_purchase_timestamp",
            "order_delivered_carrier_date",
            "order_delivered_customer_date",
            "order_estimated_delivery_date",
        )
    )
    if not (ordered and handed_over and arrived):
        return None
    lane = Lane(
        service=sender,
        # One country: the customer's state takes its place, so that states are what is borrowed from.
        country=(customer.get("customer_state") or "BR")[:2],
        zone=(customer.get("customer_zip_code_prefix") or "").strip('"').zfill(5)[:2],
    )
    parcel = Delivered(
        lane=lane, origin="BR", ordered_on=ordered, handed_over_on=handed_over, arrived_on=arrived
    )
    return Past(parcel, estimated)


def _senders(folder: Path) -> dict[str, str]:
    """Return the state from which each order was sent, where sellers are told."""
    states = {row["seller_id"]: row["seller_state"] for row in _rows(_file(folder, "sellers"))}
    return {row["order_id"]: states.get(row["seller_id"], "") for row in _rows(_file(folder, "order_items"))}


def _file(folder: Path, what: str) -> Path | None:
    return next(iter(sorted(folder.rglob(f"*olist_{what}_dataset*.csv"))), None)


def _rows(path: Path | None) -> Iterator[dict[str, str]]:
    if path is None:
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - the files name no zone
        except ValueError:
            continue
    return None
