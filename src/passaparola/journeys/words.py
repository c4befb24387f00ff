"""What the office calls steps, their settings and the moments they count from."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.letters import Names
from passaparola.journeys.rules.document import Placed
from passaparola.segments.words import event, events_grouped, length

__all__ = [
    "ENDINGS",
    "MOMENTS",
    "TASKS",
    "EventGroup",
    "StepWords",
    "ending",
    "endings",
    "events_to_tick",
    "length",
    "said",
    "words_of",
]


@dataclass(frozen=True, kw_only=True)
class StepWords:
    """`steps/<kind>/words.py` has one as `words`."""

    label: str | Promise
    icon: str
    about: str | Promise
    """One line for whoever chooses a step."""
    settings: Mapping[str, str | Promise] = field(default_factory=dict)
    """What each setting is called."""
    hints: Mapping[str, str | Promise] = field(default_factory=dict)
    ways: Mapping[str, str | Promise] = field(default_factory=dict)
    says: Callable[[Mapping[str, Any]], str] = lambda settings: ""  # noqa: ARG005 - most say it by their label
    """What one such step does, with its settings, in the reader's language."""
    card: Callable[[Mapping[str, Any], str], tuple[str, str]] | None = None
    """What stands on its card, in bold and below, given what it says; without one its label, and that."""
    is_pill: bool = False
    """Drawn small, between the others: waits."""
    tone: str = "accent"
    rank: int = 50
    """Where it stands among the steps to choose from: what is used most comes first."""
    rare: tuple[str, ...] = ()
    """Settings that few need: folded away until one of them is set."""


@cache
def words_of(kind: str) -> StepWords:
    words: StepWords = import_module(f"passaparola.journeys.steps.{kind}.words").words
    return words


def said(placed: Placed, names: Names) -> str:
    """What a step does, in the reader's language; `names` are the shop's own letters."""
    letter = names.get(str(placed.settings.get("message")))
    return letter or words_of(placed.kind).says(placed.settings)


MOMENTS: Mapping[str, str | Promise] = {
    "event": _("what started the journey"),
    "order_placed": _("the order"),
    "handover": _("the handover to the carrier"),
    "arrival": _("the day of arrival"),
    "delivered": _("the delivery"),
    "birthday": _("the birthday"),
    "last_order": _("the last order"),
}


TASKS: Mapping[str, str | Promise] = {
    "call": _("a call"),
    "write": _("a message by hand"),
    "card": _("a card by hand"),
    "check": _("a look"),
}


@dataclass(frozen=True)
class EventGroup:
    """Events of one sort, to be ticked."""

    label: str
    events: list[tuple[str, str, bool]]
    """Key, words, and whether it is ticked."""

    @property
    def ticked(self) -> int:
        return sum(is_ticked for *_, is_ticked in self.events)


def events_to_tick(kinds: Iterable[str], ticked: Collection[str]) -> list[EventGroup]:
    return [
        EventGroup(label, [(key, words, key in ticked) for key, words in options])
        for label, options in events_grouped(kinds)
    ]


ENDINGS: Mapping[str, str | Promise] = {
    "finished": _("went to the end"),
    "stopped": _("stopped at a step"),
    "goal": _("reached the goal"),
    "exit": _("left: a way out became true"),
    "by_hand": _("stopped by the team"),
    "merged": _("left: is the same person as another one in it"),
    "erased": _("left: the data was erased"),
    "order_deleted": _("left: the order was deleted"),
    "never_known": _("left: the day to wait for never became known"),
    "held_out": _("left alone, to see what the journey is worth"),
}


_SAME = {"order_cancelled": "exit:OrderCancelled"}
"""Whether a way out says so or not: to whoever reads it the order was cancelled, both times."""


def endings(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return why people are in it no more, in words, the most frequent first; what reads the same counts together."""
    said: Counter[str] = Counter()
    for reason, count in counts.items():
        said[ending(reason)] += count
    return [(words, count) for words, count in said.most_common() if count]


def ending(reason: str) -> str:
    """Why it is over, in the reader's language."""
    reason = _SAME.get(reason, reason)
    if reason.startswith("exit:"):
        return gettext("left: %(event)s") % {"event": event(reason.removeprefix("exit:"))}
    return str(ENDINGS.get(reason, reason))
