"""The orders in the middle of things with which the demo begins: each shows something worth showing."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from passaparola.demo.world.days import Calendar, at_hour
from passaparola.demo.world.goods import PRODUCTS
from passaparola.demo.world.order import ZERO, Content, Item, Order, Parcel, Step
from passaparola.demo.world.people import Person
from passaparola.demo.world.places import Address, Town
from passaparola.demo.world.ways import BRT, DHL, Carrier, number_for
from passaparola.tracking.carrier import ScanState as S

_BY_KEY = {product.key: product for product in PRODUCTS}


def _person(number: int, name: str, language: str, line1: str, town: Town, phone: str) -> Person:  # noqa: PLR0917
    first, last = name.split()
    return Person(
        id=6_100_000_000 + number,
        first_name=first,
        last_name=last,
        email=f"{first.lower()}@posta.example",
        language=language,
        home=Address(name=name, line1=line1, line2="", town=town, phone=phone),
        channel="shopify",
        has_account=True,
        accepts_marketing=True,
        loyalty=2.0,
    )


_MILANO = Town(name="Milano", postcode="20144", province="MI")
_TORINO = Town(name="Torino", postcode="10124", province="TO")
_VERONA = Town(name="Verona", postcode="37121", province="VR")
_FIRENZE = Town(name="Firenze", postcode="50124", province="FI")
_LONDON = Town(name="London", postcode="E8 3RL", country="GB")

GIULIA = _person(1, "Giulia Moretti", "it", "via Tortona 12", _MILANO, "+39 333 5501234")
ELENA = _person(2, "Elena Serra", "it", "viale Papiniano 30", _MILANO, "+39 338 5504321")
PAOLO = _person(3, "Paolo Zoli", "it", "via dei Serragli 8", _FIRENZE, "+39 335 5507788")
ALICE = _person(4, "Alice Bennett", "en", "12 Mare Street", _LONDON, "+44 7700 900123")
MARTA = _person(5, "Marta Riva", "it", "via Po 21", _TORINO, "+39 340 5501177")
LUCA = _person(6, "Luca Ferri", "it", "via Sottoriva 9", _VERONA, "+39 347 5509023")
FEATURED_PEOPLE = (GIULIA, ELENA, PAOLO, ALICE, MARTA, LUCA)


def special_orders(rng: Random, calendar: Calendar, now: datetime, serial: int) -> tuple[Order, ...]:
    """Return: late and split, on the van, waiting at a shop, held at customs, late since last night, in danger."""
    makers = (_late_split, _on_the_van, _at_a_shop, _at_customs, _late_since_last_night, _in_danger)
    return tuple(make(rng, calendar, now, serial + n) for n, make in enumerate(makers))


def _order(
    serial: int,
    person: Person,
    placed_at: datetime,
    items: tuple[tuple[str, str, int], ...],
    shipping: Decimal = ZERO,
) -> Order:
    order_id = 5_400_000_000_000 + serial * 1_000
    return Order(
        id=order_id,
        number=f"BL-{serial}",
        channel="shopify",
        person=person,
        to=person.home,
        language=person.language,
        items=tuple(
            Item(id=order_id * 10 + n, product=_BY_KEY[key], glaze=glaze, quantity=quantity)
            for n, (key, glaze, quantity) in enumerate(items, 1)
        ),
        shipping=shipping,
        shipping_method="BRT, corriere espresso"
        if person.language == "it"
        else "DHL Express, express courier",
        payment="card",
        placed_at=placed_at,
        paid_at=placed_at + timedelta(seconds=7),
    )


def _parcel(
    rng: Random,
    order: Order,
    number: int,
    *,
    carrier: Carrier,
    contents: tuple[tuple[int, int], ...],
    steps: list[Step],
) -> Parcel:
    return Parcel(
        id=order.id * 10 + number,
        carrier=carrier,
        number=number_for(rng, carrier, int(order.number[3:]) * 10 + number),
        contents=tuple(Content(index=index, quantity=quantity) for index, quantity in contents),
        packed_at=steps[0].at - timedelta(minutes=3),
        steps=tuple(steps),
    )


def _step(state: S, at: datetime, words: str, place: str, country: str = "IT", **more: object) -> Step:
    return Step(state=state, at=at, words=words, place=place, country=country, **more)  # type: ignore[arg-type]


def _sent(calendar: Calendar, now: datetime, days_ago: int, due_in: int) -> list[Step]:
    """Label, pick-up and the first hub, so many working days ago."""
    day = calendar.before(now.date(), days_ago)
    due = calendar.after(day, due_in)
    return [
        _step(S.LABEL_CREATED, at_hour(day, 10.4), "Spedizione creata dal mittente", "Faenza", due=due),
        _step(S.PICKED_UP, at_hour(day, 16.6), "Spedizione ritirata presso il mittente", "Faenza", due=due),
        _step(S.IN_TRANSIT, at_hour(day, 22.3), "Spedizione in transito", "Bologna", due=due),
    ]


def _late_split(rng: Random, calendar: Calendar, now: datetime, serial: int) -> Order:
    """The mugs and plates came long ago; the vase, fired to order, is late with BRT."""
    placed_at = at_hour(calendar.before(now.date(), 12), 20.6)
    order = _order(
        serial,
        ELENA,
        placed_at,
        (("tazza-alba", "salvia", 4), ("vaso-brina", "latte", 1), ("piattino-alba", "latte", 2)),
    )
    mugs = _sent(calendar, now, 10, 1)
    day = calendar.after(mugs[0].at.date(), 1)
    mugs += [
        _step(S.OUT_FOR_DELIVERY, at_hour(day, 8.1), "Spedizione in consegna", "Milano", due=day),
        _step(S.DELIVERED, at_hour(day, 11.4), "Spedizione consegnata", "Milano", due=day),
    ]
    tomorrow = calendar.after(now.date(), 1)
    vase = _sent(calendar, now, 4, 2)
    vase += [
        _step(
            S.DELAYED,
            at_hour(calendar.before(now.date(), 1), 9.2),
            "Consegna in ritardo: nuova data prevista",
            "Milano",
            due=tomorrow,
        ),
        _step(S.OUT_FOR_DELIVERY, at_hour(tomorrow, 8.2), "Spedizione in consegna", "Milano", due=tomorrow),
        _step(S.DELIVERED, at_hour(tomorrow, 12.1), "Spedizione consegnata", "Milano", due=tomorrow),
    ]
    parcels = (
        _parcel(rng, order, 1, carrier=BRT, contents=((0, 4), (2, 2)), steps=mugs),
        _parcel(rng, order, 2, carrier=BRT, contents=((1, 1),), steps=vase),
    )
    return replace(order, parcels=parcels)


def _on_the_van(rng: Random, calendar: Calendar, now: datetime, serial: int) -> Order:
    """Plates and mugs, on BRT's van since early this morning."""
    placed_at = at_hour(calendar.before(now.date(), 3), 10.2)
    order = _order(serial, GIULIA, placed_at, (("piatto-luna", "latte", 2), ("tazza-alba", "salvia", 4)))
    steps = _sent(calendar, now, 2, 2)
    midnight = at_hour(now.date(), 0)
    out_at = max(midnight + (now - midnight) / 2, now - timedelta(minutes=40)).replace(microsecond=0)
    begins = min(now.hour, 19)
    at_door = max(now + timedelta(seconds=30), min(now + timedelta(minutes=20), at_hour(now.date(), 23.9)))
    today = now.date()
    steps += [
        _step(
            S.IN_TRANSIT,
            out_at - timedelta(minutes=35),
            "Spedizione arrivata in filiale",
            "Milano",
            due=today,
        ),
        _step(
            S.OUT_FOR_DELIVERY,
            out_at,
            "Spedizione in consegna",
            "Milano",
            due=today,
            due_hours=(begins, begins + 4),
        ),
        _step(S.DELIVERED, at_door, "Spedizione consegnata", "Milano", due=today),
    ]
    return replace(
        order, parcels=(_parcel(rng, order, 1, carrier=BRT, contents=((0, 2), (1, 4)), steps=steps),)
    )


def _at_a_shop(rng: Random, calendar: Calendar, now: datetime, serial: int) -> Order:
    """Nobody was at home; it waits at a tobacconist's."""
    placed_at = at_hour(calendar.before(now.date(), 6), 18.9)
    order = _order(serial, PAOLO, placed_at, (("ciotola-conca", "salvia", 1), ("saliera-grano", "latte", 1)))
    steps = _sent(calendar, now, 4, 2)
    tour, ready = calendar.before(now.date(), 2), calendar.before(now.date(), 1)
    shop = "Tabaccheria Centrale, Firenze"
    fetched = calendar.after(now.date(), 1)
    steps += [
        _step(S.OUT_FOR_DELIVERY, at_hour(tour, 8.0), "Spedizione in consegna", "Firenze", due=tour),
        _step(S.ATTEMPTED, at_hour(tour, 12.7), "Destinatario assente, lasciato avviso", "Firenze"),
        _step(
            S.READY_FOR_PICKUP,
            at_hour(ready, 9.6),
            "Disponibile per il ritiro presso il punto di ritiro",
            shop,
        ),
        _step(S.DELIVERED, at_hour(fetched, 18.2), "Ritirata dal destinatario", shop),
    ]
    return replace(
        order, parcels=(_parcel(rng, order, 1, carrier=BRT, contents=((0, 1), (1, 1)), steps=steps),)
    )


def _at_customs(rng: Random, calendar: Calendar, now: datetime, serial: int) -> Order:
    """On its way to Britain, where customs wants to look at it."""
    placed_at = at_hour(calendar.before(now.date(), 8), 21.3)
    order = _order(
        serial, ALICE, placed_at, (("teiera-sera", "salvia", 1), ("tazzina-alba", "latte", 4)), Decimal(24)
    )
    tomorrow = calendar.after(now.date(), 1)
    after = calendar.after(tomorrow, 1)
    sent = [
        replace(step, words=words)
        for step, words in zip(
            _sent(calendar, now, 6, 5),
            ("Shipment information received", "Shipment picked up", "Processed at facility"),
            strict=True,
        )
    ]
    town, hub = order.to.town.name, "East Midlands"
    held_at = at_hour(calendar.before(now.date(), 2), 6.4)
    steps = [
        *sent,
        _step(S.HELD, held_at, "Held at customs, clearance in progress", hub, "GB"),
        _step(S.IN_TRANSIT, at_hour(tomorrow, 10.5), "Released by customs", hub, "GB", due=after),
        _step(S.OUT_FOR_DELIVERY, at_hour(after, 8.4), "With delivery courier", town, "GB", due=after),
        _step(S.DELIVERED, at_hour(after, 13.0), "Delivered", town, "GB", due=after),
    ]
    return replace(
        order, parcels=(_parcel(rng, order, 1, carrier=DHL, contents=((0, 1), (1, 4)), steps=steps),)
    )


def _later_today(now: datetime, minutes: int) -> datetime:
    """Return the moment so many minutes from now, sooner shortly before midnight: tomorrow is another day."""
    left = at_hour(now.date(), 24) - now
    return now + min(timedelta(minutes=minutes), left * minutes / 20)


def _told_late(calendar: Calendar, now: datetime, *, sent: int, said: int) -> list[Step]:
    """Sent so many working days ago; so many ago BRT said that it takes longer, and named no day."""
    day, late = calendar.before(now.date(), sent), calendar.before(now.date(), said)
    return [
        _step(S.LABEL_CREATED, at_hour(day, 10.4), "Spedizione creata dal mittente", "Faenza"),
        _step(S.PICKED_UP, at_hour(day, 16.6), "Spedizione ritirata presso il mittente", "Faenza"),
        _step(S.IN_TRANSIT, at_hour(day, 22.3), "Spedizione in transito", "Bologna"),
        _step(S.DELAYED, at_hour(late, 9.2), "Consegna in ritardo", "Bologna"),
    ]


def _late_since_last_night(rng: Random, calendar: Calendar, now: datetime, serial: int) -> Order:
    """Promised until yesterday, in danger since the day before: today it is explained, and then it comes."""
    placed_at = at_hour(calendar.before(now.date(), 5), 10.1)
    order = _order(serial, MARTA, placed_at, (("teiera-sera", "latte", 1), ("tazzina-alba", "salvia", 2)))
    today = now.date()
    steps = _told_late(calendar, now, sent=4, said=2)
    steps += [
        _step(
            S.DELAYED,
            _later_today(now, 2),
            "Collo smistato alla filiale sbagliata: nuova data prevista",
            "Bologna",
            due=today,
        ),
        _step(
            S.OUT_FOR_DELIVERY,
            _later_today(now, 6),
            "Spedizione in consegna",
            "Torino",
            due=today,
            due_hours=(now.hour, min(now.hour + 4, 23)),
            pause=_TIME_TO_ACT,
        ),
        _step(
            S.DELIVERED,
            _later_today(now, 10),
            "Spedizione consegnata",
            "Torino",
            due=today,
            pause=_TIME_TO_LOOK,
        ),
    ]
    return replace(
        order, parcels=(_parcel(rng, order, 1, carrier=BRT, contents=((0, 1), (1, 2)), steps=steps),)
    )


_TIME_TO_ACT, _TIME_TO_LOOK = (280, 320), (100, 140)
"""Seconds in which somebody can read the case and make it good again, and see the van on the page."""


def _in_danger(rng: Random, calendar: Calendar, now: datetime, serial: int) -> Order:
    """Promised until tomorrow, and since yesterday it will hardly be kept: it comes the day after."""
    placed_at = at_hour(calendar.before(now.date(), 3), 9.7)
    order = _order(serial, LUCA, placed_at, (("vassoio-riva", "latte", 1), ("ciotola-nido", "salvia", 2)))
    tomorrow = calendar.after(now.date(), 1)
    after = calendar.after(tomorrow, 1)
    steps = _told_late(calendar, now, sent=2, said=1)
    steps += [
        _step(
            S.DELAYED,
            at_hour(tomorrow, 9.3),
            "Consegna in ritardo: nuova data prevista",
            "Bologna",
            due=after,
        ),
        _step(S.OUT_FOR_DELIVERY, at_hour(after, 8.2), "Spedizione in consegna", "Verona", due=after),
        _step(S.DELIVERED, at_hour(after, 12.4), "Spedizione consegnata", "Verona", due=after),
    ]
    return replace(
        order, parcels=(_parcel(rng, order, 1, carrier=BRT, contents=((0, 1), (1, 2)), steps=steps),)
    )
