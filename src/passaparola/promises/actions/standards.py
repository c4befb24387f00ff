"""What the shop states: how fast it is, and when it is there."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from passaparola.promises.kind import KINDS
from passaparola.promises.models import OpeningHours, Standard
from passaparola.promises.rules.opening import Period
from passaparola.stores.models import Store


def set_standard(store: Store, *, kind: str, amount: int, now: datetime) -> None:
    """State how fast the shop is. Promises already made keep their time; the law's limit is never exceeded."""
    about = KINDS[kind]
    amount = min(amount, about.most) if about.most else amount
    Standard.objects.update_or_create(store=store, kind=kind, defaults={"amount": amount, "changed_at": now})


def set_hours(store: Store, *, week: Sequence[Sequence[Period]], closed: Collection[date]) -> None:
    """State when somebody is there."""
    texts = [[[start.isoformat("minutes"), end.isoformat("minutes")] for start, end in day] for day in week]
    OpeningHours.objects.update_or_create(
        store=store, defaults={"week": texts, "closed": sorted(day.isoformat() for day in closed)}
    )
