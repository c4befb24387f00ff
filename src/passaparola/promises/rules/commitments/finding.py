"""From a text to the commitments in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from passaparola.promises.rules.commitments.plain import Sentence, clauses, sentences
from passaparola.promises.rules.commitments.saying import (
    CONDITION,
    DOUBT,
    NEGATION,
    NO_CONDITION,
    NO_NEGATION,
    REQUEST,
    Act,
    acts,
    with_subjects,
)
from passaparola.promises.rules.commitments.when import When, whens
from passaparola.promises.rules.opening import Opening, end_of

KINDS = {Act.CALL: "call_back", Act.REFUND: "refund", Act.REPLY: "reply_email"}
"""What it is kept as; all else is a commitment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One thing said: the sentence as it stands in the text, what is promised, and by when."""

    words: str
    kind: str
    due_at: datetime


class _Clause(NamedTuple):
    acts: list[Act]
    whens: list[When]


def find(text: str, *, said_at: datetime, opening: Opening) -> list[Commitment]:
    """Return the commitments in what one of us wrote at `said_at`, in the order of the text.

    A day that is named is due when the shop shuts; what is to arrive has until the end of that day.
    """
    return [
        Commitment(words=text[sentence.start : sentence.end].strip(), kind=_kind(act), due_at=at)
        for sentence in sentences(text)
        for act, at in _in_sentence(sentence, said_at, opening)
    ]


def _in_sentence(sentence: Sentence, said_at: datetime, opening: Opening) -> Iterator[tuple[Act, datetime]]:
    if sentence.is_question or _is_conditional(sentence.plain):
        return
    words = with_subjects(clauses(sentence.plain))
    parts = [
        _Clause(acts(each) if _is_ours(each) else [], whens(each, said_at=said_at, opening=opening))
        for each in words
        if not DOUBT.search(each)
    ]
    doubted = any(DOUBT.search(each) and acts(each) for each in words)
    pairs = [(part.acts[0], part.whens[-1]) for part in parts if part.acts and part.whens]
    said = sorted((act for part in parts for act in part.acts), key=list(Act).index)
    timed = [when for part in parts for when in part.whens]
    if len(pairs) > 1:
        yield from ((act, _due(act, when, opening)) for act, when in pairs)
    elif said and timed and not (doubted and not pairs):
        # “Verifico domani e le faccio sapere”: one time for both, and the more telling of the two.
        act = said[0]
        when = pairs[0][1] if pairs else timed[0]
        yield act, _due(act, when, opening)


def _is_conditional(words: str) -> bool:
    return bool(CONDITION.search(NO_CONDITION.sub(" ", words)))


def _is_ours(clause: str) -> bool:
    return not NEGATION.search(NO_NEGATION.sub(" ", clause)) and not REQUEST.search(clause)


def _due(act: Act, when: When, opening: Opening) -> datetime:
    if act is Act.ARRIVE and when.is_day:
        return end_of(when.at.astimezone(opening.zone).date(), opening.zone)
    return when.at


def _kind(act: Act) -> str:
    return KINDS.get(act, "commitment")
