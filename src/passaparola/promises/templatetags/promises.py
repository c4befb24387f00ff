"""What templates say about promises: `{% load promises %}`."""

from django import template
from django.utils import timezone

from passaparola.promises import wording
from passaparola.promises.kind import kind_of
from passaparola.promises.models import Promise
from passaparola.promises.rules.outcome import Outcome
from passaparola.tracking import known_carriers

register = template.Library()
OPEN = (Outcome.OPEN, Outcome.ENDANGERED, Outcome.BROKEN)


@register.filter
def said(promise: Promise) -> str:
    return wording.said(promise)


@register.filter
def due_words(promise: Promise) -> str:
    return wording.due_words(promise, timezone.now())


@register.filter
def outcome_word(promise: Promise) -> str:
    return str(wording.OUTCOMES[promise.outcome][0])


@register.filter
def outcome_tone(promise: Promise) -> str:
    return wording.OUTCOMES[promise.outcome][1]


@register.filter
def is_open(promise: Promise) -> bool:
    return promise.outcome in OPEN


@register.filter
def promise_name(kind: str) -> str:
    return str(kind_of(kind).label)


@register.filter
def points(number: float) -> str:
    """`−8`, `+3`, `0`: percentage points with their sign."""
    return f"{round(number):+d}".replace("-", "−") if round(number) else "0"


@register.filter
def carrier(key: str) -> str:
    return known_carriers.name_of(key)
