"""A made-up order of a made-up customer, in the shop's own currency: to show a template when no real one is chosen."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from passaparola.messages.kind import MessageKind
from passaparola.messages.rendering.matter import (
    NO_ORDER,
    NOBODY,
    LineRow,
    Matter,
    OrderFull,
    ParcelRow,
    Person,
)
from passaparola.stores.models import Store

_PEOPLE = {"it": Person("Giulia", "Moretti"), "en": Person("Emma", "Clarke")}
_THINGS = {"it": ("Piatto Luna", "Tazza Alba"), "en": ("Moon plate", "Dawn cup")}
_TOTAL = Decimal("185.90")


def example(store: Store, kind: MessageKind, language: str, now: datetime) -> Matter:
    """Return everything a message of this kind may speak of, all of it known."""
    today = now.astimezone(store.zone).date()
    person = _PEOPLE.get(language, _PEOPLE["en"])
    is_about_order = kind.needs_order
    return Matter(
        order=_order(store, person, now, today) if is_about_order else NO_ORDER,
        person=person,
        lines=_lines(language) if is_about_order else (),
        parcels=(_parcel(today),) if kind.is_about_parcel else (),
        parcel_id=1 if kind.is_about_parcel else None,
        told={"cause": "carrier", "new_last": str(today + timedelta(days=3)), "amount": "46.00"}
        | dict(kind.example),
        coupon=store.welcome_coupon or "GRAZIE10",
        signature=store.signature,
        store_name=store.name,
        store_url=store.url,
        store_country=store.country,
        order_url=store.url,
        preferences_url=store.url,
        zone=store.zone,
        language=language,
        is_agreed=kind.purpose.needs_consent,
        now=now,
    )


def bare(store: Store, kind: MessageKind, language: str, now: datetime) -> Matter:
    """Return the same of somebody of whom nothing is known: what a template must stand as well."""
    whole = example(store, kind, language, now)
    order = whole.order._replace(first_name="", number="", shipping_address={}, payment_method="")
    return Matter(
        order=order if kind.needs_order else NO_ORDER,
        person=NOBODY,
        parcel_id=None,
        store_name=store.name,
        store_url=store.url,
        order_url=store.url,
        preferences_url=store.url,
        zone=store.zone,
        language=language,
        is_agreed=whole.is_agreed,
        now=now,
    )


def _order(store: Store, person: Person, now: datetime, today: date) -> OrderFull:
    return NO_ORDER._replace(
        pk=1,
        number="1042",
        placed_at=now,
        currency=store.currency,
        total=_TOTAL,
        subtotal=Decimal(180),
        shipping=Decimal("5.90"),
        payment_method="Visa •••• 4242",
        paid_at=now,
        shipping_address={
            "name": f"{person.first_name} {person.last_name}",
            "line1": "via Emilia 12",
            "postcode": "40121",
            "city": "Bologna",
            "country": store.country,
        },
        first_name=person.first_name,
        promised_first=today + timedelta(days=2),
        promised_last=today + timedelta(days=4),
    )


def _lines(language: str) -> tuple[LineRow, ...]:
    one, other = _THINGS.get(language, _THINGS["en"])
    return (
        LineRow(1, "1", one, "", 2, Decimal(92), "", True),
        LineRow(1, "2", other, "", 4, Decimal(88), "", True),
    )


def _parcel(today: date) -> ParcelRow:
    return ParcelRow(
        pk=1,
        order_id=1,
        name="0815-44210",
        number="0815-44210",
        carrier="BRT",
        link="https://carrier.example/0815-44210",
        fulfilment_id=1,
        parts=[{"line": "1", "quantity": 2}],
        state="in_transit",
        place="Bologna",
        cancelled_at=None,
        delivered_at=None,
        arrival_first=today + timedelta(days=1),
        arrival_last=today + timedelta(days=1),
        arrival_from=time(10),
        arrival_until=time(14),
        promised_last=today,
    )
