"""Before the handing over: decides again about what is due, and writes the letters of what goes out."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from passaparola.kernel.database import bulk
from passaparola.kernel.database.halves import by_halves
from passaparola.messages.actions.ask import decided, plain_reason
from passaparola.messages.actions.due import Due
from passaparola.messages.actions.instead import tell_by_mail
from passaparola.messages.askers import no_longer_meant, words_on
from passaparola.messages.channel import CHANNELS, Packed, UnsendableError
from passaparola.messages.deciding import decide_all
from passaparola.messages.kind import KINDS, MessageKind
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.messages.reaching import Lines
from passaparola.messages.rendering.texts import TemplateError
from passaparola.messages.rules.values import Decision, Verdict, defer, drop
from passaparola.messages.situations import Situations

logger = logging.getLogger(__name__)

MENDED_WITHIN = timedelta(minutes=15)
"""How long to wait for somebody to mend a template."""
SENT_OTHERWISE = frozenset({"plain_instead", "offer_left_out"})
"""Reasons that stay with a message that was sent."""


@dataclass
class Prepared:
    """What was decided about a batch."""

    due: dict[int, Due] = field(default_factory=dict)
    packed: list[tuple[str, Packed]] = field(default_factory=list)
    claimed: list[dict[str, Any]] = field(default_factory=list)
    joined: list[dict[str, Any]] = field(default_factory=list)
    leading: list[dict[str, Any]] = field(default_factory=list)
    """Letters that tell others along."""
    settled: list[dict[str, Any]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    """What a channel can never send."""

    def write(self, token: int, now: datetime) -> None:
        """Say, for good, who hands over what, and what is not handed over."""
        settled = ["due_at", "deferred_at", "dropped_at", "failed_at", "reason", "reason_data"]
        bulk.update(Message, self.settled, key=["id"], set_=[f"{name} = v.{name}" for name in settled])
        rows = [row | {"claimed_by": token, "claimed_at": now} for row in self.claimed]
        claimed = [name for name in rows[0] if name != "id"] if rows else []
        bulk.update(Message, rows, key=["id"], set_=[f"{name} = v.{name}" for name in claimed])
        bulk.update(Message, self.leading, key=["id"], set_=["data = v.data"])
        along = [row | {"claimed_by": token, "claimed_at": now} for row in self.joined]
        kept = ["merged_into_id", "claimed_by", "claimed_at"]
        bulk.update(Message, along, key=["id"], set_=[f"{name} = v.{name}" for name in kept])
        if self.refused:
            tell_by_mail(self.refused, now=now)

    def add(self, more: "Prepared") -> None:
        self.due |= more.due
        self.packed += more.packed
        self.claimed += more.claimed
        self.joined += more.joined
        self.leading += more.leading
        self.settled += more.settled
        self.refused += more.refused

    def set_aside(self, message: Due, error: Exception, now: datetime) -> None:
        """Try again when somebody may have mended it, as long as it is worth sending."""
        logger.error("Message %s could not be prepared.", message.pk, exc_info=error)
        until = now + MENDED_WITHIN
        words = type(error).__name__
        is_over = message.expires_at <= until
        reason = drop("unrenderable", words=words) if is_over else defer(until, "unrenderable", words=words)
        self.settle(message, reason, now)

    def settle(self, message: Due, decision: Decision, now: datetime) -> None:
        """Note that this one does not go out now."""
        self.settled.append({"id": message.pk, "failed_at": None} | decided(decision, now))

    def claim(self, message: Due, kind: MessageKind, packed: Packed) -> None:
        """Note that this one is handed over."""
        self.packed.append((message.channel, packed))
        self.claimed.append(
            {
                "id": message.pk,
                "kind": kind.key,
                "purpose": kind.purpose.value,
                "fallback": message.fallback,
                "template_id": message.template_id,
                "message_id": packed.message_id,
                "template_version": packed.template_version,
                "subject": packed.subject,
                "reason": message.reason if message.reason in SENT_OTHERWISE else "",
                "reason_data": message.reason_data if message.reason in SENT_OTHERWISE else {},
            }
        )

    def join(self, merged: Sequence[tuple[Due, Decision]]) -> None:
        """Note whose letter tells them. Where that letter could not be written they are decided about anew."""
        leads = {row["id"] for row in self.claimed}
        self.joined += [
            {"id": message.pk, "merged_into_id": decision.into}
            for message, decision in merged
            if decision.into in leads
        ]

    def by_channel(self) -> Iterator[tuple[str, list[Packed]]]:
        ordered = sorted(self.packed, key=lambda pair: pair[0])
        for key, pairs in groupby(ordered, key=lambda pair: pair[0]):
            yield key, [packed for _, packed in pairs]


def prepare(due: Sequence[Due], now: datetime) -> Prepared:
    """Prepare a batch; a message that makes us stumble is set aside, the others of all shops go out."""
    found = Prepared()
    by_halves(
        due,
        lambda part: found.add(_prepare_together(part, now)),
        give_up=lambda message, error: found.set_aside(message, error, now),
    )
    return found


def _prepare_together(due: Sequence[Due], now: datetime) -> Prepared:
    """Decide on each with what is true now, and write the letters of those that go out."""
    found = Prepared(due={message.pk: message for message in due})
    stopped = words_on(due, now)
    for message in due:
        if message.pk in stopped:
            found.settle(message, stopped[message.pk], now)
    due = [message for message in due if message.pk not in stopped]
    situations = Situations.of(due, now)
    situations.taken_back = no_longer_meant(due, now)
    decisions = decide_all(due, situations, now)
    merged = [(message, decisions[message.pk]) for message in due if decisions[message.pk].into]
    told = _told_along(merged)
    sending: list[tuple[Due, MessageKind]] = []
    for message in due:
        decision = decisions[message.pk]
        if decision.verdict is Verdict.SEND:
            going = _going(message, decision, told.get(message.pk, []))
            found.due[message.pk] = going
            if going.data is not message.data:
                found.leading.append({"id": going.pk, "data": going.data})
            sending.append((going, KINDS[going.kind]))
        elif decision.verdict is not Verdict.MERGE:
            found.settle(message, decision, now)
    letters = Letters.of(sending, situations.stores, now)
    lines = Lines.of([message for message, _ in sending])
    letters.opens_seals = True
    for message, kind in sending:
        _pack(message, kind, letters, lines, found)
    found.join(merged)
    return found


def _told_along(merged: Sequence[tuple[Due, Decision]]) -> dict[int, list[dict[str, Any]]]:
    """Return, by the message that leads, what its letter tells beside its own news."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for message, decision in merged:
        found[decision.into or 0].append({"kind": message.kind, "parcel": message.parcel_id})
    return found


def _going(message: Due, decision: Decision, told: list[dict[str, Any]]) -> Due:
    """Return the message as it goes out: plain where the offer may not be made, with what it tells along."""
    if told or "joined" in message.data:
        message = message._replace(data={**message.data, "joined": told})
    if not decision.instead:
        return message
    purpose = KINDS[decision.instead].purpose.value
    return message._replace(
        kind=decision.instead,
        purpose=purpose,
        fallback="",
        template_id=None,
        reason=plain_reason(decision),
        reason_data=decision.params,
    )


def _pack(message: Due, kind: MessageKind, letters: Letters, lines: Lines, found: Prepared) -> None:
    now, channel = letters.now, CHANNELS[message.channel]
    try:
        letter = letters.letter(message, kind)
        if channel.is_connected:
            letter = replace(letter, account=lines.account(message), reached=lines.known(message))
        packed = channel.pack(letter)
    except UnsendableError as error:
        found.settle(message, drop("refused", words=str(error)), now)
        found.settled[-1] |= {"dropped_at": None, "failed_at": now}
        found.refused.append(message.pk)
    except TemplateError as error:
        logger.error("The texts of “%s” can't be rendered: %s", kind.key, error)  # noqa: TRY400 - no traceback of Liquid
        found.settle(message, defer(now + MENDED_WITHIN, "unrenderable", words=str(error)), now)
    else:
        found.claim(message, kind, packed)
