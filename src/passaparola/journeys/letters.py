"""The shop's own letters as steps name them: `newsletter#12`."""

from collections.abc import Mapping

from passaparola.messages.kind import KINDS
from passaparola.messages.models import Template
from passaparola.stores.models import Store

Names = Mapping[str, str]
"""What a document calls a letter to what the shop calls it."""


def names_of(store: Store | int, *, is_live: bool = False) -> Names:
    """Return the shop's own letters. With `is_live` only those that can be chosen: in use, and published once."""
    own = Template.objects.filter(store=store).own().order_by("name", "pk")
    if is_live:
        own = own.in_use().filter(versions__live_at__isnull=False).distinct()
    return {f"{one.kind}#{one.pk}": one.name or one.key for one in own if one.kind in KINDS}


def parts_of(message: str) -> tuple[str, int | None]:
    """Return the kind and, of a letter of the shop's own, its template."""
    kind, _, number = message.partition("#")
    return kind, int(number) if number else None
