"""Where a parcel stands, told from the set of its scans, in whatever order and how often they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from passaparola.tracking.carrier import ScanFacts, ScanState

S = ScanState

PROOF_OF_HANDOVER = frozenset(
    {S.PICKED_UP, S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.READY_FOR_PICKUP, S.ATTEMPTED, S.DELIVERED, S.RETURNING}
    | {S.RETURNED}
)
"""A label, a hold or a delay can be told of a parcel that still stands in the shop; these can't."""

MOVES = frozenset({S.PICKED_UP, S.IN_TRANSIT})
"""Scans that tell a parcel moved on towards its end."""

_RANK = {
    state: rank
    for rank, state in enumerate(
        (
            S.UNKNOWN,
            S.LABEL_CREATED,
            S.CANCELLED,
            S.PICKED_UP,
            S.IN_TRANSIT,
            S.DELAYED,
            S.HELD,
            S.OUT_FOR_DELIVERY,
            S.ATTEMPTED,
            S.READY_FOR_PICKUP,
            S.LOST,
            S.DELIVERED,
            S.RETURNING,
            S.RETURNED,
        )
    )
}
"""Which of two scans of the same time came later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelStatus:
    state: ScanState = S.UNKNOWN
    state_at: datetime | None = None
    """When it came into this state; None while nothing is known."""
    last_scan: ScanFacts | None = None
    """The newest scan, also one whose meaning we don't know."""
    told_by: ScanFacts | None = None
    """The newest scan that says so: its words and place explain the state."""
    picked_up_at: datetime | None = None
    """The first scan proving that the carrier really has it."""
    out_for_delivery_at: datetime | None = None
    """The start of the latest tour."""
    ready_for_pickup_at: datetime | None = None
    delivered_at: datetime | None = None
    """Empty again when the parcel turns around afterwards."""
    moved_at: tuple[datetime, ...] = ()
    """When it moved: handed over, or from place to place."""
    countries: tuple[str, ...] = ()
    """Where it was scanned, in order, each once."""
    attempted_count: int = 0
    """Days on which it was brought in vain."""
    is_returning: bool = False
    """It goes, or went, back to the shop."""

    @property
    def is_over(self) -> bool:
        """Nothing more is expected of this parcel."""
        return self.state in {S.DELIVERED, S.RETURNED, S.LOST, S.CANCELLED}


def status_of(scans: Iterable[ScanFacts]) -> ParcelStatus:
    """Return where the parcel stands.

    A scan that arrives late but is old never moves it back; one of unknown meaning changes nothing;
    what turned around is not delivered, even if the last scan says so: it reached the sender.
    """
    told: dict[str, Any] = {}  # by field: a frozen copy for each scan is slow
    attempts: set[date] = set()
    ordered = in_order(scans)
    for scan in ordered:
        if (
            scan.state is S.ATTEMPTED
            and not told.get("is_returning")
            and told.get("state") is not S.DELIVERED
        ):
            attempts.add(scan.at.date())
        _tell(told, scan)
    return ParcelStatus(
        **told,
        moved_at=tuple(dict.fromkeys(scan.at for scan in ordered if scan.state in MOVES)),
        countries=tuple(dict.fromkeys(scan.country for scan in ordered if scan.country)),
        attempted_count=len(attempts),
        last_scan=ordered[-1] if ordered else None,
    )


def in_order(scans: Iterable[ScanFacts]) -> list[ScanFacts]:
    """Return the scans as they happened, the same for every order in which they are given.

    A scan with a day only stands behind the scans of that day which it can't precede.
    """
    known = list(scans)
    timed = [scan for scan in known if scan.has_time]
    return sorted(known, key=lambda scan: _place_in_time(scan, timed))


def _place_in_time(
    scan: ScanFacts, timed: list[ScanFacts]
) -> tuple[datetime, int, bool, str, str, str, str, str]:
    at = scan.at.astimezone(UTC)
    if not scan.has_time:
        day, rank = scan.at.date(), _RANK[scan.state]
        before = (
            other.at.astimezone(UTC)
            for other in timed
            if other.at.date() == day and _RANK[other.state] <= rank
        )
        at = max(before, default=at)
    return (
        at,
        _RANK[scan.state],
        scan.has_time,
        scan.words,
        scan.code,
        scan.place,
        scan.country,
        scan.at.isoformat(),
    )


def _tell(told: dict[str, Any], scan: ScanFacts) -> None:
    """Add what the next scan in order says."""
    if scan.state in PROOF_OF_HANDOVER:
        told.setdefault("picked_up_at", scan.at)
    state = _next_state(told, scan.state)
    if scan.state is state is not S.UNKNOWN:
        told["told_by"] = scan
    if state is told.get("state", S.UNKNOWN):
        return
    told |= {"state": state, "state_at": scan.at, "told_by": scan}
    if state in {S.RETURNING, S.RETURNED}:
        told |= {"is_returning": True, "delivered_at": None}
    elif since := _SINCE.get(state):
        told[since] = scan.at


_SINCE = {
    S.OUT_FOR_DELIVERY: "out_for_delivery_at",
    S.READY_FOR_PICKUP: "ready_for_pickup_at",
    S.DELIVERED: "delivered_at",
}


def _next_state(known: dict[str, Any], told: ScanState) -> ScanState:
    now: ScanState = known.get("state", S.UNKNOWN)
    if told is S.UNKNOWN or now is S.RETURNED:
        return now
    if known.get("is_returning"):  # everything that follows is the way back
        return {S.DELIVERED: S.RETURNED, S.RETURNED: S.RETURNED, S.LOST: S.LOST}.get(told, S.RETURNING)
    if now is S.DELIVERED:  # carriers send stragglers for days; only turning around undoes a delivery
        return told if told in {S.RETURNING, S.RETURNED} else now
    if "picked_up_at" in known and told is S.LABEL_CREATED:
        return now  # a second label, a late announcement
    if told is S.PICKED_UP and now not in {S.UNKNOWN, S.LABEL_CREATED, S.CANCELLED, S.PICKED_UP}:
        return S.IN_TRANSIT  # taken over by the next carrier
    return told
