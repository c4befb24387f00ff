"""Recording what carriers say: trackers and scans, whether or not we know the parcel yet."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from passaparola.kernel.database import bulk
from passaparola.tracking.actions.derive import derive
from passaparola.tracking.carrier import ScanFacts, TrackerFacts
from passaparola.tracking.models import Parcel, Scan, Tracker
from passaparola.tracking.rules.scan_key import scan_key

Key = tuple[int, str]
"""Store and tracker key."""

BLANK: dict[str, Any] = {
    "carrier": "",
    "carrier_told": "",
    "carrier_words": "",
    "confidence": 0,
    "needs_a_person": False,
    "service": "",
    "signed_by": "",
    "is_final": False,
    "poll_failures": 0,
    "poll_reason": "",
}


def record_trackers(
    told: Sequence[tuple[int, TrackerFacts]], *, now: datetime, is_history: bool = False
) -> None:
    """Record scans and estimates (store, facts) in the caller's transaction, then derive the parcels."""
    if not told:
        return
    ids = lock_trackers((store, facts.number) for store, facts in told)
    keep_scans((ids[store, facts.number], facts.number, facts.scans) for store, facts in told)
    _keep_estimates(told, ids)
    parcels = Parcel.objects.filter(tracker__in=set(ids.values())).values_list("pk", flat=True)
    derive(list(parcels), now=now, is_history=is_history)


def lock_trackers(keys: Iterable[Key]) -> dict[Key, int]:
    """Return the trackers of these keys, made where new, locked: who derives a parcel sees all its scans."""
    wanted = set(keys)
    bulk.upsert(
        Tracker, [{"store_id": store, "key": key, **BLANK} for store, key in wanted], key=["store_id", "key"]
    )
    found = (
        Tracker.objects.filter(store_id__any={s for s, _ in wanted}, key__any={k for _, k in wanted})
        .order_by("pk")
        .select_for_update()
        .values_list("store_id", "key", "pk")
    )
    return {(store, key): pk for store, key, pk in found if (store, key) in wanted}


def keep_scans(told: Iterable[tuple[int, str, Collection[ScanFacts]]]) -> None:
    """Keep each scan once: (tracker, number, scans)."""
    rows = []
    for tracker, number, scans in told:
        for scan in scans:
            offset = scan.at.utcoffset()
            rows.append(
                {
                    "tracker_id": tracker,
                    "key": scan_key(number, scan),
                    "state": scan.state.value,
                    "at": scan.at,
                    "utc_offset": int(offset.total_seconds() // 60) if offset else 0,
                    "has_time": scan.has_time,
                    "place": scan.place,
                    "country": scan.country,
                    "words": scan.words,
                    "code": scan.code,
                }
            )
    bulk.upsert(Scan, rows, key=["tracker_id", "key"])


def _keep_estimates(told: Sequence[tuple[int, TrackerFacts]], ids: dict[Key, int]) -> None:
    """Keep what is said about the number as a whole; the account with the newest scan counts."""
    rows: dict[int, tuple[Any, dict[str, Any]]] = {}
    for store, facts in told:
        told_at = max((scan.at for scan in facts.scans), default=None)
        pk = ids[store, facts.number]
        row: dict[str, Any] = {
            "id": pk,
            "carrier_told": facts.carrier,
            "service": facts.service,
            "estimated_date": facts.estimated_date,
            "estimated_from": facts.estimated_from,
            "estimated_until": facts.estimated_until,
            "signed_by": facts.signed_by,
            "is_final": facts.is_final,
            "told_at": told_at,
        }
        rank = (told_at.timestamp() if told_at else 0, str(facts.estimated_date), repr(facts))
        best = rows.get(pk)
        if best is None or rank > best[0]:
            rows[pk] = (rank, row)
    _keep_first_words(told, ids)
    proved = "old.chosen_at IS NULL AND v.carrier_told <> ''"
    bulk.update(
        Tracker,
        [row for _, row in rows.values()],
        key=["id"],
        set_=[
            "carrier_told = coalesce(nullif(v.carrier_told, ''), old.carrier_told)",
            # Only a person's choice stands above what the carrier's own answer proves.
            f"carrier = CASE WHEN {proved} THEN v.carrier_told ELSE old.carrier END",
            f"confidence = CASE WHEN {proved} THEN 1 ELSE old.confidence END",
            "needs_a_person = old.needs_a_person AND v.carrier_told = ''",
            "service = coalesce(nullif(v.service, ''), old.service)",
            "signed_by = coalesce(nullif(v.signed_by, ''), old.signed_by)",
            "is_final = old.is_final OR v.is_final",
            "poll_due_at = CASE WHEN old.is_final OR v.is_final THEN NULL ELSE old.poll_due_at END",
        ],
    )
    bulk.update(
        Tracker,
        [row for _, row in rows.values()],
        key=["id"],
        set_=[f"{c} = v.{c}" for c in ("estimated_date", "estimated_from", "estimated_until", "told_at")],
        where=(
            "(coalesce(v.told_at, '-infinity'), coalesce(v.estimated_date::text, ''),"
            " coalesce(v.estimated_until::text, ''))"
            " >= (coalesce(old.told_at, '-infinity'), coalesce(old.estimated_date::text, ''),"
            " coalesce(old.estimated_until::text, ''))"
        ),
    )


def _keep_first_words(told: Sequence[tuple[int, TrackerFacts]], ids: dict[Key, int]) -> None:
    """Keep the first day that was ever named, whichever account of it comes first."""
    rows: dict[int, tuple[datetime, date]] = {}
    for store, facts in told:
        ends = facts.estimated_until or facts.estimated_from
        day = facts.estimated_date or (ends.date() if ends else None)
        told_at = max((scan.at for scan in facts.scans), default=None)
        if day and told_at:
            pk = ids[store, facts.number]
            rows[pk] = min(rows.get(pk, (told_at, day)), (told_at, day))
    bulk.update(
        Tracker,
        [{"id": pk, "first_told_at": at, "first_estimated_date": day} for pk, (at, day) in rows.items()],
        key=["id"],
        set_=["first_told_at = v.first_told_at", "first_estimated_date = v.first_estimated_date"],
        where="old.first_told_at IS NULL"
        " OR (v.first_told_at, v.first_estimated_date) < (old.first_told_at, old.first_estimated_date)",
    )
