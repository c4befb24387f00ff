"""What would have become of a stream of messages under a policy: the same rules, on a clock of our own.

Nothing is sent and nothing is read: who calls brings the stream. Used for the effect of a policy before it is
saved, for whole time machines, and to test the rules over random streams.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from passaparola.messages.rules.own_days import in_order
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.together import Wish, decide_together, said_now
from passaparola.messages.rules.values import Decision, History, OwnDay, Said, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """A message somebody wanted, for one person, at a moment."""

    wish: Wish
    person: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of it. `at` is when that was decided; a deferred one was still waiting at the end."""

    decision: Decision
    at: datetime
    waited: bool = False
    """It was not sent at once."""


def replay(
    stream: Iterable[Asked],
    policy: Policy,
    *,
    until: datetime,
    before: dict[int, History] | None = None,
) -> dict[int, Fate]:
    """Return the fate of each message of the stream by its key, as of `until`.

    `before`: what had been said to each person when the stream begins. People never influence each other, so
    each is gone through by themselves.
    """
    by_person: dict[int, list[Asked]] = defaultdict(list)
    for asked in stream:
        by_person[asked.person].append(asked)
    fates: dict[int, Fate] = {}
    for person, wanted in by_person.items():
        fates.update(_one_person(wanted, (before or {}).get(person, ()), policy, until))
    return fates


def _one_person(
    wanted: Sequence[Asked], said: History, policy: Policy, until: datetime
) -> Iterator[tuple[int, Fate]]:
    due = [(asked.at, asked.wish.key, asked) for asked in _with_own_days(wanted)]
    heapq.heapify(due)
    waiting: dict[int, tuple[Asked, Decision, datetime]] = {}
    spoken = list(said)
    while due and due[0][0] <= until:
        now = due[0][0]
        ripe = _ripe(due, now)
        ripe += [_pull(waiting, due, key) for key in _company(ripe, waiting)]
        decisions = decide_together([asked.wish for asked in ripe], tuple(spoken), policy, now)
        for asked in ripe:
            decision = decisions[asked.wish.key]
            waiting.pop(asked.wish.key, None)
            if decision.verdict is Verdict.DEFER and decision.until:
                waiting[asked.wish.key] = (asked, decision, now)
                heapq.heappush(due, (decision.until, asked.wish.key, asked))
            else:
                spoken += _spoken(asked, decision, now)
                yield asked.wish.key, Fate(decision, now, waited=now > asked.at)
    for key, (_, decision, at) in waiting.items():
        yield key, Fate(decision, at, waited=True)


def _with_own_days(wanted: Sequence[Asked]) -> Sequence[Asked]:
    """Tell each what live is known ahead: on which days something of this person's own is to be said."""
    cards = [asked for asked in wanted if asked.wish.intent.kind.is_of_a_day]
    days = in_order(
        OwnDay(card.at.astimezone(card.wish.situation.zone).date(), card.wish.intent.kind.purpose)
        for card in cards
    )
    if not days:
        return wanted
    return [
        replace(asked, wish=replace(asked.wish, situation=replace(asked.wish.situation, own_days=days)))
        for asked in wanted
    ]


def _ripe(due: list[tuple[datetime, int, Asked]], now: datetime) -> list[Asked]:
    found = []
    while due and due[0][0] <= now:
        found.append(heapq.heappop(due)[2])
    return found


def _company(ripe: Sequence[Asked], waiting: dict[int, tuple[Asked, Decision, datetime]]) -> list[int]:
    """Those that only wait for company are asked with every other one."""
    taken = {asked.wish.key for asked in ripe}
    return [
        key
        for key, (_, decision, _at) in waiting.items()
        if decision.reason == "gathering" and key not in taken
    ]


def _pull(
    waiting: dict[int, tuple[Asked, Decision, datetime]], due: list[tuple[datetime, int, Asked]], key: int
) -> Asked:
    asked = waiting[key][0]
    due[:] = [entry for entry in due if entry[1] != key]
    heapq.heapify(due)
    return asked


def _spoken(asked: Asked, decision: Decision, now: datetime) -> list[Said]:
    if decision.verdict is Verdict.SEND:
        return [said_now(asked.wish.intent, decision, now)]
    if decision.verdict is Verdict.MERGE:
        return [replace(said_now(asked.wish.intent, decision, now), is_merged=True)]
    return []
