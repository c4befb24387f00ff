"""Orders to send back, and drafts filled in."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image
from tests.cast import NOON

from passaparola.customers.models import Customer
from passaparola.orders.models import Fulfilment, Line, Order
from passaparola.returns import actions
from passaparola.returns.models import Draft, Return
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel

DAY = timedelta(days=1)
PLATE, CUP, VASE = 0, 1, 2


def order(
    store: Store, customer: Customer | None, *, number: str = "BL-10240", at: datetime = NOON, **more: Any
) -> Order:
    """Two plates for 46, four cups for 88 (10 off), a vase for 96, 6.50 shipping; arrived three days ago."""
    given = {
        "source": "shopify",
        "external_id": number,
        "number": number,
        "placed_at": at - 8 * DAY,
        "paid_at": at - 8 * DAY,
        "payment_state": "paid",
        "currency": "EUR",
        "subtotal": Decimal(220),
        "search": f"{number} giulia moretti milano".lower(),
        "shipping": Decimal("6.50"),
        "total": Decimal("226.50"),
        "language": "en",
        "email": customer.email if customer else "giulia@posta.example",
        "shipped_at": at - 6 * DAY,
        "delivered_at": at - 3 * DAY,
        "shipping_address": {
            "name": "Giulia Moretti",
            "line1": "via Tortona 12",
            "city": "Milano",
            "country": "IT",
        },
    }
    made = Order.objects.create(store=store, customer=customer, **(given | more))
    for n, (title, variant, quantity, total) in enumerate(
        (("Piatto Luna", "latte", 2, 46), ("Tazza Alba", "salvia", 4, 78), ("Vaso Marea", "notte", 1, 96))
    ):
        Line.objects.create(
            order=made,
            external_id=f"line-{n}",
            position=n,
            product_external_id=f"product-{n}",
            title=title,
            variant=variant,
            quantity=quantity,
            unit_price=Decimal(total) / quantity,
            total=total,
        )
    if made.delivered_at:
        arrived(made, made.delivered_at)
    return made


def arrived(made: Order, at: datetime) -> None:
    sent = Fulfilment.objects.create(order=made, external_id=f"f-{at:%d%H}", made_at=at - 2 * DAY)
    Parcel.objects.create(
        store=made.store,
        order=made,
        fulfilment=sent,
        name="0815",
        announced_at=at - 2 * DAY,
        picked_up_at=at - 2 * DAY,
        delivered_at=at,
        state="delivered",
    )


def line(made: Order, n: int) -> Line:
    return made.lines.get(external_id=f"line-{n}")


def draft(
    made: Order,
    pieces: dict[int, int] | None = None,
    *,
    reason: str = "changed_mind",
    resolution: str = "refund",
    way: str = "own",
    wants: str = "",
    now: datetime = NOON,
) -> Draft:
    """A draft filled in to the end: by default one cup, because of another mind."""
    wanted = {line(made, n).pk: quantity for n, quantity in (pieces or {CUP: 1}).items()}
    begun = actions.begin(made, pieces=wanted, now=now)
    if "broken" in reason or "wrong" in reason:
        for pk in wanted:
            begun.photos.create(
                line_id=pk, content=picture(), media_type="image/jpeg", width=8, height=8, taken_at=now
            )
    actions.say_why(begun, reasons=dict.fromkeys(wanted, reason), notes={}, now=now)
    actions.choose(begun, resolution=resolution, wants=wants, way=way, now=now)
    return begun


def filed(
    made: Order, pieces: dict[int, int] | None = None, *, now: datetime = NOON, **choice: Any
) -> Return:
    return actions.file(draft(made, pieces, now=now, **choice), language="en", now=now)


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 8)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "#b5654a").save(written, kind)
    return written.getvalue()


def page(client, url, status=200):
    """Open one of the customer's light pages; return what it says."""
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    assert len(answer.content) < 15_000
    return answer.content.decode()
