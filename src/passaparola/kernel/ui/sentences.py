"""How events are told on a timeline: each concept registers the sentences of its own events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """How one kind of event is told."""

    title: str | Promise
    icon: str = "circle"
    tone: str = ""
    more: Callable[[Data, str], str] = lambda data, currency: ""  # noqa: ARG005 - most have nothing to add
    """Given the event's data and the currency: what is added to the title, in the reader's language."""


SENTENCES: dict[str, Sentence] = {}
"""By the event's name."""


def register(sentences: Mapping[str, Sentence]) -> None:
    """Called in `AppConfig.ready()`."""
    SENTENCES.update(sentences)
