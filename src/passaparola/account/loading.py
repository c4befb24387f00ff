"""From rows to what is known of an order."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from django.conf import settings

from passaparola.account.queries import Row, Rows
from passaparola.account.rules.known import Item, Order, Parcel, Proof, Refund, Shop
from passaparola.account.rules.page import web_only
from passaparola.tracking.carrier import ScanFacts, ScanState
from passaparola.tracking.known_carriers import KNOWN_CARRIERS, key_of_words, link

_NOBODY = frozenset({"", "other", "altro", "custom"})
"""What shop systems write where no carrier was chosen."""


def order_of(rows: Rows, language: str) -> Order:
    head = rows.head
    scans: dict[int, list[ScanFacts]] = {}
    for row in rows.scans:
        scans.setdefault(row["tracker_id"], []).append(_scan(row))
    address = _json(head["shipping_address"])
    return Order(
        shop=_shop(head),
        number=head["number"],
        first_name=_first_name(head, address),
        placed_at=head["placed_at"],
        currency=head["currency"],
        total=head["total"],
        subtotal=head["subtotal"],
        shipping=head["shipping"],
        tax=head["tax"],
        discount=head["discount"],
        discount_codes=tuple(str(code) for code in _json(head["discount_codes"])),
        payment_state=head["payment_state"],
        payment_method=head["payment_method"],
        paid_at=head["paid_at"],
        cancelled_at=head["cancelled_at"],
        shipping_method=head["shipping_method"],
        promised_first=head["promised_first"],
        promised_last=head["promised_last"],
        address=address,
        items=tuple(_item(line, language) for line in rows.lines),
        parcels=tuple(_parcel(row, scans, language) for row in rows.parcels),
        proofs=tuple(
            Proof(leg=row["leg"], share=float(row["coverage"]["90"]), parcels=row["measured_on"])
            for row in rows.proofs
            if row["coverage"].get("90") is not None
        ),
        refunds=tuple(
            Refund(made_at=datetime.fromisoformat(row["made_at"]), amount=row["amount"])
            for row in rows.refunds
        ),
    )


def _json(value: Any) -> Any:
    """Read a JSON column: Django's connection hands it over as text."""
    return json.loads(value) if isinstance(value, str) else value


def _time(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _date(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _hour(told: str | None) -> time | None:
    return time.fromisoformat(told) if told else None


def _shop(head: Row) -> Shop:
    return Shop(
        name=head["shop_name"],
        slug=head["slug"],
        url=web_only(head["url"]),
        email=head["shop_email"],
        phone=head["shop_phone"],
        postal_address=head["postal_address"],
        city=head["shop_city"],
        country=head["shop_country"],
        signature=head["signature"],
    )


def _first_name(head: Row, address: Mapping[str, str]) -> str:
    """Return the name to greet with; of a whole name, the first word unless it is a company's."""
    if head["first_name"]:
        return str(head["first_name"]).strip()
    name = address.get("name", "")
    return name.split()[0] if name.strip() and name != address.get("company") else ""


def _item(line: Row, language: str) -> Item:
    notes = [line["care_it"] or "", line["care_en"] or ""]
    here, elsewhere = notes if language == "it" else reversed(notes)
    return Item(
        key=line["external_id"],
        title=line["title"],
        variant=line["variant"],
        quantity=line["quantity"],
        total=line["total"],
        image_url=picture(line["image_url"] or line["product_image"] or ""),
        page_url=line["page_url"] or "" if line["is_published"] else "",
        care=here or elsewhere,
        needs_shipping=line["needs_shipping"],
    )


def picture(url: str) -> str:
    """A picture that we serve ourselves is shown by its path: also where we are reached without https."""
    own = f"{settings.PUBLIC_URL}/static/"
    return url.removeprefix(settings.PUBLIC_URL) if url.startswith(own) else url


def _scan(row: Row) -> ScanFacts:
    """Return the scan with the clock of its place."""
    return ScanFacts(
        state=ScanState(row["state"]) if row["state"] in _STATES else ScanState.UNKNOWN,
        at=datetime.fromisoformat(row["at"]).astimezone(timezone(timedelta(minutes=row["utc_offset"]))),
        has_time=row["has_time"],
        place=row["place"],
        country=row["country"],
        words=row["words"],
        code=row["code"],
    )


_STATES = frozenset(state.value for state in ScanState)


def _parcel(row: Row, scans: Mapping[int, Sequence[ScanFacts]], language: str) -> Parcel:
    key, name = carrier_of(row)
    return Parcel(
        number=row["name"],
        carrier=name,
        link=web_only(row["link"]) or link(key, row["name"], language),
        state=row["state"],
        place=row["place"],
        announced_at=_time(row["announced_at"]),
        picked_up_at=_time(row["picked_up_at"]),
        out_for_delivery_at=_time(row["out_for_delivery_at"]),
        ready_for_pickup_at=_time(row["ready_for_pickup_at"]),
        delivered_at=_time(row["delivered_at"]),
        cancelled_at=_time(row["cancelled_at"]),
        arrival_first=_date(row["arrival_first"]),
        arrival_last=_date(row["arrival_last"]),
        arrival_from=_hour(row["arrival_from"]),
        arrival_until=_hour(row["arrival_until"]),
        promised_first=_date(row["promised_first"]),
        promised_last=_date(row["promised_last"]),
        is_late=row["late_since"] is not None,
        delay_cause=row["delay_cause"],
        delay_confidence=None if row["delay_confidence"] is None else float(row["delay_confidence"]),
        delay_facts=row["delay_facts"],
        arrival_source=row["arrival_source"],
        signed_by=row["signed_by"] or "",
        fulfilment=row["fulfilment_id"],
        contents=_contents(row["parts"] or ()),
        # What the carrier itself says; the shop system's account of it only where that is all there is.
        scans=tuple(scans.get(row["tracker_id"]) or scans.get(row["news_id"]) or ()),
    )


def carrier_of(row: Row) -> tuple[str, str]:
    """Return key and name of the carrier; both empty while it is not known for sure."""
    told = row["carrier_words"] or row["shop_carrier"] or ""
    if row["carrier"] and not row["needs_a_person"] and row["carrier"] in KNOWN_CARRIERS:
        return row["carrier"], KNOWN_CARRIERS[row["carrier"]].name
    key = key_of_words(told)
    if key:
        return key, KNOWN_CARRIERS[key].name
    return "", "" if told.strip().casefold() in _NOBODY else told.strip()


def _contents(parts: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    inside: Counter[str] = Counter()
    for part in parts:
        inside[str(part.get("line", ""))] += int(part.get("quantity") or 0)
    return dict(inside)
