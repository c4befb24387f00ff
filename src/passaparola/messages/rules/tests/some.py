"""Hypothesis strategies and plain examples of what the rules take."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from passaparola.messages.kind import KINDS
from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.values import OrderNow, ParcelNow, Purpose, Said, Situation

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)
"""A Wednesday, noon in Faenza."""
ROME = ZoneInfo("Europe/Rome")
NIGHT = datetime.combine(date(2026, 11, 18), time(23, 30), ROME)

near = st.integers(-90 * 24 * 60, 90 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
zones = st.sampled_from(["Europe/Rome", "Asia/Tokyo", "America/Chicago", "Australia/Lord_Howe"]).map(ZoneInfo)
states = st.sampled_from(["label_created", "in_transit", "out_for_delivery", "delivered", "held", "lost"])
days = st.none() | st.integers(-5, 20).map(lambda n: date(2026, 11, 18) + timedelta(days=n))
kinds = st.sampled_from(sorted(KINDS)).map(KINDS.__getitem__)
policies = st.builds(Policy, quiet_from=st.times(), quiet_until=st.times()) | st.just(Policy())
intents = st.builds(
    Intent,
    kind=kinds,
    to_address=st.sampled_from(["", "giulia@posta.example"]),
    not_before=near,
    expires_at=near,
    order_id=st.just(1),
    parcel_id=st.none() | st.just(2),
    fallback=st.none() | st.just(KINDS["confirmation_simple"]),
    is_noisy=st.booleans(),
)
orders = st.builds(
    OrderNow,
    placed_at=near,
    cancelled_at=st.none() | near,
    deleted_at=st.none() | near,
    is_history=st.booleans(),
    is_test=st.booleans(),
)
parcels = st.builds(ParcelNow, state=states, arrival_first=days, arrival_last=days)
situations = st.builds(
    Situation,
    order=st.none() | orders,
    parcel=st.none() | parcels,
    consents=st.frozensets(st.sampled_from(list(Purpose))),
    suppressed=st.sampled_from(["", "", "hard_bounce", "complaint", "unsubscribed"]),
    is_erased=st.booleans(),
    is_meant=st.booleans(),
    zone=zones,
)
said = st.builds(Said, kind=st.sampled_from(sorted(KINDS)), parcel_id=st.none() | st.just(2), sent_at=near)
histories = st.lists(said, max_size=3).map(tuple)


def intent(kind="confirmation_simple", **changes):
    given = {
        "kind": KINDS[kind],
        "to_address": "giulia@posta.example",
        "not_before": NOW,
        "expires_at": NOW + KINDS[kind].lasts,
        "order_id": 1,
        "parcel_id": 2 if KINDS[kind].is_about_parcel else None,
    }
    return Intent(**(given | changes))


def situation(**changes):
    order = OrderNow(placed_at=NOW - timedelta(minutes=1))
    return Situation(**({"order": order, "zone": ROME} | changes))
