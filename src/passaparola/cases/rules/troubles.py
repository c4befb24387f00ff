"""What can go wrong, how bad it usually is, and how soon somebody should see to it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trouble."""

    severity: int
    """1 (hardly noticed) to 5 (will be told to others)."""
    within: timedelta
    """How soon somebody should have looked."""
    is_ours: bool = True
    """Somebody of the shop has to do something; what a carrier alone can mend may settle by itself."""


_DAY = timedelta(days=1)
TROUBLES: dict[str, Kind] = {
    "late_parcel": Kind(3, _DAY, is_ours=False),
    "stalled_parcel": Kind(3, _DAY, is_ours=False),
    "lost_parcel": Kind(5, timedelta(hours=4)),
    "returning_parcel": Kind(4, timedelta(hours=8)),
    "overdue_order": Kind(4, timedelta(hours=4)),
    "damaged": Kind(4, timedelta(hours=8)),
    "return": Kind(2, 2 * _DAY),
    "refund_owed": Kind(4, _DAY),
    "complaint": Kind(4, timedelta(hours=4)),
    "low_score": Kind(3, _DAY),
    "bad_review": Kind(5, timedelta(hours=8)),
    "broken_promise": Kind(3, timedelta(hours=8)),
    "endangered_promise": Kind(2, _DAY, is_ours=False),
}
"""By key. A kind that stands nowhere here counts as a complaint."""
