"""Telling which carrier has a number, and a person's word about it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from passaparola.orders.models import Fulfilment
from passaparola.stores.models import Member
from passaparola.tracking.actions.derive import derive
from passaparola.tracking.carrier import CARRIERS
from passaparola.tracking.models import Parcel, Tracker
from passaparola.tracking.rules.identify import Identification, identify
from passaparola.tracking.rules.poll import first_poll


@transaction.atomic
def choose_carrier(tracker: Tracker, *, carrier: str, by: Member, now: datetime) -> None:
    """Somebody of the team says whose number this is; it is never guessed over again."""
    del by
    tracker.carrier, tracker.confidence, tracker.needs_a_person = carrier, 1.0, False
    tracker.chosen_at, tracker.poll_due_at = now, poll_due(carrier, now, now)
    # What another carrier answered, or did not, says nothing about this one.
    tracker.first_polled_at, tracker.poll_failures, tracker.poll_reason = None, 0, ""
    tracker.save(
        update_fields=[
            "carrier",
            "confidence",
            "needs_a_person",
            "chosen_at",
            "poll_due_at",
            "first_polled_at",
            "poll_failures",
            "poll_reason",
        ]
    )
    derive(list(Parcel.objects.filter(tracker=tracker).values_list("pk", flat=True)), now=now)


def poll_due(carrier: str, announced_at: datetime, now: datetime) -> datetime | None:
    """When to ask the carrier first, where it is one that can be asked.

    Whether this shop has connected it is looked at when the time comes: it may do so later.
    """
    is_asked = carrier in CARRIERS and CARRIERS[carrier].answers_polls
    return first_poll(announced_at, now) if is_asked else None


class Lanes:
    """With which carriers a store's earlier parcels went where; counted once per batch and country."""

    def __init__(self) -> None:
        self._counts: dict[tuple[int, str], dict[str, int]] = {}

    def of(self, store_id: int, country: str) -> dict[str, int]:
        key = (store_id, country)
        if key not in self._counts:
            found = Parcel.objects.filter(
                store=store_id, order__shipping_address__country=country, tracker__confidence__gte=0.75
            )
            # The last few hundred say enough about habits, and the question stays cheap for ever.
            recent = found.order_by("-pk").values("pk")[:300]
            counted = (
                Tracker.objects.filter(parcels__in=recent).values_list("carrier").annotate(n=Count("pk"))
            )
            self._counts[key] = dict(counted)
        return self._counts[key]


def identify_trackers(
    told: Sequence[tuple[int, str, Fulfilment, str]], *, now: datetime
) -> list[dict[str, object]]:
    """Return columns for trackers (store, number, fulfilment, country) as the shop's words tell them."""
    lanes = Lanes()
    rows = []
    for store, number, fulfilment, country in told:
        found = _identify(number, fulfilment, country, lanes, store)
        rows.append(
            {
                "store_id": store,
                "key": number,
                "carrier": found.carrier_key if not found.needs_a_person else "",
                "carrier_words": fulfilment.carrier,
                "confidence": found.confidence,
                "needs_a_person": found.needs_a_person,
                "service": fulfilment.service,
                "poll_due_at": (
                    None if found.needs_a_person else poll_due(found.carrier_key, fulfilment.made_at, now)
                ),
                "first_polled_at": None,
            }
        )
    return rows


def _identify(number: str, fulfilment: Fulfilment, country: str, lanes: Lanes, store: int) -> Identification:
    without_habit = identify(
        number, carrier_words=fulfilment.carrier, destination_country=country, enabled=CARRIERS
    )
    if not without_habit.needs_a_person:
        return without_habit  # clear by itself: no question to the database
    return identify(
        number,
        carrier_words=fulfilment.carrier,
        destination_country=country,
        earlier_lanes=lanes.of(store, country),
        enabled=CARRIERS,
    )
