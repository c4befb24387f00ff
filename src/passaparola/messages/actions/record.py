"""Keeping what became of messages: set-based, in small batches right after the other side's answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from passaparola.cases import actions as cases
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit
from passaparola.messages.actions.due import Due
from passaparola.messages.actions.instead import tell_by_mail
from passaparola.messages.actions.silences import Silence, silence
from passaparola.messages.channel import Outcome, Result, rights_of
from passaparola.messages.events import MessageFailed, MessageSent
from passaparola.messages.kind import kind_of, whose
from passaparola.messages.models import WAITING, Message, SuppressionReason
from passaparola.messages.rules.retry import retry_at
from passaparola.messages.rules.values import Purpose

WORTH_TELLING = frozenset({Purpose.ASK, Purpose.OFFER, Purpose.NEWS})
"""What we wanted counts for caps and journeys. What we owed is told by its own row: an event for each mail
would cost a tenth of all the work of sending it."""
_REASONS = {
    Result.LATER: "retry",
    Result.REFUSED: "refused",
    Result.UNKNOWN: "no_answer",
    Result.DOWN: "server_down",
}


def record(
    outcomes: Sequence[Outcome], due: dict[int, Due], *, token: int, pause: timedelta, now: datetime
) -> None:
    """Keep the outcomes of messages that this worker (`token`) claimed, and let go of them.

    A row that somebody else took over meanwhile, believing us dead, is left to them.
    """
    if not outcomes:
        return
    with transaction.atomic():
        rows = [_row(outcome, due[outcome.pk], token=token, pause=pause, now=now) for outcome in outcomes]
        written = bulk.update(
            Message,
            rows,
            key=["id"],
            set_=[
                "sent_at = v.sent_at",
                "failed_at = v.failed_at",
                "deferred_at = v.deferred_at",
                "due_at = v.due_at",
                "attempts = v.attempts",
                "uncertain_at = coalesce(v.uncertain_at, old.uncertain_at)",
                "reason = coalesce(v.reason, old.reason)",
                "reason_data = CASE WHEN v.reason IS NULL THEN old.reason_data ELSE v.reason_data END",
                "claimed_by = NULL",
                "claimed_at = NULL",
            ],
            where="old.sent_at IS NULL AND (old.claimed_by = v.claimed_by OR old.claimed_by IS NULL)",
            returning=["old.id"],
        )
        kept = {pk for (pk,) in written}
        told = [outcome for outcome in outcomes if outcome.pk in kept]
        _settle_merged([outcome for outcome in told if due[outcome.pk].data.get("joined")], due, now)
        _tell(told, due, now)


def _row(outcome: Outcome, message: Due, *, token: int, pause: timedelta, now: datetime) -> dict[str, Any]:
    result, attempts = outcome.result, message.attempts
    is_tried = result is not Result.DOWN
    waits = {Result.LATER: retry_at(attempts + 1, now), Result.UNKNOWN: retry_at(attempts + 1, now)}
    due_at = waits.get(result, now + pause if result is Result.DOWN else now)
    is_over = result in {Result.SENT, Result.REFUSED}
    return {
        "id": outcome.pk,
        "claimed_by": token,
        "sent_at": now if result is Result.SENT else None,
        "failed_at": now if result is Result.REFUSED else None,
        "deferred_at": None if is_over else now,
        "due_at": due_at,
        "attempts": attempts + is_tried,
        "uncertain_at": now if result is Result.UNKNOWN else None,
        "reason": _REASONS.get(result),
        "reason_data": {"words": outcome.words} if result in _REASONS else {},
    }


def _settle_merged(leads: Sequence[Outcome], due: dict[int, Due], now: datetime) -> None:
    """What a letter told along is told with it; where the letter did not go, it is decided about anew."""
    if not leads:
        return
    sent = {outcome.pk for outcome in leads if outcome.result is Result.SENT}
    mine = Message.objects.filter(WAITING, claimed_at__isnull=False)
    for pk in sent:
        mine.filter(merged_into=pk).update(
            dropped_at=now,
            deferred_at=None,
            reason="merged",
            reason_data={"by": due[pk].kind},
            claimed_by=None,
            claimed_at=None,
        )
    for outcome in leads:
        if outcome.pk not in sent:
            maybe = {"uncertain_at": now} if outcome.result is Result.UNKNOWN else {}
            mine.filter(merged_into=outcome.pk).update(
                merged_into=None, claimed_by=None, claimed_at=None, due_at=now, **maybe
            )


def _tell(outcomes: Sequence[Outcome], due: dict[int, Due], now: datetime) -> None:
    """Tell what was sent and what failed for good; silence dead addresses."""
    events: list[MessageSent | MessageFailed] = []
    for outcome in outcomes:
        message = due[outcome.pk]
        common: dict[str, Any] = {
            "store_id": message.store_id,
            "happened_at": now,
            **whose(message.kind, customer_id=message.customer_id, order_id=message.order_id),
            "subject_id": message.pk,
            "message": message.kind,
            "channel": message.channel,
        }
        if outcome.result is Result.SENT and Purpose(message.purpose) in WORTH_TELLING:
            events.append(MessageSent(key=f"message:{message.pk}:sent", **common))
        elif outcome.result is Result.REFUSED:
            events.append(
                MessageFailed(key=f"message:{message.pk}:failed", words=outcome.words[:300], **common)
            )
    emit(events, now=now)
    _suppress([outcome for outcome in outcomes if outcome.is_dead_address], due, now)
    tell_by_mail([outcome.pk for outcome in outcomes if outcome.result is Result.REFUSED], now=now)
    sent = [due[outcome.pk] for outcome in outcomes if outcome.result is Result.SENT]
    sorry = {m.order_id for m in sent if m.order_id and (kind := kind_of(m.kind)) and kind.is_apology}
    if sorry:
        cases.apologised(sorry, now=now)


def _suppress(dead: Sequence[Outcome], due: dict[int, Due], now: datetime) -> None:
    silences = [
        Silence(
            store_id=due[outcome.pk].store_id,
            channel=rights_of(due[outcome.pk].channel),
            address=due[outcome.pk].to_address,
            reason=SuppressionReason.HARD_BOUNCE.value,
            words=outcome.words,
            source="answer",
        )
        for outcome in dead
    ]
    silence(silences, now=now)
