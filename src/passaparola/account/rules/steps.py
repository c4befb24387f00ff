"""The way of one parcel as five steps, and as the segments of a bar."""

from dataclasses import dataclass
from datetime import datetime

from passaparola.account.rules.known import Order, Parcel
from passaparola.account.rules.situation import Situation
from passaparola.account.rules.times import arrived_at, last_scan, local, may_be_in_time
from passaparola.account.rules.voice import Moment

SEGMENTS = 5

_DONE = {
    Situation.ANNOUNCED: 2,
    Situation.SENT: 3,
    Situation.ON_THE_WAY: 3,
    Situation.OUT: 3,
    Situation.ATTEMPTED: 3,
    Situation.PICKUP: 4,
    Situation.DELIVERED: 5,
    Situation.LONG_AGO: 3,
    Situation.RETURNING: 3,
    Situation.RETURNED: 3,
    Situation.LOST: 3,
}
_UNDER_WAY = frozenset({Situation.PACKING, Situation.OUT, Situation.ATTEMPTED})


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    when: str = ""
    state: str = "next"
    """`done`, `now` or `next`."""
    icon: str = "circle"


def segments(situation: Situation, parcel: Parcel | None) -> tuple[str, ...]:
    """Return `done`, `now` or nothing for each segment of the bar; none where there is no way to go."""
    if parcel is None and situation is not Situation.PACKING:
        return ()
    done = _DONE.get(situation, 1)
    if situation in {Situation.DELAYED, Situation.HELD} and parcel:
        done = 3 if parcel.picked_up_at else 2
    now = ["now"] if situation in _UNDER_WAY and done < SEGMENTS else []
    return tuple((["done"] * done + now + [""] * SEGMENTS)[:SEGMENTS])


def steps(situation: Situation, order: Order, parcel: Parcel | None, moment: Moment) -> tuple[Step, ...]:
    _ = moment.voice.gettext
    made = [Step(_("Order received"), _when(order.placed_at, moment), "done")]
    if parcel is None:
        return (*made, *_without_parcel(situation, order, moment))
    made.append(Step(_packed(order, moment), _when(parcel.announced_at, moment), "done"))
    made.append(_handed_over(situation, parcel, moment))
    return (*made, *_on_the_road(situation, parcel, moment))


def _when(at: datetime | None, moment: Moment) -> str:
    return moment.stamp(moment.local(at)) if at else ""


def _packed(order: Order, moment: Moment) -> str:
    _ = moment.voice.gettext
    return _("Packed in %(city)s") % {"city": order.shop.city} if order.shop.city else _("Packed")


def _without_parcel(situation: Situation, order: Order, moment: Moment) -> tuple[Step, ...]:
    _ = moment.voice.gettext
    if situation is Situation.CANCELLED:
        return (Step(_("Cancelled"), _when(order.cancelled_at, moment), "now", "x"),)
    if situation is Situation.PACKING:
        return (
            Step(_("We are packing it"), "", "now", "package"),
            Step(_("Handed to the courier"), icon="truck"),
            Step(_("Delivered"), icon="house"),
        )
    return ()


def _handed_over(situation: Situation, parcel: Parcel, moment: Moment) -> Step:
    _ = moment.voice.gettext
    if parcel.picked_up_at:
        scan = min(
            (scan for scan in parcel.scans if scan.at == parcel.picked_up_at),
            key=lambda s: s.at,
            default=None,
        )
        at = (
            moment.stamp(local(scan, moment), has_time=scan.has_time)
            if scan
            else _when(parcel.picked_up_at, moment)
        )
        return Step(_handed_to(parcel, moment), _joined(at, scan.place if scan else ""), "done")
    if situation in {Situation.SENT, Situation.LONG_AGO}:
        return Step(_("Left us"), _when(parcel.announced_at, moment), "done")
    if situation is Situation.DELIVERED:
        return Step(_handed_to(parcel, moment), "", "done")
    if not parcel.carrier:
        return Step(_("Waiting for the courier"), "", "now", "truck")
    return Step(_("Waiting for %(carrier)s") % {"carrier": parcel.carrier}, "", "now", "truck")


def _handed_to(parcel: Parcel, moment: Moment) -> str:
    if not parcel.carrier:
        return moment.voice.gettext("Handed to the courier")
    return moment.voice.gettext("Handed to %(carrier)s") % {"carrier": parcel.carrier}


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _on_the_road(situation: Situation, parcel: Parcel, moment: Moment) -> tuple[Step, ...]:
    _ = moment.voice.gettext
    delivered = Step(_("Delivered"), icon="house")
    if situation is Situation.DELIVERED:
        return _arrived(parcel, moment)
    if situation is Situation.OUT:
        return _now(parcel, moment, _("Out for delivery"), "truck", "out_for_delivery"), delivered
    titles = {
        Situation.ON_THE_WAY: (_("On its way"), "truck"),
        Situation.DELAYED: (_("On its way, later than planned"), "clock"),
        Situation.HELD: (_("Held up on the way"), "clock"),
        Situation.ATTEMPTED: (_("Delivery attempted"), "bell"),
        Situation.PICKUP: (_("Ready at the pick-up point"), "store"),
        Situation.RETURNING: (_("On its way back to us"), "undo-2"),
        Situation.RETURNED: (_("Back with us"), "undo-2"),
        Situation.LOST: (_("Lost on the way"), "search"),
    }
    if may_be_in_time(parcel, moment):
        titles[Situation.DELAYED] = titles[Situation.ON_THE_WAY]
    is_ours_to_send = situation is Situation.DELAYED and parcel.picked_up_at is None
    if situation not in titles or is_ours_to_send:
        return (delivered,)
    now = _now(parcel, moment, *titles[situation])
    if situation in {Situation.RETURNING, Situation.RETURNED, Situation.LOST}:
        return (now,)
    last = _("Collected") if situation is Situation.PICKUP else _("Delivered")
    out = Step(_("Out for delivery"), icon="truck")
    needs_tour = situation in {Situation.ON_THE_WAY, Situation.DELAYED, Situation.HELD}
    return (now, *([out] if needs_tour else []), Step(last, icon="house"))


def _now(parcel: Parcel, moment: Moment, title: str, icon: str, *states: str) -> Step:
    scan = last_scan(parcel, *states) or last_scan(parcel)
    if scan is None:
        return Step(title, parcel.place, "now", icon)
    return Step(
        title, _joined(moment.stamp(local(scan, moment), has_time=scan.has_time), scan.place), "now", icon
    )


def _arrived(parcel: Parcel, moment: Moment) -> tuple[Step, ...]:
    _ = moment.voice.gettext
    tour = last_scan(parcel, "out_for_delivery")
    at, has_time = arrived_at(parcel, moment)
    scan = last_scan(parcel, "delivered")
    when = moment.stamp(at, has_time=has_time) if at else ""
    signed = _("signed by %(name)s") % {"name": parcel.signed_by} if parcel.signed_by else ""
    end = Step(_("Delivered"), _joined(when, scan.place if scan else "", signed), "done", "house")
    if tour is None:
        return (end,)
    out_at = moment.stamp(local(tour, moment), has_time=tour.has_time)
    return Step(_("Out for delivery"), _joined(out_at, tour.place), "done"), end
