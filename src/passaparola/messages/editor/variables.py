"""What templates may speak of, each with an example: the list beside the editor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from passaparola.messages.kind import MessageKind
from passaparola.messages.rendering.content import content
from passaparola.messages.rendering.example import example
from passaparola.stores.models import Store


class Variable(NamedTuple):
    liquid: str
    words: str
    example: str


def variables(store: Store, kind: MessageKind, language: str, now: datetime) -> list[Variable]:
    """Return what a template of this kind can say, with what it would say for the made-up customer."""
    data = content(example(store, kind, language, now))
    named = [(path, words) for path, words in _named(kind) if _at(data, path) is not None]
    named += [(f"data.{name}", _("Given by whoever asks for it")) for name in kind.example]
    return [Variable(f"{{{{ {path} }}}}", words, str(_at(data, path))) for path, words in named]


def _named(kind: MessageKind) -> list[tuple[str, str]]:
    found = [
        ("customer.first_name", _("First name")),
        ("customer.last_name", _("Last name")),
        ("store.name", _("Your shop")),
        ("store.url", _("Your shop’s address")),
        ("store.signature", _("Who signs")),
        ("coupon", _("Coupon")),
    ]
    if kind.needs_order:
        found += [
            ("order.number", _("Order number")),
            ("order.url", _("The order’s page")),
            ("arrival", _("When it comes")),
            ("total.amount", _("What it cost")),
        ]
    if kind.is_about_parcel:
        found += [
            ("parcel.carrier", _("Carrier")),
            ("parcel.number", _("Tracking number")),
            ("parcel.contents", _("What is in the parcel")),
            ("hours", _("Between which hours")),
            ("delay.new", _("New day of arrival")),
            ("delay.old", _("Day first promised")),
        ]
    if kind.key == "refunded":
        found.append(("refund.amount", _("What was given back")))
    return found


def _at(data: Mapping[str, Any], path: str) -> Any:
    found: Any = data
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
