"""What of an order may go back now: from rows to the values that the rules judge."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from passaparola.orders.connector import CONNECTORS
from passaparola.orders.facts import PaymentState
from passaparola.orders.models import Line, Order
from passaparola.returns.models import Item, Return, Settings
from passaparola.returns.queries import Known, Row, known_of
from passaparola.returns.rules import money
from passaparola.returns.rules.policy import Policy as Rule
from passaparola.returns.rules.policy import Terms, Thing, Verdict, judge, policy_for, terms
from passaparola.returns.rules.reasons import Reason, named
from passaparola.returns.rules.window import Arrived, last_day_to_withdraw

_PAID = {PaymentState.PAID, PaymentState.PARTIALLY_REFUNDED, PaymentState.REFUNDED}
Pieces = Mapping[int, int]
"""How many pieces of which line (its id)."""


@dataclass(frozen=True, kw_only=True)
class LineStanding:
    """One line: what is left of it with the customer, and whether that may go back."""

    line: Line
    image_url: str
    thing: Thing
    verdict: Verdict
    ordered: int
    worths: Sequence[Decimal]
    """Of each piece ordered, in the order in which they go back."""

    @property
    def left(self) -> int:
        return self.thing.quantity

    def worth(self, quantity: int) -> Decimal:
        """What the next so many pieces are worth."""
        gone = self.ordered - self.left
        return sum(self.worths[gone : gone + quantity], money.ZERO)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An order as its returns see it."""

    order: Order
    settings: Settings
    lines: Sequence[LineStanding]
    bought: Sequence[money.Bought]
    paid: money.Paid
    arrived: Arrived
    is_new: bool
    """Nobody has asked for a return of it yet."""
    now: datetime

    @cached_property
    def by_id(self) -> dict[int, LineStanding]:
        return {one.line.pk: one for one in self.lines}

    @property
    def may_return(self) -> bool:
        return any(one.verdict.may for one in self.lines)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return self.settings.reasons()

    @property
    def is_paid(self) -> bool:
        return self.paid.total > 0

    def worth(self, pieces: Pieces) -> Decimal:
        return sum((self.by_id[line].worth(quantity) for line, quantity in pieces.items()), money.ZERO)

    def terms(self, pieces: Pieces, why: Mapping[int, str]) -> Terms:
        """Put together what holds for these pieces, given the keys of the reasons."""
        given = [(self.by_id[pk].verdict.policy, named(self.reasons, why.get(pk, ""))) for pk in pieces]
        return terms(given, self.worth(pieces))

    def is_everything(self, pieces: Pieces) -> bool:
        """Whether with these pieces nothing of the order is left."""
        return all(pieces.get(one.line.pk, 0) >= one.left for one in self.lines)

    @property
    def withdraw_until(self) -> date | None:
        """The last day of the withdrawal by law; None while it has not begun to run out."""
        counted = self.arrived.counted_from(self.now)
        zone = self.order.store.zone
        return last_day_to_withdraw(counted, zone, _country(self.order)) if counted else None

    @property
    def may_withdraw(self) -> bool:
        until = self.withdraw_until
        today = self.now.astimezone(self.order.store.zone).date()
        return self.order.cancelled_at is None and (until is None or today <= until)

    def withdrawable(self) -> list[LineStanding]:
        """The lines that the law lets one withdraw from: all but those made to somebody's own wish."""
        made_to_order = {*self.settings.made_to_order_tags}
        return [one for one in self.lines if one.left and not one.thing.tags & made_to_order]


def standing_of(order: Order, *, now: datetime) -> Standing:
    """Look at everything that decides what may go back: one statement, whatever the order's size, and one more
    where there is a return already.
    """
    known = known_of(order)
    back = _refunded_pieces([refund["parts"] for refund in known.refunds])
    shrinks = takes_refunds_off_lines(order.source)
    bought = [_bought(line, back, shrinks=shrinks) for line, _ in known.lines]
    paid = _paid(order, known)
    worths = money.worths(bought, paid, order.currency)
    bound = _bound_pieces(order) if known.filed else {}
    arrived = _arrived(order, known)
    look = _Look(order, known.policies, arrived, _here(order, known.parcels), now)
    found = []
    for (line, product), was, worth in zip(known.lines, bought, worths, strict=True):
        left = max(0, was.quantity - back.get(line.external_id, (0, money.ZERO))[0] - bound.get(line.pk, 0))
        found.append(look.at(line, product, left, was, worth))
    return Standing(
        order=order, settings=known.settings, lines=found, bought=bought, paid=paid, arrived=arrived,
        is_new=not known.filed, now=now,
    )  # fmt: skip


def takes_refunds_off_lines(source: str) -> bool:
    """Whether the shop system behind a source (`shopify`, `shopify-2`) shortens lines that are refunded."""
    connector = CONNECTORS.get(re.sub(r"-\d+$", "", source))
    return connector is not None and connector.takes_refunds_off_lines


@dataclass(frozen=True, slots=True)
class _Look:
    """What is the same for all lines of an order."""

    order: Order
    policies: Sequence[Rule]
    arrived: Arrived
    here: frozenset[str] | None
    now: datetime

    def at(self, line: Line, product: Row, left: int, was: money.Bought, worth: Decimal) -> LineStanding:
        order = self.order
        tags = [*(product["tags"] or ()), product["category"]]
        thing = Thing(
            product=line.product_external_id,
            title=line.title,
            tags=frozenset(str(tag).lower() for tag in tags if tag),
            price=line.unit_price or (was.amount / was.quantity if was.quantity else money.ZERO),
            quantity=left,
            needs_shipping=line.needs_shipping,
            is_here=self.here is None or line.external_id in self.here,
        )
        verdict = judge(
            thing,
            policy_for(self.policies, thing, _country(order)),
            self.arrived,
            zone=order.store.zone,
            now=self.now,
            is_cancelled=order.cancelled_at is not None,
        )
        return LineStanding(
            line=line,
            image_url=line.image_url or product["product_image"] or "",
            thing=thing,
            verdict=verdict,
            ordered=was.quantity,
            worths=money.pieces(worth, was.quantity, order.currency),
        )


def _country(order: Order) -> str:
    return str(order.shipping_address.get("country") or order.store.country)


def _refunded_pieces(refunds: Iterable[Sequence[Row]]) -> dict[str, tuple[int, Decimal]]:
    """Pieces and money that the parts of the shop's refunds name, by the line's id at the source."""
    found: dict[str, tuple[int, Decimal]] = defaultdict(lambda: (0, money.ZERO))
    for parts in refunds:
        for part in parts:
            number, amount = found[part["line"]]
            found[part["line"]] = (
                number + int(part["quantity"]),
                amount + Decimal(str(part.get("amount") or 0)),
            )
    return found


def _bought(line: Line, back: Mapping[str, tuple[int, Decimal]], *, shrinks: bool) -> money.Bought:
    number, amount = back.get(line.external_id, (0, money.ZERO)) if shrinks else (0, money.ZERO)
    return money.Bought(quantity=line.quantity + number, amount=line.total + amount, tax=line.tax)


def _paid(order: Order, known: Known) -> money.Paid:
    is_paid = order.paid_at is not None or order.payment_state in _PAID
    open_ones = [one for one in known.filed if one["refund_id"] is None and not one["came_to_nothing"]]
    return money.Paid(
        total=order.total if is_paid else money.ZERO,
        shipping=order.shipping,
        tax=order.tax,
        refunded=sum((refund["amount"] for refund in known.refunds), money.ZERO),
        bound=sum((one["amount"] for one in open_ones), money.ZERO),
    )


def _bound_pieces(order: Order) -> dict[int, int]:
    """Pieces in returns that count, and that no refund of the shop's names yet; exchanged ones are back with
    the customer.
    """
    found: dict[int, int] = defaultdict(int)
    items = Item.objects.filter(filed__order=order, filed__exchanged_at=None).select_related(
        "line", "filed__refund"
    )
    for item in items.filter(filed__in=Return.objects.standing()):
        refund = item.filed.refund
        named_there = (
            _refunded_pieces([refund.parts]).get(item.line.external_id, (0, money.ZERO))[0] if refund else 0
        )
        found[item.line_id] += max(0, item.counts - named_there)
    return found


def _here(order: Order, parcels: Sequence[Row]) -> frozenset[str] | None:
    """The ids of the lines that came; None where all did, or a parcel came of which nobody told the contents."""
    came = [parcel["parts"] for parcel in parcels if parcel["delivered_at"]]
    if order.delivered_at or not all(came):
        return None
    return frozenset(str(part["line"]) for parts in came for part in parts)


def _arrived(order: Order, known: Known) -> Arrived:
    came = [parcel["delivered_at"] for parcel in known.parcels if parcel["delivered_at"]]
    first, last = min(came, default=None), order.delivered_at
    exchanged = max((one["exchanged_at"] for one in known.filed if one["exchanged_at"]), default=None)
    if last and exchanged:
        last = max(last, exchanged)  # what came in exchange may be looked at as long
    return Arrived(
        placed_at=order.placed_at or order.recorded_at,
        last_at=last,
        some_at=first or last,
        is_followed=bool(known.parcels) or not order.is_history,
    )
