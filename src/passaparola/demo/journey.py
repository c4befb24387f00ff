"""One order on its way through the demo: what was told of it, and what is still to come.

The demo compresses hours, never days (docs/adr): whatever the world has planned for today happens within
minutes, stamped with the moment at which it is told; what it has planned for tomorrow waits for tomorrow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from passaparola.demo.world.days import ROME
from passaparola.demo.world.order import Order, Parcel, Refund, Step, as_told
from passaparola.tracking.carrier import ScanState as S

_PAUSES: dict[str, tuple[int, int]] = {
    "placed": (0, 0),
    "paid": (2, 5),
    "cancelled": (30, 70),
    "packed": (25, 60),
    "refunded": (4, 15),
}
_STEP_PAUSES: dict[S, tuple[int, int]] = {
    S.LABEL_CREATED: (2, 5),
    S.PICKED_UP: (20, 45),
    S.IN_TRANSIT: (15, 40),
    S.OUT_FOR_DELIVERY: (20, 40),
    S.DELIVERED: (50, 110),
}
"""Seconds before something happens, least and most."""
_LAST_HOUR = 23
_AT_ONCE = timedelta(minutes=1)


@dataclass(slots=True)
class Journey:
    order: Order
    """As the world has planned it."""
    told: dict[str, datetime] = field(default_factory=dict)

    def next(self) -> tuple[str, datetime] | None:
        """Return what comes next and when it is planned; None where everything has been told."""
        rest = ((name, at) for at, name in self.order.plan() if name not in self.told)
        return next(rest, None)

    def is_due(self, now: datetime) -> bool:
        coming = self.next()
        return coming is not None and coming[1].astimezone(ROME).date() <= now.astimezone(ROME).date()

    def pause(self, rng: Random) -> float:
        """Return how many seconds pass before the next thing happens."""
        coming = self.next()
        if coming is None:
            return 0.0
        kind, _, which = coming[0].partition(" ")
        if kind != "step":
            return rng.uniform(*_PAUSES[kind])
        parcel, number = map(int, which.split())
        step = self.order.parcels[parcel].steps[number]
        return rng.uniform(*(step.pause or _STEP_PAUSES.get(step.state, (20, 50))))

    def tell(self, now: datetime) -> tuple[Order, tuple[str, ...]]:
        """Let the next thing happen now; return the order as far as it is known then, and what happened.

        Who pays by card has paid when the order is there: both are told at once.
        """
        name = self._tell_one(now)
        coming = self.next()
        if (
            name == "placed"
            and coming
            and coming[0] == "paid"
            and coming[1] - self.order.placed_at < _AT_ONCE
        ):
            names = (name, self._tell_one(now))
            return as_told(self.order, self.told), names
        return as_told(self.order, self.told), (name,)

    def _tell_one(self, now: datetime) -> str:
        coming = self.next()
        assert coming is not None  # noqa: S101 - asked only where something is due
        name = coming[0]
        now = max(now, max(self.told.values(), default=now)).replace(microsecond=0)
        self.order = _with_hours_from(self.order, name, now)
        self.told[name] = now
        return name

    def catch_up(self, today: date) -> None:
        """Where the demo stood still for days, what was planned meanwhile is planned for today."""
        coming = self.next()
        behind = (today - coming[1].astimezone(ROME).date()).days if coming else 0
        if behind > 0:
            self.order = _postponed(self.order, self.told, timedelta(days=behind))


def _with_hours_from(order: Order, name: str, now: datetime) -> Order:
    """A van that leaves now comes within the next four hours, not at the hours once planned."""
    kind, _, which = name.partition(" ")
    if kind != "step":
        return order
    p, s = map(int, which.split())
    step = order.parcels[p].steps[s]
    if step.due_hours is None:
        return order
    hour = now.astimezone(ROME).hour
    hours = (hour, min(hour + 4, _LAST_HOUR)) if hour < _LAST_HOUR else None
    return _with_step(order, p, s, replace(step, due_hours=hours))


def _with_step(order: Order, p: int, s: int, step: Step) -> Order:
    steps = (*order.parcels[p].steps[:s], step, *order.parcels[p].steps[s + 1 :])
    parcels = (*order.parcels[:p], replace(order.parcels[p], steps=steps), *order.parcels[p + 1 :])
    return replace(order, parcels=parcels)


def _postponed(order: Order, told: Mapping[str, datetime], by: timedelta) -> Order:
    """Shift what has not been told yet."""

    def parcel_later(p: int, parcel: Parcel) -> Parcel:
        steps = tuple(
            step
            if f"step {p} {s}" in told
            else replace(step, at=step.at + by, due=step.due + by if step.due else None)
            for s, step in enumerate(parcel.steps)
        )
        packed_at = parcel.packed_at if f"packed {p}" in told else parcel.packed_at + by
        return replace(parcel, packed_at=packed_at, steps=steps)

    def refund_later(r: int, refund: Refund) -> Refund:
        return refund if f"refunded {r}" in told else replace(refund, at=refund.at + by)

    return replace(
        order,
        paid_at=_later(order.paid_at, "paid", told, by),
        cancelled_at=_later(order.cancelled_at, "cancelled", told, by),
        parcels=tuple(parcel_later(p, parcel) for p, parcel in enumerate(order.parcels)),
        refunds=tuple(refund_later(r, refund) for r, refund in enumerate(order.refunds)),
    )


def _later(at: datetime | None, name: str, told: Mapping[str, datetime], by: timedelta) -> datetime | None:
    return at + by if at and name not in told else at


def begun(order: Order, until: datetime) -> Journey:
    """Return the journey of an order of which everything up to a moment is known already."""
    return Journey(order, {name: at for name, at in order.times() if at <= until})
