"""Two thousand orders on their way, written in bulk; run as a program, it prints where their pages are."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

COUNT = 2_000


def bare_path(order: int) -> str:
    """Return the address at the bare handler: signed as well, in the simplest way that is safe."""
    mac = blake2b(str(order).encode(), key=os.environ["PASSAPAROLA_SECRET_KEY"].encode(), digest_size=12)
    return f"/o/{order}-{mac.hexdigest()}/"


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from passaparola.orders.links import order_path
    from passaparola.orders.models import Order
    from passaparola.stores.models import Store

    _write(Store.objects.get(), timezone.now().replace(microsecond=0))
    ids = list(Order.objects.order_by("pk").values_list("pk", flat=True))
    now = datetime.now(UTC)
    json.dump([[order_path(pk, now=now), bare_path(pk)] for pk in ids], sys.stdout)


def _write(store: Any, now: datetime) -> None:
    from passaparola.customers.models import Customer
    from passaparola.orders.models import Fulfilment, Line, Order
    from passaparola.products.models import Product
    from passaparola.tracking.models import FirstPromise, Parcel, Scan, Tracker

    numbers = range(COUNT)
    store.email, store.city, store.signature = "ciao@bench.example", "Faenza", "Sara"
    store.save()
    Product.objects.bulk_create(
        Product(
            store=store,
            source="shopify",
            external_id=f"p{n}",
            title=title,
            version="1",
            care_en=care,
            care_it=care,
        )
        for n, (title, care) in enumerate(
            (("Piatto Luna", "Wash them by hand the first time."), ("Tazza Alba", ""))
        )
    )
    people = Customer.objects.bulk_create(
        Customer(store=store, first_name=f"Giulia{n}", last_name="Moretti", email=f"g{n}@posta.example")
        for n in numbers
    )
    day = timedelta(days=1)
    orders = Order.objects.bulk_create(
        Order(
            store=store,
            customer=people[n],
            source="shopify",
            external_id=str(n),
            number=f"BL-{n}",
            placed_at=now - 3 * day,
            paid_at=now - 3 * day,
            payment_state="paid",
            payment_method="Visa •••• 4242",
            currency="EUR",
            subtotal=68,
            shipping="6.90",
            tax="13.51",
            total="74.90",
            language="it" if n % 2 else "en",
            email=people[n].email,
            shipping_method="Standard",
            shipping_address={
                "name": f"Giulia{n} Moretti",
                "line1": f"via Tortona {n}",
                "postcode": "20144",
                "city": "Milano",
                "country": "IT",
            },
        )
        for n in numbers
    )
    Line.objects.bulk_create(
        Line(
            order=order,
            external_id=f"l{position}",
            position=position,
            product_external_id=f"p{position}",
            title=("Piatto Luna", "Tazza Alba")[position],
            variant="sage",
            quantity=position + 1,
            total=("46", "22")[position],
        )
        for order in orders
        for position in range(2)
    )
    FirstPromise.objects.bulk_create(
        FirstPromise(order=order, first=(now + day).date(), last=(now + 2 * day).date(), made_at=now)
        for order in orders
    )
    sent = Fulfilment.objects.bulk_create(
        Fulfilment(
            order=order,
            external_id="f",
            made_at=now - 2 * day,
            carrier="BRT",
            parts=[{"line": "l0", "quantity": 1}, {"line": "l1", "quantity": 2}],
        )
        for order in orders
    )
    trackers = Tracker.objects.bulk_create(
        Tracker(store=store, key=f"BRT{n:09}", carrier="brt", carrier_words="BRT") for n in numbers
    )
    Parcel.objects.bulk_create(
        Parcel(
            store=store,
            order=orders[n],
            fulfilment=sent[n],
            name=trackers[n].key,
            tracker=trackers[n],
            state="in_transit",
            announced_at=now - 2 * day,
            picked_up_at=now - day,
            place="Bologna",
            arrival_first=(now + day).date(),
            arrival_last=(now + 2 * day).date(),
            promised_first=(now + day).date(),
            promised_last=(now + 2 * day).date(),
        )
        for n in numbers
    )
    steps = (("picked_up", 24, "Faenza"), ("in_transit", 12, "Bologna"), ("in_transit", 3, "Piacenza"))
    Scan.objects.bulk_create(
        Scan(
            tracker=tracker,
            key=f"{state}{hours}",
            state=state,
            at=now - timedelta(hours=hours),
            utc_offset=60,
            place=place,
            words=f"PARTITA DA {place.upper()}",
        )
        for tracker in trackers
        for state, hours, place in steps
    )


if __name__ == "__main__":
    main()
