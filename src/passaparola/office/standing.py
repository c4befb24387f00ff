"""How an order or parcel stands, in one word with a colour. Values in, answer out."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passaparola.tracking.models import OVER


@dataclass(frozen=True, slots=True)
class Standing:
    label: str | Promise
    tone: str = ""
    icon: str = ""


class ParcelLike(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def delivered_at(self) -> object: ...
    @property
    def cancelled_at(self) -> object: ...
    @property
    def late_since(self) -> object: ...


class OrderLike(Protocol):
    @property
    def cancelled_at(self) -> object: ...
    @property
    def delivered_at(self) -> object: ...
    @property
    def is_history(self) -> bool: ...
    @property
    def payment_state(self) -> str: ...


PARCELS = {
    "label_created": Standing(_("Announced"), "", "tag"),
    "picked_up": Standing(_("Handed over"), "info", "package-check"),
    "in_transit": Standing(_("On its way"), "info", "truck"),
    "out_for_delivery": Standing(_("Out for delivery"), "accent", "truck"),
    "ready_for_pickup": Standing(_("Ready to collect"), "accent", "map-pin"),
    "delivered": Standing(_("Delivered"), "good", "house"),
    "attempted": Standing(_("Nobody was there"), "warn", "bell-ring"),
    "held": Standing(_("Held"), "warn", "octagon-pause"),
    "delayed": Standing(_("Delayed"), "warn", "clock"),
    "returning": Standing(_("Coming back"), "bad", "undo-2"),
    "returned": Standing(_("Came back"), "bad", "undo-2"),
    "lost": Standing(_("Lost"), "bad", "package-x"),
    "cancelled": Standing(_("Cancelled"), "", "ban"),
    "unknown": Standing(_("Not known"), "", "circle-question-mark"),
}
LATE = Standing(_("Late"), "warn", "clock")
UNSURE = Standing(_("Which carrier?"), "warn", "circle-question-mark")
_WORST_FIRST = ("lost", "returned", "returning", "held", "attempted")
_FURTHEST_FIRST = ("out_for_delivery", "ready_for_pickup", "in_transit", "picked_up", "delayed")


def of_parcel(parcel: ParcelLike) -> Standing:
    if parcel.cancelled_at:
        return PARCELS["cancelled"]
    return PARCELS.get(parcel.state, PARCELS["unknown"])


def is_late(parcel: ParcelLike) -> bool:
    """As `ParcelQuerySet.late` has it, for one parcel."""
    is_over = parcel.delivered_at or parcel.cancelled_at or parcel.state in OVER
    return bool(parcel.late_since) and not is_over


def of_order(order: OrderLike, parcels: Iterable[ParcelLike], today: date) -> Standing:
    """What the team should know first: trouble before lateness, lateness before progress.

    `today` is the day there, against which an order that still stands in the shop is late.
    """
    if order.cancelled_at or order.delivered_at:
        return PARCELS["cancelled" if order.cancelled_at else "delivered"]
    going = [parcel for parcel in parcels if not parcel.cancelled_at and not parcel.delivered_at]
    states = {parcel.state for parcel in going}
    trouble = next((PARCELS[state] for state in _WORST_FIRST if state in states), None)
    if trouble is None and any(is_late(parcel) for parcel in going):
        trouble = LATE
    return trouble or _progress(order, parcels, states, today)


def _progress(
    order: OrderLike, parcels: Iterable[ParcelLike], states: AbstractSet[str], today: date
) -> Standing:
    if any(parcel.delivered_at for parcel in parcels):
        return Standing(_("Partly delivered"), "info", "package-open")
    furthest = next((PARCELS[state] for state in _FURTHEST_FIRST if state in states), None)
    return furthest or _not_sent(order, today)


def _not_sent(order: OrderLike, today: date) -> Standing:
    if order.is_history:
        return Standing(_("Imported"), "", "archive")
    promise = getattr(order, "first_promise", None)
    if promise is not None and promise.last < today:
        return LATE
    if order.payment_state in {"pending", "authorized", "partially_paid"}:
        return Standing(_("To be paid"), "", "hourglass")
    return Standing(_("To ship"), "", "package")


PAYMENTS = {
    "pending": Standing(_("To be paid"), "warn"),
    "authorized": Standing(_("Authorised"), "info"),
    "partially_paid": Standing(_("Partly paid"), "warn"),
    "paid": Standing(_("Paid"), "good"),
    "partially_refunded": Standing(_("Partly refunded"), "info"),
    "refunded": Standing(_("Refunded"), "info"),
    "voided": Standing(_("Voided"), ""),
}

CAUSES = {
    "shop": _("The carrier got it late, or not yet."),
    "carrier": _("The carrier is behind."),
    "customs": _("It waits at customs."),
    "closure": _("A strike or closure that you entered."),
    "holiday": _("Public holidays on the way."),
    "attempt": _("It was brought, and nobody was there."),
    "held": _("It waits for somebody: an address, a payment."),
    "return": _("It is on its way back to the shop."),
    "lost": _("The carrier can’t find it."),
    "unknown": _("Nobody has told us anything about it."),
}
"""Whose doing a delay is: `tracking.rules.delay.DelayCause` in words for the team."""

MESSAGES = {
    "asked": Standing(_("Waiting"), "", "hourglass"),
    "deferred": Standing(_("Later"), "info", "clock"),
    "sending": Standing(_("Being sent"), "info", "send"),
    "sent": Standing(_("Sent"), "good", "check"),
    "merged": Standing(_("Told along"), "good", "check"),
    "dropped": Standing(_("Not sent"), "", "ban"),
    "failed": Standing(_("Could not be delivered"), "bad", "triangle-alert"),
}

OUTCOMES = {
    "": Standing(_("Waiting"), "", "hourglass"),
    "recorded": Standing(_("Recorded"), "good", "check"),
    "ignored": Standing(_("Nothing for us"), "", "minus"),
    "failed": Standing(_("Could not be read"), "bad", "triangle-alert"),
}
