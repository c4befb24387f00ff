"""The shop's rules for what goes back: which one fits a thing, and what it means for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum

from passaparola.returns.rules.money import ZERO
from passaparola.returns.rules.reasons import Reason
from passaparola.returns.rules.window import Arrived, last_day


class Resolution(StrEnum):
    """What the customer gets for what goes back."""

    REFUND = "refund"
    CREDIT = "credit"
    """Store credit, often with a bonus."""
    VARIANT = "variant"
    """The same product in another colour or size."""
    PRODUCT = "product"
    """Another product."""
    REPLACEMENT = "replacement"
    """The same thing again."""
    REPAIR = "repair"

    @property
    def is_money(self) -> bool:
        return self in {Resolution.REFUND, Resolution.CREDIT}


class Way(StrEnum):
    """How it gets back to the shop."""

    LABEL = "label"
    """The shop sends a label to print or show."""
    DROP_OFF = "drop_off"
    """Left at a counter, with a code to show."""
    PICK_UP = "pick_up"
    """Fetched at the door."""
    OWN = "own"
    """The customer sends it as they like."""

    @property
    def needs_us(self) -> bool:
        """Nothing can be sent before the shop has given a label or a code, or named the day it is fetched."""
        return self is not Way.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One rule of a shop. It fits a thing when everything it names fits; what is empty fits all."""

    pk: int | None = None
    name: str = ""
    countries: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    """Ids at the source, or titles in lower case."""
    tags: frozenset[str] = frozenset()
    """Lower case; a product's category counts as one of its tags."""
    price_from: Decimal | None = None
    price_below: Decimal | None = None
    """Of one piece."""
    days: int = 30
    """From the day the last parcel arrived."""
    is_final_sale: bool = False
    resolutions: tuple[Resolution, ...] = (
        Resolution.REFUND,
        Resolution.CREDIT,
        Resolution.VARIANT,
        Resolution.REPLACEMENT,
    )
    ways: tuple[Way, ...] = (Way.LABEL, Way.OWN)
    fee: Decimal = ZERO
    """Taken off a refund, once a return, unless it goes back by our doing."""
    credit_bonus_percent: Decimal = ZERO
    keep_below: Decimal | None = None
    """What goes back by our doing and is worth less stays with the customer."""
    needs_a_person: bool = False
    """Somebody of the team decides; else what is clear is approved at once."""
    decide_days: int = 1
    """Working days in which we decide."""
    send_days: int = 14
    """Days the customer has to send it."""
    refund_days: int = 5
    """Working days from receiving it to the money."""
    words_en: str = ""
    words_it: str = ""
    """What the shop adds in its own words."""


USUAL = Policy(name="usual")
"""For a shop that has set nothing: generous, and nothing that costs anybody anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A line of an order, as policies look at it."""

    product: str = ""
    title: str = ""
    tags: frozenset[str] = frozenset()
    price: Decimal = ZERO
    """Of one piece."""
    quantity: int
    """Pieces that can still go back."""
    needs_shipping: bool = True
    is_here: bool = True
    """It came, or nobody told us in which parcel it is."""


def policy_for(policies: Sequence[Policy], thing: Thing, country: str) -> Policy:
    """Return the first policy that fits, in the shop's own order; the usual one where none does."""
    return next((policy for policy in policies if fits(policy, thing, country)), USUAL)


def fits(policy: Policy, thing: Thing, country: str) -> bool:
    return (
        _names(policy.countries, {country})
        and _names(policy.products, {thing.product, thing.title.lower()})
        and _names(policy.tags, thing.tags)
        and (policy.price_from is None or thing.price >= policy.price_from)
        and (policy.price_below is None or thing.price < policy.price_below)
    )


def _names(wanted: Collection[str], there: Collection[str]) -> bool:
    return not wanted or bool({*wanted} & {*there})


class No(StrEnum):
    """Why something can't go back (any more)."""

    FINAL_SALE = "final_sale"
    WINDOW_OVER = "window_over"
    NOT_ARRIVED = "not_arrived"
    ALL_BACK = "all_back"
    """Nothing of it is left with the customer, or all of it is in another return."""
    NOT_SHIPPED = "not_shipped"
    """No thing that could be sent: a tip, a file."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """May this go back?"""

    policy: Policy
    no: No | None = None
    until: date | None = None
    """The last day; None while the window has not begun."""

    @property
    def may(self) -> bool:
        return self.no is None


def judge(  # noqa: PLR0911 - one line a reason
    thing: Thing, policy: Policy, arrived: Arrived, *, zone: tzinfo, now: datetime, is_cancelled: bool = False
) -> Verdict:
    """Say whether a thing may go back now, and until when. Total: there always is an answer with a reason."""
    counted = arrived.counted_from(now)
    until = last_day(counted, policy.days, zone) if counted else None
    if is_cancelled:
        return Verdict(policy=policy, no=No.CANCELLED)
    if not thing.needs_shipping:
        return Verdict(policy=policy, no=No.NOT_SHIPPED)
    if policy.is_final_sale:
        return Verdict(policy=policy, no=No.FINAL_SALE)
    if thing.quantity <= 0:
        return Verdict(policy=policy, no=No.ALL_BACK, until=until)
    if until and now.astimezone(zone).date() > until:
        return Verdict(policy=policy, no=No.WINDOW_OVER, until=until)
    if counted is None and arrived.is_followed and (arrived.some_at is None or not thing.is_here):
        return Verdict(policy=policy, no=No.NOT_ARRIVED)
    return Verdict(policy=policy, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for a whole return, of things under one policy or several: the strictest that the customer
    was told, and the most generous with time.
    """

    policies: tuple[Policy, ...] = field(default=(USUAL,))
    is_our_doing: bool = False
    needs_photo: bool = False
    needs_a_person: bool = False
    worth: Decimal = ZERO

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """Those that every policy offers, in the order of the first."""
        rest = [set(policy.resolutions) for policy in self.policies[1:]]
        return tuple(r for r in self.policies[0].resolutions if all(r in offered for offered in rest))

    @property
    def ways(self) -> tuple[Way, ...]:
        rest = [set(policy.ways) for policy in self.policies[1:]]
        found = tuple(way for way in self.policies[0].ways if all(way in offered for offered in rest))
        return found or (Way.OWN,)

    @property
    def fee(self) -> Decimal:
        return ZERO if self.is_our_doing else max(policy.fee for policy in self.policies)

    @property
    def credit_bonus_percent(self) -> Decimal:
        return min(policy.credit_bonus_percent for policy in self.policies)

    @property
    def is_kept(self) -> bool:
        """It need not come back at all."""
        limits = [policy.keep_below for policy in self.policies]
        return self.is_our_doing and all(limit is not None and self.worth < limit for limit in limits)

    @property
    def decide_days(self) -> int:
        return max(policy.decide_days for policy in self.policies)

    @property
    def send_days(self) -> int:
        return max(policy.send_days for policy in self.policies)

    @property
    def refund_days(self) -> int:
        return max(policy.refund_days for policy in self.policies)


def terms(things: Sequence[tuple[Policy, Reason]], worth: Decimal) -> Terms:
    """Put together what holds for the things (each its policy and the reason given) of one return."""
    policies = tuple(dict.fromkeys(policy for policy, _ in things)) or (USUAL,)
    reasons = [reason for _, reason in things]
    needs_photo = any(reason.needs_photo for reason in reasons)
    return Terms(
        policies=policies,
        is_our_doing=bool(reasons) and all(reason.is_our_doing for reason in reasons),
        needs_photo=needs_photo,
        # Where a photo is needed, somebody has to look at it.
        needs_a_person=needs_photo
        or any(policy.needs_a_person for policy in policies)
        or any(reason.needs_a_person for reason in reasons),
        worth=worth,
    )
