"""Which of the five confirmations an order gets."""

from dataclasses import dataclass
from decimal import Decimal

BY_RULE = "by_rule"
SIMPLE = "confirmation_simple"
WARM_WELCOME = "confirmation_warm_welcome"
REASSURING = "confirmation_reassuring"
ENTICING = "confirmation_enticing"
SIMILAR_ITEMS = "confirmation_similar_items"
ALL = (SIMPLE, WARM_WELCOME, REASSURING, ENTICING, SIMILAR_ITEMS)

EXPENSIVE = Decimal(250)
"""In the store's currency: what one does not order without a second thought."""
LONG_WAY_DAYS = 6
"""Days until the last promised day from which waiting makes people wonder."""
MANY_PIECES = 6
"""From so many different things on, they often travel in several parcels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """What the choice is made from."""

    setting: str = BY_RULE
    """The shop's: `by_rule`, or one of the five with or without `confirmation_`."""
    is_first_order: bool = False
    is_abroad: bool = False
    total: Decimal = Decimal(0)
    days_to_go: int | None = None
    lines: int = 1
    has_coupon: bool = False
    """The shop offers a code for the next order."""
    has_similar_items: bool = False
    agreed_to_offers: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    kind: str
    fallback: str = ""
    """For an offer: what is sent if, at the moment of sending, the customer does not agree to offers."""


def choose_confirmation(order: Choosing) -> Chosen:
    """Return the confirmation for this order.

    The shop's own wish counts where it can be fulfilled: no coupon, nothing similar or no consent bring
    back the rule. Worry goes before welcome, since who fears for an expensive order wants reassurance,
    and both go before selling.
    """
    plain = _plain(order)
    wish = _wished(order.setting)
    if wish in {ENTICING, SIMILAR_ITEMS}:
        return Chosen(wish, plain) if _may_offer(order, wish) else Chosen(plain)
    if wish:
        return Chosen(wish)
    if plain == SIMPLE:
        for offer in (ENTICING, SIMILAR_ITEMS):
            if _may_offer(order, offer):
                return Chosen(offer, plain)
    return Chosen(plain)


def _plain(order: Choosing) -> str:
    """Choose among those that sell nothing."""
    if _is_worrying(order):
        return REASSURING
    return WARM_WELCOME if order.is_first_order else SIMPLE


def _is_worrying(order: Choosing) -> bool:
    is_long = order.days_to_go is not None and order.days_to_go > LONG_WAY_DAYS
    return order.is_abroad or is_long or order.total >= EXPENSIVE or order.lines >= MANY_PIECES


def _wished(setting: str) -> str:
    name = setting if setting.startswith("confirmation_") else f"confirmation_{setting}"
    return name if name in ALL else ""


def _may_offer(order: Choosing, offer: str) -> bool:
    has_it = order.has_coupon if offer == ENTICING else order.has_similar_items
    return has_it and order.agreed_to_offers
