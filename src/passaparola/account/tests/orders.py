"""Orders to look at, written straight into the tables: what a page shows must not depend on who wrote it."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.orders.models import Fulfilment, Line, Order
from passaparola.products.models import Product
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel, Scan, Tracker

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADDRESS = {
    "name": "Giulia Moretti",
    "line1": "via Tortona 12",
    "postcode": "20144",
    "city": "Milano",
    "country": "IT",
}
CARE_EN = "Wash them by hand the first time: the glaze settles in the first week."
CARE_IT = "La prima volta lavali a mano: lo smalto si assesta nella prima settimana."


def order(store: Store, customer: Customer | None = None, *, at: datetime = NOON, **fields: Any) -> Order:
    """Two plates and four cups, ordered two days before `at`."""
    placed = at - 2 * DAY - HOUR
    made = Order.objects.create(
        **{
            "store": store,
            "customer": customer,
            "source": "shopify",
            "external_id": fields.get("number", "10240"),
            "number": "BL-10240",
            "placed_at": placed,
            "paid_at": placed,
            "payment_state": "paid",
            "payment_method": "Visa •••• 4242",
            "currency": "EUR",
            "subtotal": Decimal(68),
            "shipping": Decimal("6.50"),
            "tax": Decimal("13.43"),
            "total": Decimal("74.50"),
            "language": "en",
            "email": customer.email if customer else "giulia@posta.example",
            "shipping_address": ADDRESS,
            "shipping_method": "Standard",
            **fields,
        }
    )
    for position, (title, variant, quantity, price) in enumerate(
        (("Piatto Luna", "glazed stoneware", 2, 46), ("Tazza Alba", "sage", 4, 22))
    ):
        Line.objects.create(
            order=made,
            external_id=f"line-{position}",
            position=position,
            product_external_id=f"product-{position}",
            title=title,
            variant=variant,
            quantity=quantity,
            total=price,
        )
    return made


def care_note(store: Store) -> Product:
    return Product.objects.create(
        store=store,
        source="shopify",
        external_id="product-0",
        title="Piatto Luna",
        version="1",
        page_url="https://bottegaluna.example/piatto-luna",
        care_en=CARE_EN,
        care_it=CARE_IT,
    )


def parcel(order: Order, number: str = "BRT0000123456", *, at: datetime = NOON, **fields: Any) -> Parcel:
    """Handed to BRT this morning a day ago; `parts` says what is inside, else everything is."""
    parts = fields.pop("parts", [{"line": "line-0", "quantity": 2}, {"line": "line-1", "quantity": 4}])
    fulfilment = Fulfilment.objects.create(
        order=order, external_id=f"f-{number}", made_at=at - DAY, carrier="BRT", parts=parts
    )
    tracker = None
    if number:
        tracker = Tracker.objects.create(store=order.store, key=number, carrier="brt", carrier_words="BRT")
    return Parcel.objects.create(
        **{
            "store": order.store,
            "order": order,
            "fulfilment": fulfilment,
            "name": number,
            "tracker": tracker,
            "announced_at": at - DAY - HOUR,
            **fields,
        }
    )


def scan(parcel: Parcel, state: str, at: datetime, place: str = "", words: str = "", **fields: Any) -> Scan:
    return Scan.objects.create(
        tracker=parcel.tracker,
        key=f"{state}-{at.isoformat()}",
        state=state,
        at=at,
        place=place,
        words=words,
        **{"utc_offset": 60, "country": "IT", **fields},
    )


def on_the_van(order: Order, *, at: datetime = NOON, **fields: Any) -> Parcel:
    """Out for delivery since this morning, told between ten and two."""
    told = {"arrival_from": time(10), "arrival_until": time(14)} | fields
    made = parcel(
        order,
        at=at,
        state="out_for_delivery",
        state_at=at - 4 * HOUR,
        picked_up_at=at - DAY + 4 * HOUR,
        out_for_delivery_at=at - 4 * HOUR,
        arrival_first=at.date(),
        arrival_last=at.date(),
        place="Milano",
        **told,
    )
    scan(made, "picked_up", at - DAY + 4 * HOUR, "Faenza", "RITIRATA")
    scan(made, "in_transit", at - 10 * HOUR, "Bologna", "PARTITA DALLA FILIALE")
    scan(made, "out_for_delivery", at - 4 * HOUR, "Milano", "IN CONSEGNA")
    return made
