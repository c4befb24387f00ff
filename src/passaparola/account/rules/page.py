"""The order page as values: everything it says, already in words. The template only lays it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from passaparola.account.rules.amounts import Row, amounts, payment
from passaparola.account.rules.card import Card, card
from passaparola.account.rules.contents import Pieces, name_of, still_to_come
from passaparola.account.rules.headline import headline
from passaparola.account.rules.known import Item, Order, Parcel
from passaparola.account.rules.lead import lead
from passaparola.account.rules.selfhelp import why_several
from passaparola.account.rules.situation import Situation, of_order
from passaparola.account.rules.steps import Step, segments, steps
from passaparola.account.rules.voice import Moment


@dataclass(frozen=True, slots=True)
class ItemRow:
    name: str
    quantity: int
    price: str
    image_url: str
    page_url: str


@dataclass(frozen=True, slots=True)
class Care:
    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`steps` and `segments` tell the way while there is no parcel; afterwards each card tells its own."""

    number: str
    headline: str
    lead: str
    segments: tuple[str, ...]
    steps: tuple[Step, ...]
    cards: tuple[Card, ...]
    to_come: tuple[Pieces, ...]
    items: tuple[ItemRow, ...]
    amounts: tuple[Row, ...]
    payment: str
    shipping_method: str
    address: tuple[str, ...]
    care: tuple[Care, ...]
    why_several: str
    """Why it travels in several parcels; empty where it does not."""
    fresh_until: datetime
    """From then on the page would say something else, even if nothing happens."""

    @property
    def only_card(self) -> Card | None:
        """The card that is told in the headline's own card."""
        return self.cards[0] if len(self.cards) == 1 else None


def page(order: Order, moment: Moment) -> Page:
    situation, parcel = of_order(order, moment)
    parcels = order.travelling if situation is not Situation.CANCELLED else ()
    return Page(
        number=order.number,
        headline=headline(situation, order, parcel, moment),
        lead=lead(situation, order, parcel, moment),
        segments=() if parcels else segments(situation, None),
        steps=() if parcels else steps(situation, order, None, moment),
        cards=_cards(order, parcels, moment),
        to_come=still_to_come(order) if parcels else (),
        items=tuple(_row(item, order, moment) for item in order.items if item.quantity and name_of(item)),
        amounts=amounts(order, moment),
        payment=payment(order, moment),
        shipping_method=order.shipping_method.strip(),
        address=address(order, moment),
        care=care(order.items),
        why_several=why_several(parcels, moment),
        fresh_until=fresh_until(order, moment),
    )


def _cards(order: Order, parcels: Sequence[Parcel], moment: Moment) -> tuple[Card, ...]:
    """Return a card for each parcel; what has come stands below what is still waited for."""
    made = [card(order, one, index, len(parcels), moment) for index, one in enumerate(parcels, 1)]
    return tuple(sorted(made, key=lambda one: one.is_over))


def _row(item: Item, order: Order, moment: Moment) -> ItemRow:
    price = moment.voice.money(item.total, order.currency) if item.total is not None else ""
    return ItemRow(
        name_of(item),
        item.quantity,
        price,
        web_only(item.image_url, "https://", "/static/"),
        web_only(item.page_url),
    )


def web_only(url: str, *allowed: str) -> str:
    """Addresses come from outside: `javascript:` and its like are no addresses for a page."""
    return url if url.lower().startswith(allowed or ("https://", "http://")) else ""


def address(order: Order, moment: Moment) -> tuple[str, ...]:
    """Return the lines of the delivery address."""
    return address_lines(order.address, order, moment)


def address_lines(told: Mapping[str, str], order: Order, moment: Moment) -> tuple[str, ...]:
    """Return the lines of an address; the country only where it is not the shop's own."""
    city = " ".join(filter(None, (told.get("postcode"), told.get("city"))))
    if city and told.get("province"):
        city = f"{city} ({told['province']})"
    abroad = told.get("country", "")
    country = moment.voice.country(abroad) if abroad and abroad != order.shop.country else ""
    company = told.get("company", "") if told.get("company") != told.get("name") else ""
    lines = (told.get("name"), company, told.get("line1"), told.get("line2"), city, country)
    return tuple(line for line in lines if line)


def care(items: tuple[Item, ...]) -> tuple[Care, ...]:
    """Return each care note once, named after the products that it is for."""
    names: dict[str, list[str]] = {}
    for item in items:
        if item.care.strip() and item.title.strip() not in names.setdefault(item.care.strip(), []):
            names[item.care.strip()].append(item.title.strip())
    return tuple(
        Care(", ".join(filter(None, titles)), tuple(text.split("\n\n"))) for text, titles in names.items()
    )


def fresh_until(order: Order, moment: Moment) -> datetime:
    """Return the first moment at which a word of the page changes by itself: the day's end, an hour told."""
    hours = (
        moment.at(moment.today, parcel.arrival_until) for parcel in order.parcels if parcel.arrival_until
    )
    return min([moment.midnight(), *(at for at in hours if at > moment.now)])
