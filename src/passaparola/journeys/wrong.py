"""What is wrong in a journey, said in the words of the form: a file calls things otherwise than their fields."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passaparola.journeys.rules.settings import DocumentError
from passaparola.segments.builder import told_in_words

IN_THE_FORM: Mapping[str, str | Promise] = {
    "Say which event reaches the goal: “on: OrderPlaced”.": _(
        "Tick at least one event that reaches the goal."
    ),
    "Everybody would leave at once: say “on” or “if”.": _(
        "Everybody would leave at once: tick an event, or add a condition."
    ),
}
"""Sentences that show how a file is written, and what they are in the form."""


def told_in_form(
    error: DocumentError, labels: Mapping[str, str | Promise], steps: Mapping[str, str] | None = None
) -> str:
    """Return its sentence with settings by their labels (“In words”, not “words”), and steps by their titles."""
    if said := IN_THE_FORM.get(error.template):
        return str(said)
    named = {name: _called(name, str(value), labels, steps or {}) for name, value in error.params.items()}
    return told_in_words(DocumentError(error.template, error.where, **named))


def _called(name: str, value: str, labels: Mapping[str, str | Promise], steps: Mapping[str, str]) -> str:
    if name in {"id", "to"}:
        return steps.get(value, value)
    return str(labels.get(value, value)) if name in {"key", value} else value
