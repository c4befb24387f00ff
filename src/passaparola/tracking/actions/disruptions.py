"""Strikes and closures that the team enters: they move the windows of what they hold up, and explain the delay."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from passaparola.stores.models import Member, Store
from passaparola.tracking.models import Disruption, Parcel


@transaction.atomic
def enter_disruption(
    store: Store,
    *,
    first: date,
    last: date,
    carrier: str = "",
    country: str = "",
    postcodes: Sequence[str] = (),
    words: tuple[str, str],
    by: Member,
    now: datetime,
) -> Disruption:
    """Keep it, with its sentence in English and Italian, and look again at the parcels it touches.

    From then on its days are no working days for them: their windows move, and a delay may be explained by it.
    """
    made = Disruption.objects.create(
        store=store,
        first=first,
        last=last,
        carrier=carrier,
        country=country,
        postcodes=list(postcodes),
        words_en=words[0],
        words_it=words[1],
        made_by=by,
        made_at=now,
    )
    _look_again(made, now)
    return made


@transaction.atomic
def withdraw_disruption(disruption: Disruption, *, now: datetime) -> None:
    """Say that it was not so: from now on it explains nothing any more."""
    if disruption.withdrawn_at is None:
        disruption.withdrawn_at = now
        disruption.save(update_fields=["withdrawn_at"])
        _look_again(disruption, now)


def _look_again(disruption: Disruption, now: datetime) -> None:
    """Have the loop look at every parcel under way that it may hold up, in batches of its own."""
    waiting = Parcel.objects.filter(store=disruption.store_id, check_at__isnull=False)
    if disruption.country:
        waiting = waiting.filter(order__shipping_address__country=disruption.country)
    # By postcode there is no need to choose: the rules do, and the others stay as they are.
    waiting.update(check_at=now)
