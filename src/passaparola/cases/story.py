"""Both sides of a case: what we promised, what happened, what was noted, and what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passaparola.cases.actions.remedies import sentence
from passaparola.cases.models import Case, Claim, Note, Remedy, Trouble
from passaparola.cases.remedy import REMEDIES
from passaparola.cases.remedy import Remedy as Kind
from passaparola.cases.rules.claims import claim_by
from passaparola.cases.rules.ladder import Offer, ladder
from passaparola.cases.sentences import TROUBLES
from passaparola.cases.standing import Budget, budget_of, standing_of
from passaparola.kernel.models import EventRecord
from passaparola.kernel.ui.sentences import SENTENCES, Sentence
from passaparola.promises import standards, wording
from passaparola.promises.models import Promise
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel

if TYPE_CHECKING:
    from passaparola.promises.rules.commitments import Commitment

MOST_EVENTS = 40
NOT_TOLD = ("FulfilmentReported", "OrderEdited", "PromiseMade", "ParcelEndangered", "CaseJoined")
"""What says nothing about how it came to this, or what its promise says already."""


@dataclass(frozen=True)
class Happened:
    at: datetime
    title: str
    more: str
    icon: str
    tone: str


@dataclass(frozen=True)
class Step:
    """One step of the ladder, as it is shown."""

    kind: Kind
    offer: Offer
    why_not: str


@dataclass(frozen=True)
class Written:
    """A note, and what it promises that nobody has kept as a promise yet."""

    note: Note
    suggestions: "Sequence[tuple[int, Commitment]]"


@dataclass(frozen=True)
class Story:
    case: Case
    who: str
    title: str
    troubles: Sequence[Trouble]
    promises: Sequence[Promise]
    events: Sequence[Happened]
    steps: Sequence[Step]
    remedies: Sequence[Remedy]
    notes: Sequence[Written]
    parcels: Sequence[tuple[Parcel, Claim | None, date | None]]
    """With what was asked of its carrier, and the last day for it."""
    budget: Budget


def tell(case: Case, *, is_owner: bool, now: datetime) -> Story:
    """Load a case with everything its page shows: a dozen statements."""
    troubles = list(case.troubles.order_by("-settled_at", "opened_at"))
    return Story(
        case=case,
        who=who_of(case),
        title=title_of(case),
        troubles=sorted(troubles, key=lambda one: (one.settled_at is not None, one.opened_at)),
        promises=list(case.promises().select_related("owner").order_by("due_at")),
        events=events_of(case),
        steps=_steps(case, is_owner=is_owner, now=now),
        remedies=list(case.remedies.select_related("granted_by").order_by("granted_at")),
        notes=_notes(case, now),
        parcels=_parcels(case),
        budget=budget_of(case.store, now=now),
    )


def title_of(case: Case) -> str:
    return str(TROUBLES.get(case.cause, TROUBLES["complaint"])[0])


def reasons_of(cases: Sequence[Case]) -> dict[int, str]:
    """Return why each open case needs somebody: of a promise its own words, else what went wrong. Two statements."""
    told = [case.pk for case in cases if case.cause in _ABOUT_PROMISES]
    keys: dict[str, int] = {}
    for trouble in Trouble.objects.open().filter(case__in=told, kind__in=_ABOUT_PROMISES).order_by("pk"):
        keys[trouble.key.partition(":")[2]] = trouble.case_id or 0
    promises = {str(p.pk): p for p in Promise.objects.filter(pk__in=keys)} if keys else {}
    said = {case: wording.said(promises[key]) for key, case in keys.items() if key in promises}
    return {
        case.pk: str(_ABOUT_PROMISES[case.cause]) % {"words": said[case.pk]}
        if case.pk in said and case.cause in _ABOUT_PROMISES
        else title_of(case)
        for case in cases
    }


_ABOUT_PROMISES = {
    "broken_promise": gettext_lazy("Broken: “%(words)s”"),
    "endangered_promise": gettext_lazy("In danger: “%(words)s”"),
}


def icon_of(case: Case) -> str:
    return TROUBLES.get(case.cause, TROUBLES["complaint"])[1]


def who_of(case: Case) -> str:
    if case.order:
        name = case.order.shipping_address.get("name") or str(case.customer or "")
        return name or str(case.order)
    return str(case.customer or _("Somebody"))


def events_of(case: Case) -> list[Happened]:
    """What happened, oldest first: a story is read from its beginning."""
    found = EventRecord.objects.filter(store_id=case.store_id)
    found = (
        found.filter(order_id=case.order_id)
        if case.order_id
        else found.filter(customer_id=case.customer_id, order_id=None)
    )
    rows = list(found.exclude(kind__in=NOT_TOLD).order_by("-happened_at", "-pk")[:MOST_EVENTS])
    lines = [_told(row, case.store.currency) for row in reversed(rows)]
    return list(dict.fromkeys(lines))


def _told(row: EventRecord, currency: str) -> Happened:
    said = SENTENCES.get(row.kind) or Sentence(row.kind)
    data = row.data if isinstance(row.data, dict) else {}
    return Happened(row.happened_at, str(said.title), said.more(data, currency), said.icon, said.tone)


def _steps(case: Case, *, is_owner: bool, now: datetime) -> list[Step]:
    if case.closed_at:
        return []
    offers = ladder(REMEDIES.values(), standing_of(case, is_owner=is_owner, now=now))
    return [Step(REMEDIES[o.key], o, sentence(o.no) if o.no else "") for o in offers]


def _notes(case: Case, now: datetime) -> list[Written]:
    notes = list(case.notes.select_related("by").order_by("-written_at", "-pk"))
    if not notes:
        return []
    kept = set(
        Promise.objects.filter(
            store=case.store_id, key__in=[f"note:{n.pk}:{i}" for n in notes for i in range(5)]
        ).values_list("key", flat=True)
    )
    return [
        Written(
            note,
            [
                (place, one)
                for place, one in enumerate(commitments_in(note, case.store))
                if f"note:{note.pk}:{place}" not in kept and one.due_at > now and not case.closed_at
            ],
        )
        for note in notes
    ]


def commitments_in(note: Note, store: Store) -> "list[Commitment]":
    # Only where notes are read: building its patterns is an eighth of starting a process.
    from passaparola.promises.rules.commitments import find

    opening = standards.opening_of(store, now=note.written_at)
    return find(note.words, said_at=note.written_at, opening=opening)[:5]


def _parcels(case: Case) -> list[tuple[Parcel, Claim | None, date | None]]:
    if not case.order_id:
        return []
    claims = {claim.parcel_id: claim for claim in case.claims.all()}
    found = Parcel.objects.filter(order=case.order_id, cancelled_at=None).select_related("tracker", "order")
    damaged = case.troubles.filter(kind="damaged").exists()
    return [
        (parcel, claims.get(parcel.pk), last_day(parcel, is_damage=damaged))
        for parcel in found.order_by("pk")
    ]


def last_day(parcel: Parcel, *, is_damage: bool) -> date | None:
    """Return until when something may be asked of the carrier."""
    return claim_by(
        parcel.tracker.carrier if parcel.tracker else "",
        is_damage=is_damage,
        handed_over=parcel.picked_up_at.date() if parcel.picked_up_at else None,
        arrived=parcel.delivered_at.date() if parcel.delivered_at else None,
    )
