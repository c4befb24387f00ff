"""What may be done to make a case good again, and what is best now. Values in, answer out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

USUAL_SHIPPING = Decimal("6.90")
"""Where shipping was free it cost the shop about so much."""
CENT = Decimal("0.01")


class No(StrEnum):
    """Why a remedy may not be granted."""

    ALREADY_SORRY = "already_sorry"
    """Saying sorry a second time for one trouble is worse than silence: only a remedy helps now."""
    NOT_FOR_THIS = "not_for_this"
    """It does not help in what went wrong, or is too much or too little for it."""
    FOR_OWNERS = "for_owners"
    OVER_LIMIT = "over_limit"
    """More than one member of customer care may grant at once."""
    OVER_BUDGET = "over_budget"
    """The month's budget is used up."""


class RemedyLike(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def step(self) -> int: ...
    @property
    def fits(self) -> tuple[int, int]: ...
    @property
    def cost(self) -> str: ...
    @property
    def share(self) -> float: ...
    @property
    def is_for_owners(self) -> bool: ...
    @property
    def causes(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a case stands, for choosing a remedy."""

    causes: frozenset[str]
    severity: int
    value: Decimal
    shipping: Decimal
    tried: frozenset[str]
    is_apologised: bool
    is_owner: bool
    agent_limit: Decimal
    budget_left: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One step of the ladder as it stands now."""

    key: str
    amount: Decimal
    """What is suggested, or costs; 0 where it costs nothing."""
    no: No | None = None
    is_tried: bool = False
    is_best: bool = False


def ladder(kinds: Iterable[RemedyLike], standing: Standing) -> list[Offer]:
    """Return every remedy with whether it may be granted, the best of them marked.

    The best is the lowest step that fits how bad it is, has not been tried, and may be granted by this person.
    """
    offers = [_offer(kind, standing) for kind in sorted(kinds, key=lambda kind: (kind.step, kind.key))]
    best = next((o for o in offers if o.no is None and not o.is_tried and _is_enough(o, standing)), None)
    return [_marked(offer, is_best=offer is best) for offer in offers]


def _is_enough(offer: Offer, standing: Standing) -> bool:
    """From severity 4 on words alone are not enough, once they have been said."""
    is_words = offer.key in {"explain", "apologise"}
    return not (is_words and standing.is_apologised)


def _marked(offer: Offer, *, is_best: bool) -> Offer:
    return Offer(key=offer.key, amount=offer.amount, no=offer.no, is_tried=offer.is_tried, is_best=is_best)


def _offer(kind: RemedyLike, standing: Standing) -> Offer:
    amount = suggested(kind, standing)
    return Offer(
        key=kind.key,
        amount=amount,
        no=refusal(kind, standing, amount=amount),
        is_tried=kind.key in standing.tried,
    )


def suggested(kind: RemedyLike, standing: Standing) -> Decimal:
    """Return what it would cost: fixed by the order, or a share of what the order is worth, in whole euros."""
    if kind.cost == "shipping":
        return (standing.shipping or USUAL_SHIPPING).quantize(CENT)
    if kind.cost == "order":
        return standing.value.quantize(CENT)
    if kind.cost == "chosen":
        return max((standing.value * Decimal(str(kind.share))).quantize(Decimal(1)), Decimal(5))
    return Decimal(0)


def refusal(kind: RemedyLike, standing: Standing, *, amount: Decimal) -> No | None:
    """Return why this person may not grant it now; None where they may. Budgets bind owners, too."""
    if kind.key == "apologise" and standing.is_apologised:
        return No.ALREADY_SORRY
    lowest, highest = kind.fits
    helps = not kind.causes or bool(standing.causes & frozenset(kind.causes))
    if not helps or not lowest <= standing.severity <= highest:
        return No.NOT_FOR_THIS
    if kind.is_for_owners and not standing.is_owner:
        return No.FOR_OWNERS
    if not standing.is_owner and amount > standing.agent_limit:
        return No.OVER_LIMIT
    # A thing that never came is owed, not given: sending it again needs no budget.
    if kind.cost in {"chosen", "shipping"} and amount > standing.budget_left:
        return No.OVER_BUDGET
    return None
