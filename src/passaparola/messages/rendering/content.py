"""What a mail can speak of: from rows to the words that templates use. Values in, words out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple

from passaparola.messages.rendering import formats
from passaparola.messages.rendering.texts import words_of

ZERO = Decimal(0)


class LineRow(NamedTuple):
    order_id: int
    external_id: str
    title: str
    variant: str
    quantity: int
    total: Decimal
    image_url: str
    needs_shipping: bool


class ParcelRow(NamedTuple):
    pk: int
    order_id: int
    name: str
    number: str
    carrier: str
    """As people write it."""
    link: str
    fulfilment_id: int | None
    parts: Sequence[Mapping[str, Any]]
    state: str
    place: str
    cancelled_at: datetime | None
    delivered_at: datetime | None
    arrival_first: date | None
    arrival_last: date | None
    arrival_from: time | None
    arrival_until: time | None
    promised_last: date | None


class OrderFull(NamedTuple):
    pk: int
    number: str
    placed_at: datetime | None
    currency: str
    total: Decimal
    subtotal: Decimal
    shipping: Decimal
    discount: Decimal
    payment_state: str
    payment_method: str
    paid_at: datetime | None
    cancelled_at: datetime | None
    shipping_address: Mapping[str, Any]
    shipping_method: str
    shipped_at: datetime | None
    first_name: str
    promised_first: date | None
    promised_last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """All that one mail is about."""

    order: OrderFull
    lines: Sequence[LineRow] = ()
    parcels: Sequence[ParcelRow] = ()
    parcel_id: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    """What the event told: `cause` and `new_last` of a delay, `amount` of a refund."""
    similar: Sequence[Mapping[str, str]] = ()
    coupon: str = ""
    signature: str = ""
    store_name: str = ""
    store_url: str = ""
    store_country: str = ""
    order_url: str = ""
    preferences_url: str = ""
    zone: tzinfo
    """The shop's."""
    language: str
    now: datetime


def content(matter: Matter) -> dict[str, Any]:
    """Return the data for templates. Every key is always there; what is not known is empty."""
    order, parcel = matter.order, _own(matter)
    moving = [p for p in matter.parcels if p.cancelled_at is None]
    data = {
        "store": {"name": matter.store_name, "signature": matter.signature},
        "customer": {"first_name": order.first_name.strip()},
        "order": {
            "number": order.number,
            "url": matter.order_url,
            "is_paid": order.paid_at is not None,
            "is_cancelled": order.cancelled_at is not None,
            "is_abroad": _country(matter) not in {"", matter.store_country},
            "is_split": len(moving) > 1,
            "is_complete": _is_complete(matter, moving),
        },
        "arrival": _arrival(matter, parcel),
        "hours": _hours(matter, parcel),
        "progress": _progress(matter, parcel),
        "items": _items(matter),
        **_sums(matter),
        "details": _details(matter, parcel),
        "parcel": _parcel(matter, parcel, moving),
        "siblings": _siblings(matter, parcel, moving),
        "delay": _delay(matter, parcel),
        "refund": _refund(matter),
        "similar": matter.similar,
        "coupon": matter.coupon,
        "preferences_url": matter.preferences_url,
        "structured": "",
    }
    return {name: _known(value) for name, value in data.items()}


def _known(value: Any) -> Any:
    """Make what is empty false, so that templates can ask for it: to Liquid an empty string is true."""
    if isinstance(value, dict):
        return {name: part or None for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_known(part) for part in value]
    return value or None


def _own(matter: Matter) -> ParcelRow | None:
    return next((p for p in matter.parcels if p.pk == matter.parcel_id), None)


def _country(matter: Matter) -> str:
    return str(matter.order.shipping_address.get("country") or "")


def _today(matter: Matter) -> date:
    return matter.now.astimezone(matter.zone).date()


def _days(matter: Matter, first: date | None, last: date | None) -> str:
    if last is None or last < _today(matter):
        return ""
    return formats.days(max(first or last, _today(matter)), last, matter.language, _today(matter).year)


def _arrival(matter: Matter, parcel: ParcelRow | None) -> str:
    """Return when it is expected: as the carrier or the rule says now, else as first promised."""
    if parcel and parcel.arrival_last:
        return _days(matter, parcel.arrival_first, parcel.arrival_last)
    if parcel is None:
        return _days(matter, matter.order.promised_first, matter.order.promised_last)
    return ""


def _hours(matter: Matter, parcel: ParcelRow | None) -> str:
    if parcel is None or parcel.arrival_first != parcel.arrival_last:
        return ""
    return formats.hours(parcel.arrival_from, parcel.arrival_until, matter.language, matter.zone)


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
            "image": line.image_url if line.image_url.startswith("https://") else "",
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
        ("arrival", [_arrival(matter, parcel)]),
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


def _contents(parts: Sequence[Mapping[str, Any]], lines: Sequence[LineRow]) -> list[tuple[str, int]]:
    titles = {line.external_id: line.title for line in lines}
    return [
        (titles[str(part.get("line"))], int(part.get("quantity") or 0))
        for part in parts
        if titles.get(str(part.get("line"))) and part.get("quantity")
    ]


def _listed(contents: Sequence[tuple[str, int]], language: str) -> str:
    """Return `Piatto Luna and 4 × Tazza Alba`."""
    names = [title if quantity == 1 else f"{quantity} × {title}" for title, quantity in contents]
    if len(names) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(names)
    return f"{', '.join(names[:-1])} {words_of(language)['and']} {names[-1]}"


def _is_many(contents: Sequence[tuple[str, int]]) -> bool:
    return sum(quantity for _, quantity in contents) > 1


def _own_parts(parcel: ParcelRow, moving: Sequence[ParcelRow]) -> Sequence[Mapping[str, Any]]:
    """Return what is inside, where that is known: several parcels of one fulfilment share its list."""
    together = sum(p.fulfilment_id == parcel.fulfilment_id for p in moving)
    return parcel.parts if together == 1 else ()


def _parcel(matter: Matter, parcel: ParcelRow | None, moving: Sequence[ParcelRow]) -> dict[str, Any]:
    if parcel is None:
        empty = dict.fromkeys(("number", "carrier", "link", "place", "contents"), "")
        return {**empty, "position": 0, "count": len(moving)}
    ordered = sorted(moving, key=lambda p: p.pk)
    position = next((i for i, p in enumerate(ordered, 1) if p.pk == parcel.pk), 0)
    contents = _contents(_own_parts(parcel, moving), matter.lines)
    is_part = len(moving) > 1 or not _is_complete(matter, moving)
    return {
        "number": parcel.number,
        "carrier": parcel.carrier,
        "link": parcel.link if parcel.link.startswith(("https://", "http://")) else "",
        "place": parcel.place,
        "contents": _listed(contents, matter.language) if is_part else "",
        "position": position,
        "count": len(moving),
    }


def _siblings(matter: Matter, parcel: ParcelRow | None, moving: Sequence[ParcelRow]) -> list[dict[str, Any]]:
    """Return the other parcels of the order, and what has not been sent yet."""
    if parcel is None:
        return []
    found = []
    for other in sorted(moving, key=lambda p: p.pk):
        if other.pk == parcel.pk:
            continue
        contents = _contents(_own_parts(other, moving), matter.lines)
        found.append(
            {
                "contents": _listed(contents, matter.language),
                "is_many": _is_many(contents),
                "state": "delivered" if other.delivered_at else "moving",
                "arrival": _days(matter, other.arrival_first, other.arrival_last),
            }
        )
    waiting = _not_sent(matter, moving)
    if waiting:
        found.append(
            {
                "contents": _listed(waiting, matter.language),
                "is_many": _is_many(waiting),
                "state": "waiting",
                "arrival": "",
            }
        )
    return found


def _not_sent(matter: Matter, moving: Sequence[ParcelRow]) -> list[tuple[str, int]]:
    """Return what is in no parcel yet. A fulfilment that does not say what is inside may hold everything."""
    sent: dict[str, int] = {}
    for fulfilment in {p.fulfilment_id: p for p in moving}.values():
        if not fulfilment.parts:
            return []
        for part in fulfilment.parts:
            line = str(part.get("line"))
            sent[line] = sent.get(line, 0) + int(part.get("quantity") or 0)
    missing = [
        (line.title, line.quantity - sent.get(line.external_id, 0))
        for line in matter.lines
        if line.needs_shipping and line.title
    ]
    return [(title, quantity) for title, quantity in missing if quantity > 0]


def _is_complete(matter: Matter, moving: Sequence[ParcelRow]) -> bool:
    """Tell whether everything of the order has arrived."""
    return bool(moving) and all(p.delivered_at for p in moving) and not _not_sent(matter, moving)


def _delay(matter: Matter, parcel: ParcelRow | None) -> dict[str, str]:
    """Return who is late and when it comes instead: as it stands now, not as it stood when it was told."""
    last = parcel.arrival_last if parcel else None
    first = parcel.arrival_first if parcel else None
    if last is None and matter.told.get("new_last"):
        last = first = date.fromisoformat(str(matter.told["new_last"]))
    promised = parcel.promised_last if parcel else matter.order.promised_last
    return {
        "cause": str(matter.told.get("cause") or "unknown"),
        "new": _days(matter, first, last),
        "old": formats.day(promised, matter.language, _today(matter).year) if promised else "",
    }


def _refund(matter: Matter) -> dict[str, Any]:
    amount = Decimal(str(matter.told.get("amount") or 0))
    shown = formats.money(amount, matter.order.currency, matter.language) if amount else ""
    return {"amount": shown, "is_whole": bool(amount) and amount >= matter.order.total}
