"""Whoever writes to the shop is answered within the time that it promises as a rule."""

from collections.abc import Sequence
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


@on(CustomerWrote)
def promise_answers(batch: Sequence[CustomerWrote], now: datetime) -> None:
    """Owe one answer to each who wrote: several lines in a row are one question, from the first of them on."""
    firsts: dict[int, CustomerWrote] = {}
    for event in batch:
        if event.subject_id and not (wants_silence(event.words) or wants_words(event.words)):
            firsts.setdefault(event.subject_id, event)
    known = _answers(firsts)
    owed = {reach: event for reach, event in firsts.items() if not known.get(reach, (0, 0))[1]}
    due = standards.due([(event.store_id, KIND, event.happened_at) for event in owed.values()])
    promises.make(
        [
            Promised(
                store_id=event.store_id,
                # Numbered by those answered before: two workers that hear at once promise it once.
                key=f"{KIND}:{reach}:{known.get(reach, (0, 0))[0]}",
                kind=KIND,
                due_at=due[event.store_id, KIND, event.happened_at],
                evidence=event.words,
                order_id=event.order_id,
                customer_id=event.customer_id,
                subject_id=reach,
                said_in="standard",
                made_at=event.happened_at,
            )
            for reach, event in owed.items()
        ],
        now=now,
    )


def _answers(reaches: dict[int, CustomerWrote]) -> dict[int, tuple[int, int]]:
    """Return how many answers were ever owed to each address, and how many of them still are."""
    rows = Promise.objects.filter(kind=KIND, subject_id__in=reaches).values_list("subject_id")
    counted = rows.annotate(all=Count("pk"), still=Count("pk", filter=Q(OPEN)))
    return {reach: (n, still) for reach, n, still in counted}
