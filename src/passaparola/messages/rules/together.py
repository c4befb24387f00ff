"""Several messages to one person at once: whose turn it is, and which of them share a letter.

Whoever decides about one message of a person decides about all that are ripe, so that the outcome does not
depend on which of them a worker happened to take first, nor on how many it takes at a time.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from passaparola.messages.kind import KINDS
from passaparola.messages.rules.decide import decide
from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.values import SEND, Decision, History, Said, Situation, Verdict, merge


@dataclass(frozen=True, slots=True)
class Wish:
    """One of the messages. `key` is its place in the queue: the smaller was asked for earlier."""

    key: int
    intent: Intent
    situation: Situation


def decide_together(
    wishes: Sequence[Wish], history: History, policy: Policy, now: datetime
) -> dict[int, Decision]:
    """Return a decision for each of one person's messages that are ripe.

    An order's news go first, one letter an order. Then everything else by rank (service before ask before
    offer before news, and before these what belongs to this day) and by place: where a cap leaves room for one,
    the more important gets it.
    """
    if len(wishes) == 1:
        (one,) = wishes
        return {one.key: decide(one.intent, history, one.situation, policy, now)}
    found: dict[int, Decision] = {}
    said = history
    for letter in _letters(wishes):
        decisions = _one_letter(letter, said, policy, now)
        found |= decisions
        said += tuple(
            said_now(wish.intent, decisions[wish.key], now)
            for wish in letter
            if decisions[wish.key].verdict is Verdict.SEND
        )
    return found


def _letters(wishes: Sequence[Wish]) -> list[list[Wish]]:
    """Group what may share a letter, in the order in which it is decided about."""
    news: dict[tuple[int, str], list[Wish]] = defaultdict(list)
    rest: list[list[Wish]] = []
    for wish in sorted(wishes, key=lambda wish: (wish.intent.kind.rank, wish.key)):
        about = wish.intent.news_of
        if about:
            news[about].append(wish)
        else:
            rest.append([wish])
    urgent = [sorted(group, key=lambda w: (-w.intent.kind.urgency, w.key)) for group in news.values()]
    return urgent + rest


def _one_letter(letter: list[Wish], said: History, policy: Policy, now: datetime) -> dict[int, Decision]:
    """Decide on each by itself; of those that may go the most urgent leads and tells what the others would."""
    found = {wish.key: decide(wish.intent, said, wish.situation, policy, now) for wish in letter}
    if not any(decision.verdict is Verdict.SEND for decision in found.values()):
        return found
    going = [wish for wish in letter if _may_go_along(found[wish.key])]
    lead = going[0]
    if found[lead.key].verdict is not Verdict.SEND:
        found[lead.key] = SEND  # it only waited for company
    for wish in going[1:]:
        found[wish.key] = merge(lead.key, lead.intent.kind.key)
    return found


def _may_go_along(decision: Decision) -> bool:
    return decision.verdict is Verdict.SEND or decision.reason == "gathering"


def said_now(intent: Intent, decision: Decision, now: datetime) -> Said:
    """Return what a message becomes for those decided after it."""
    kind = KINDS[decision.instead] if decision.instead else intent.kind
    return Said(
        kind=kind.key,
        parcel_id=intent.parcel_id,
        sent_at=now,
        order_id=intent.order_id,
        purpose=kind.purpose,
        thing=kind.key if decision.instead else intent.thing,
        coupon="" if decision.instead else intent.coupon,
        is_apology=kind.is_apology,
    )
