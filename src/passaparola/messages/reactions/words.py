"""Whoever writes to the shop is answered within the time that it promises as a rule."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, Q

from passaparola.kernel.events import on
from passaparola.messages.events import CustomerWrote
from passaparola.messages.rules.stop import wants_silence, wants_words
from passaparola.promises import actions as promises
from passaparola.promises import standards
from passaparola.promises.actions import Promised
from passaparola.promises.models import OPEN, Promise

KIND = "reply_message"
MOST_STRANGERS = 10
"""People nobody knows cost nothing to make up: so many are each owed an answer at a time, all others together one."""
MANY_STRANGERS = {
    "en": "Many people we don’t know are writing, this one among them: look at the channel itself.",
    "it": "Scrivono molte persone che non conosciamo, tra cui questa: guardare direttamente sul canale.",
}


@on(CustomerWrote)
def promise_answers(batch: Sequence[CustomerWrote], now: datetime) -> None:
    """Owe one answer to each who wrote: several lines in a row are one question, from the first of them on."""
    firsts: dict[int, CustomerWrote] = {}
    for event in batch:
        if event.subject_id and not (wants_silence(event.words) or wants_words(event.words)):
            firsts.setdefault(event.subject_id, event)
    known = _answers(firsts)
    owed = [event for reach, event in firsts.items() if not known.get(reach, (0, 0))[1]]
    single, crowd = _apart(owed)
    due = standards.due([(event.store_id, KIND, event.happened_at) for event in owed])
    promises.make(
        [_promised(event, _number(event, known), due) for event in single]
        # Numbered by those answered before, too: of a crowd one promise is open at a time.
        + [replace(_promised(event, key, due), words=MANY_STRANGERS) for event, key in _shared(crowd)],
        now=now,
    )


def _promised(event: CustomerWrote, key: str, due: Mapping[standards.Asked, datetime]) -> Promised:
    return Promised(
        store_id=event.store_id,
        key=f"{KIND}:{key}",
        kind=KIND,
        due_at=due[event.store_id, KIND, event.happened_at],
        evidence=event.words,
        order_id=event.order_id,
        customer_id=event.customer_id,
        subject_id=event.subject_id,
        said_in="standard",
        made_at=event.happened_at,
    )


def _number(event: CustomerWrote, known: Mapping[int, tuple[int, int]]) -> str:
    """Number it by those answered before: two workers that hear at once promise it once."""
    return f"{event.subject_id}:{known.get(event.subject_id or 0, (0, 0))[0]}"


def _apart(owed: Sequence[CustomerWrote]) -> tuple[list[CustomerWrote], list[CustomerWrote]]:
    """Return who is owed an answer of their own, and the strangers who are one too many."""
    strangers = [event for event in owed if event.customer_id is None]
    if not strangers:
        return list(owed), []
    rows = Promise.objects.open().filter(
        store__in={event.store_id for event in strangers}, kind=KIND, customer=None
    )
    waiting = Counter(rows.values_list("store_id", flat=True))
    single: list[CustomerWrote] = []
    crowd: list[CustomerWrote] = []
    for event in owed:
        is_stranger = event.customer_id is None
        waiting[event.store_id] += is_stranger
        is_too_many = is_stranger and waiting[event.store_id] > MOST_STRANGERS
        (crowd if is_too_many else single).append(event)
    return single, crowd


def _shared(crowd: Sequence[CustomerWrote]) -> Iterator[tuple[CustomerWrote, str]]:
    """Yield the first of each shop's crowd, with the key of the promise that stands for all of them."""
    firsts: dict[int, CustomerWrote] = {}
    for event in crowd:
        firsts.setdefault(event.store_id, event)
    for store, event in firsts.items():
        before = Promise.objects.filter(store=store, kind=KIND, key__startswith=f"{KIND}:strangers:")
        if not before.open().exists():
            yield event, f"strangers:{before.count()}"


def _answers(reaches: dict[int, CustomerWrote]) -> dict[int, tuple[int, int]]:
    """Return how many answers were ever owed to each address, and how many of them still are."""
    rows = Promise.objects.filter(kind=KIND, subject_id__in=reaches).values_list("subject_id")
    counted = rows.annotate(all=Count("pk"), still=Count("pk", filter=Q(OPEN)))
    return {reach: (n, still) for reach, n, still in counted}
