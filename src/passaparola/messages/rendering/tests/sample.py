"""An order as full as orders get, to render every kind with."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from passaparola.messages.kind import KINDS
from passaparola.messages.rendering.brand import Brand
from passaparola.messages.rendering.matter import NO_ORDER, LineRow, Matter, OrderFull, ParcelRow, Person

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
BRAND = Brand(
    name="Bottega Luna",
    url="https://bottegaluna.example",
    address="via Manfredi 4, 48018 Faenza",
    colour="#8c3b2e",
    tint="#fbf3ee",
    radius=12,
    face="Georgia,'Times New Roman',serif",
)
ORDER = OrderFull(
    pk=1,
    number="BL-10240",
    placed_at=NOW,
    currency="EUR",
    total=Decimal("185.90"),
    subtotal=Decimal(180),
    shipping=Decimal("5.90"),
    discount=Decimal(0),
    payment_state="paid",
    payment_method="Visa •••• 4242",
    paid_at=NOW,
    cancelled_at=None,
    shipping_address={
        "name": "Giulia Moretti",
        "line1": "via Emilia 12",
        "postcode": "40121",
        "city": "Bologna",
        "province": "BO",
        "country": "IT",
    },
    shipping_method="Corriere",
    shipped_at=None,
    first_name="Giulia",
    promised_first=date(2026, 11, 20),
    promised_last=date(2026, 11, 24),
)
LINES = (
    LineRow(1, "1", "Piatto Luna, glazed stoneware", "", 2, Decimal(92), "", True),
    LineRow(1, "2", "Tazza Alba", "sage", 4, Decimal(88), "", True),
)
PARCELS = (
    ParcelRow(
        pk=2,
        order_id=1,
        name="0815-44210",
        number="0815-44210",
        carrier="BRT",
        link="https://carrier.example/0815-44210",
        fulfilment_id=7,
        parts=[{"line": "1", "quantity": 2}],
        state="in_transit",
        place="Bologna",
        cancelled_at=None,
        delivered_at=None,
        arrival_first=date(2026, 11, 20),
        arrival_last=date(2026, 11, 20),
        arrival_from=time(10),
        arrival_until=time(14),
        promised_last=date(2026, 11, 19),
    ),
    ParcelRow(
        pk=3,
        order_id=1,
        name="0815-44211",
        number="0815-44211",
        carrier="BRT",
        link="",
        fulfilment_id=8,
        parts=[{"line": "2", "quantity": 3}],
        state="in_transit",
        place="",
        cancelled_at=None,
        delivered_at=None,
        arrival_first=date(2026, 11, 23),
        arrival_last=date(2026, 11, 24),
        arrival_from=None,
        arrival_until=None,
        promised_last=date(2026, 11, 24),
    ),
)


def matter(kind="confirmation_simple", language="en", **changes):
    given = {
        "order": ORDER,
        "lines": LINES,
        "person": Person("Giulia", "Moretti"),
        "parcels": () if kind.startswith("confirmation") else PARCELS,
        "parcel_id": None if kind.startswith(("confirmation", "order_", "refund")) else 2,
        "told": {"cause": "carrier", "new_last": "2026-11-20", "amount": "46.00", **KINDS[kind].example},
        "similar": [
            {"title": f"Ciotola {name}", "url": f"https://bottegaluna.example/{name}", "image": ""}
            for name in ("Nebbia", "Sabbia", "Bruma")
        ],
        "coupon": "LUNA10",
        "signature": "Sara",
        "store_name": "Bottega Luna",
        "store_country": "IT",
        "order_url": "https://ordini.example/o/abc/",
        "preferences_url": "https://ordini.example/u/abc/",
        "store_url": "https://bottegaluna.example",
        "is_agreed": KINDS[kind].purpose.needs_consent,
        "zone": ZoneInfo("Europe/Rome"),
        "language": language,
        "now": NOW,
    }
    if not KINDS[kind].needs_order:
        changes |= {"order": NO_ORDER, "lines": (), "parcels": (), "parcel_id": None}
    return Matter(**(given | changes))
