"""What a fresh worker gets ready, so that the first mail after a start goes out as fast as every other.

Reading all kinds costs a tenth of a second, and compiling a letter some hundredths: nothing over a day, but a
thousand confirmations that come due in the first second would all stand behind it.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from passaparola.messages.channel import CHANNELS
from passaparola.messages.kind import KINDS
from passaparola.messages.models import Message
from passaparola.messages.rendering.texts import TemplateError
from passaparola.messages.versions import Versions
from passaparola.stores.models import Store

RECENT = 1_000
MOST = 60
"""Letters that are compiled ahead; more would make the start itself slow."""


class Named(NamedTuple):
    """One letter as it is compiled."""

    store_id: int
    kind: str
    language: str
    template_id: int | None = None


def get_ready() -> None:
    """Read the kinds, and compile what was written last, the most frequent first."""
    list(CHANNELS)
    last = Message.objects.order_by("-pk").values_list("store_id", "kind", "language", "template_id")[:RECENT]
    compile_letters(Named._make(row) for row, _ in Counter(last).most_common(MOST))


def compile_letters(wanted: Iterable[Named]) -> int:
    """Compile letters, as far as they can be; return how many could. What is at fault is told when it is sent."""
    named = list(dict.fromkeys(one for one in wanted if one.kind in KINDS))[:MOST]
    stores = Store.objects.in_bulk({one.store_id for one in named})
    versions = Versions.of(
        stores, {one.kind for one in named}, {one.template_id for one in named if one.template_id}
    )
    done = 0
    for one in named:
        try:
            versions.template(one.kind, one.language, stores[one.store_id], one.template_id)
        except (TemplateError, LookupError):
            continue
        done += 1
    return done
