"""What templates say about cases: `{% load cases %}`."""

from decimal import Decimal

from django import template

from passaparola.cases.remedy import REMEDIES
from passaparola.cases.sentences import TROUBLES
from passaparola.cases.sentences import trouble as named
from passaparola.tracking import known_carriers

register = template.Library()


@register.filter
def trouble(kind: str) -> str:
    return named(kind)


@register.filter
def trouble_icon(kind: str) -> str:
    return TROUBLES.get(kind, TROUBLES["complaint"])[1]


@register.filter
def remedy_name(kind: str) -> str:
    return str(REMEDIES[kind].label) if kind in REMEDIES else kind


@register.filter
def remedy_icon(kind: str) -> str:
    return REMEDIES[kind].icon if kind in REMEDIES else "gift"


@register.filter
def carrier_name(key: str) -> str:
    return known_carriers.name_of(key)


@register.filter
def unlocalized(amount: Decimal | None) -> str:
    """Return `46.00` in any language: what a form takes back."""
    return f"{amount:.2f}" if amount is not None else ""
