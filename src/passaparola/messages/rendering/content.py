"""What a mail can speak of: from rows to the words that templates use. Values in, words out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from passaparola.messages.rendering import formats, parcels
from passaparola.messages.rendering.joined import joined, told_along
from passaparola.messages.rendering.matter import Matter, ParcelRow
from passaparola.messages.rendering.texts import words_of
from passaparola.messages.rendering.told import worded
from passaparola.messages.rules.names import sayable


def content(matter: Matter) -> dict[str, Any]:
    """Return the data for templates. Every key is always there; what is not known is empty."""
    order, parcel, moving = matter.order, matter.parcel, matter.moving
    person = matter.person
    data = {
        "store": {"name": matter.store_name, "signature": matter.signature, "url": matter.store_url},
        "customer": {
            "first_name": sayable(order.first_name or person.first_name),
            "last_name": sayable(person.last_name),
        },
        "order": {
            "number": order.number,
            "url": matter.order_url,
            "is_paid": order.paid_at is not None,
            "is_cancelled": order.cancelled_at is not None,
            "is_abroad": _country(matter) not in {"", matter.store_country},
            "is_split": len(moving) > 1,
            "is_complete": parcels.is_complete(matter, moving),
        },
        "arrival": parcels.arrival(matter, parcel),
        "hours": parcels.hours(matter, parcel),
        "progress": _progress(matter, parcel),
        "items": _items(matter),
        **_sums(matter),
        "details": _details(matter, parcel),
        "parcel": parcels.parcel_words(matter, parcel, moving),
        "siblings": parcels.siblings(matter, parcel, moving, told_along(matter)),
        "joined": joined(matter),
        "delay": parcels.delay(matter, parcel),
        "refund": _refund(matter),
        "similar": matter.similar,
        "coupon": matter.told.get("coupon") or matter.coupon,
        "data": worded(matter),
        "is_agreed": matter.is_agreed,
        "preferences_url": matter.preferences_url,
        "page_url": matter.told.get("archive") or "",
        "structured": "",
    }
    return {name: _known(value) for name, value in data.items()}


def _known(value: Any) -> Any:
    """Make what is empty false, so that templates can ask for it: to Liquid an empty string is true."""
    if not value:
        return [] if isinstance(value, list | tuple) else None
    if isinstance(value, dict):
        return {name: part or None for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_known(part) for part in value]
    return value


def _country(matter: Matter) -> str:
    return str(matter.order.shipping_address.get("country") or "")


_STEP = {
    "delivered": 5,
    "ready_for_pickup": 4,
    "out_for_delivery": 4,
    "attempted": 4,
    "label_created": 2,
    "unknown": 2,
}
_ON_THE_WAY = 3


def _progress(matter: Matter, parcel: ParcelRow | None) -> int:
    if parcel is None:
        return _ON_THE_WAY if matter.order.shipped_at else 1
    return _STEP.get(parcel.state, _ON_THE_WAY)


def _items(matter: Matter) -> list[dict[str, Any]]:
    currency, language = matter.order.currency, matter.language
    return [
        {
            "title": line.title,
            "variant": line.variant,
            "quantity": line.quantity,
            "total": formats.money(line.total, currency, language),
            "image": line.image_url,
        }
        for line in matter.lines
        if line.quantity and line.title
    ]


def _sums(matter: Matter) -> dict[str, Any]:
    """Return what is added up, and the total: paid or still to be paid. Nothing for an order of unknown price."""
    order, words = matter.order, words_of(matter.language)

    def amount(value: Decimal) -> str:
        return formats.money(value, order.currency, matter.language)

    if not order.total and not matter.lines:
        return {"sums": [], "total": {"label": "", "amount": ""}}
    sums = []
    if order.shipping or order.discount:
        if order.subtotal:
            sums.append({"label": words["subtotal"], "amount": amount(order.subtotal)})
        free = words["free"] if order.shipping_method and not order.shipping else ""
        if order.shipping or free:
            sums.append({"label": words["shipping"], "amount": free or amount(order.shipping)})
    label = words["paid"] if order.paid_at else words["to_pay"]
    return {"sums": sums, "total": {"label": label, "amount": amount(order.total)}}


def _details(matter: Matter, parcel: ParcelRow | None) -> list[dict[str, Any]]:
    order, words = matter.order, words_of(matter.language)
    placed = (
        formats.long_date(order.placed_at.astimezone(matter.zone).date(), matter.language)
        if order.placed_at
        else ""
    )
    rows = (
        ("order_number", [order.number]),
        ("order_date", [placed]),
        ("payment", [order.payment_method]),
        ("arrival", [parcels.arrival(matter, parcel)]),
        ("address", _address(order.shipping_address)),
    )
    found = [(label, [line for line in lines if line]) for label, lines in rows]
    return [{"label": words[label], "value": lines[0], "more": lines[1:]} for label, lines in found if lines]


def _address(address: Mapping[str, Any]) -> list[str]:
    """Return the lines of an address; the country only where there is nothing else to tell it by."""
    given = {name: str(value).strip() for name, value in address.items() if value}
    town = " ".join(part for part in (given.get("postcode", ""), given.get("city", "")) if part)
    province = given.get("province", "")
    if town and province and province != given.get("city"):
        town += f" ({province})"
    lines = [given.get(name, "") for name in ("name", "company", "line1", "line2")]
    return [line for line in (*lines, town) if line]


def _refund(matter: Matter) -> dict[str, Any]:
    amount = Decimal(str(matter.told.get("amount") or 0))
    shown = formats.money(amount, matter.order.currency, matter.language) if amount else ""
    return {"amount": shown, "is_whole": bool(amount) and amount >= matter.order.total}
