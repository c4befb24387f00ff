"""What one person puts into the basket, what it costs, how it is packed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from passaparola.demo.world.days import Calendar, moment
from passaparola.demo.world.goods import PRODUCTS, Product
from passaparola.demo.world.order import CENT, ZERO, Content, Item, Order, Parcel, Refund
from passaparola.demo.world.people import Person
from passaparola.demo.world.places import Address
from passaparola.demo.world.travel import Trouble, travel
from passaparola.demo.world.ways import SAME_DAY, number_for, way_to

_SHIPPING = {"IT": Decimal("6.90"), "GB": Decimal(24), "CH": Decimal(24), "US": Decimal(32)}
_FREE_FROM = Decimal(90)
_PAYMENTS = {"card": 46, "paypal": 30, "klarna": 8, "transfer": 9, "apple": 7}
_COUPONS = {"BENVENUTO10": 10, "NATALE15": 15, "GRAZIE10": 10}
"""Per cent off."""
_NOTES = (
    "È un regalo per mia sorella, potete aggiungere un biglietto? «Buon compleanno, Marta!»",
    "Regalo di nozze: per favore niente prezzo nel pacco.",
    "Se possibile la confezione regalo, grazie.",
    "Citofonare al secondo piano.",
)
_FOREIGN_NOTES = (
    "It's a gift for my mother. Could you add a card saying “With love, for your new kitchen”?",
    "Please leave it with the neighbour at number 7 if I'm out.",
    "A wedding present, so no prices in the box please.",
)
_WAYS = {"it": ("Corriere espresso", "Consegna in giornata"), "en": ("Express courier", "Same-day delivery")}
SERIAL_BASE = 10_000


def next_order(rng: Random, serial: int, person: Person, placed_at: datetime, *, is_first: bool) -> Order:
    """Return an order as it leaves the checkout: nothing paid, packed or sent yet."""
    order_id = _order_id(person.channel, serial)
    items = _basket(rng, order_id, placed_at.date())
    coupon = _coupon(rng, placed_at.date(), is_first=is_first)
    if coupon:
        items = tuple(_reduced(item, _COUPONS[coupon]) for item in items)
    way = way_to(person.home.town)
    is_same_day = person.home.town.name in SAME_DAY and not any(item.product.firing_days for item in items)
    words = _WAYS["it" if person.language == "it" else "en"]
    payment = rng.choices(list(_PAYMENTS), list(_PAYMENTS.values()))[0]
    return Order(
        id=order_id,
        number=f"BL-{serial}",
        channel=person.channel,
        person=person,
        to=_address(rng, person),
        language=person.language,
        items=items,
        shipping=_shipping(items, person.country),
        shipping_method=f"{way.carrier.name}, {words[is_same_day].lower()}",
        payment=payment,
        placed_at=placed_at,
        paid_at=_paid_at(rng, payment, placed_at),
        coupon=coupon,
        note=_note(rng, person),
    )


def is_same_day(order: Order) -> bool:
    return order.shipping_method.endswith((_WAYS["it"][1].lower(), _WAYS["en"][1].lower()))


def _order_id(channel: str, serial: int) -> int:
    return {"shopify": 5_400_000_000_000 + serial * 1_000, "woocommerce": serial, "custom": serial}[channel]


def _basket(rng: Random, order_id: int, day: date) -> tuple[Item, ...]:
    count = rng.choices((1, 2, 3, 4), (42, 32, 18, 8))[0]
    weights = [_wish(product, day) for product in PRODUCTS]
    chosen: dict[str, Product] = {}
    while len(chosen) < count:
        product = rng.choices(PRODUCTS, weights)[0]
        chosen[product.key] = product
    return tuple(
        Item(
            id=order_id * 10 + position,
            product=product,
            glaze=rng.choice(product.glazes),
            quantity=_pieces(rng, product),
        )
        for position, product in enumerate(chosen.values(), 1)
    )


def _wish(product: Product, day: date) -> float:
    is_advent = (day.month, day.day) >= (11, 10) and (day.month, day.day) < (12, 24)
    if product.category == "Natale":
        return product.popularity * 6.0 if is_advent else 0.0
    return float(product.popularity)


def _pieces(rng: Random, product: Product) -> int:
    if product.price > 40:  # noqa: PLR2004 - euros: of dear things people buy one
        return 1
    if product.shape in {"plate", "bowl", "mug", "cup", "tumbler"}:
        return rng.choices((1, 2, 4, 6), (20, 40, 28, 12))[0]
    return rng.choices((1, 2, 3), (70, 25, 5))[0]


def _reduced(item: Item, percent: int) -> Item:
    return replace(item, discount=(item.before * percent / 100).quantize(CENT))


def _coupon(rng: Random, day: date, *, is_first: bool) -> str:
    if is_first:
        return "BENVENUTO10" if rng.random() < 0.35 else ""  # noqa: PLR2004 - shares of this invented shop
    if day.month == 12 and rng.random() < 0.3:  # noqa: PLR2004
        return "NATALE15"
    return "GRAZIE10" if rng.random() < 0.08 else ""  # noqa: PLR2004


def _shipping(items: tuple[Item, ...], country: str) -> Decimal:
    if country == "IT" and sum((item.total for item in items), ZERO) >= _FREE_FROM:
        return ZERO
    return _SHIPPING.get(country, Decimal(14))


def _address(rng: Random, person: Person) -> Address:
    """Mostly home; now and then somebody else's door, for a gift."""
    if rng.random() > 0.06:  # noqa: PLR2004
        return person.home
    first = "Nonna" if person.language == "it" else "Family"
    return replace(person.home, name=f"{first} {person.last_name}", line2="")


def _note(rng: Random, person: Person) -> str:
    if rng.random() > 0.12:  # noqa: PLR2004
        return ""
    return rng.choice(_NOTES if person.language == "it" else _FOREIGN_NOTES)


def _paid_at(rng: Random, payment: str, placed_at: datetime) -> datetime:
    if payment == "transfer":
        return placed_at + timedelta(hours=rng.randint(14, 50), minutes=rng.randint(0, 59))
    return placed_at + timedelta(seconds=rng.randint(2, 40))


def packed(
    rng: Random, calendar: Calendar, order: Order, trouble: Trouble, *, at_once: bool = False
) -> Order:
    """Pack what was paid: what stands on the shelf first, what is fired to order in a parcel of its own.

    With `at_once` it is packed on the day it was paid, as on a calm day.
    """
    assert order.paid_at is not None  # noqa: S101 - only paid orders are packed
    way = replace(way_to(order.to.town), is_same_day=is_same_day(order))
    day = order.paid_at.date()
    ready_day = day if at_once else calendar.after(day, 1)
    groups: dict[int, list[Content]] = {}
    for index, item in enumerate(order.items):
        groups.setdefault(item.product.firing_days, []).append(Content(index=index, quantity=item.quantity))
    parcels = []
    for number, (firing, contents) in enumerate(sorted(groups.items())):
        packed_at = moment(rng, calendar.after(ready_day, firing), 9, 14.5)
        if packed_at <= order.paid_at:
            packed_at = order.paid_at + timedelta(minutes=rng.randint(8, 20))
        serial = (order.id if order.id < SERIAL_BASE * 10**6 else order.id // 1000) * 10 + number
        parcels.append(
            Parcel(
                id=order.id * 10 + number + 1,
                carrier=way.carrier,
                number=number_for(rng, way.carrier, serial),
                contents=tuple(contents),
                packed_at=packed_at,
                steps=travel(
                    rng,
                    calendar,
                    way=way,
                    town=order.to.town,
                    packed_at=packed_at,
                    trouble=trouble if number == 0 else Trouble.NONE,
                ),
            )
        )
    return replace(order, parcels=tuple(parcels))


def cancelled(rng: Random, order: Order) -> Order:
    """The customer thinks again before anything is packed, and gets everything back."""
    assert order.paid_at is not None  # noqa: S101
    at = order.paid_at + timedelta(minutes=rng.randint(20, 300))
    refund = Refund(
        id=order.id * 10 + 9, at=at + timedelta(minutes=2), amount=order.total, reason="Ordine annullato"
    )
    return replace(order, cancelled_at=at, parcels=(), refunds=(refund,))


def refunded(rng: Random, order: Order, *, fully: bool, reason: str) -> Order:
    """Give money back some days after the last step: for one broken piece, or for everything."""
    last = max(step.at for parcel in order.parcels for step in parcel.steps)
    at = last + timedelta(days=rng.randint(1, 4), hours=rng.randint(0, 5))
    if fully:
        contents = tuple(Content(index=i, quantity=item.quantity) for i, item in enumerate(order.items))
        refund = Refund(id=order.id * 10 + 8, at=at, amount=order.total, reason=reason, contents=contents)
    else:
        index = rng.randrange(len(order.items))
        item = order.items[index]
        amount = (item.total / item.quantity).quantize(CENT)
        refund = Refund(
            id=order.id * 10 + 8,
            at=at,
            amount=amount,
            reason=reason,
            contents=(Content(index=index, quantity=1),),
        )
    return replace(order, refunds=(*order.refunds, refund))
