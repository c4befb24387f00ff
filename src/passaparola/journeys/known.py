"""The words that documents may use, as this installation, and the shop, know them."""

from collections.abc import Mapping, Sequence

from passaparola.journeys.letters import names_of
from passaparola.messages.channel import CHANNELS
from passaparola.messages.rules.way import BEST
from passaparola.segments.choices import known as known_to_segments
from passaparola.stores.models import Store


def known(store: Store | None = None) -> Mapping[str, Sequence[str]]:
    """Return the lists by name. Without a shop any letter of a shop's own may be named: it was looked at when kept."""
    own = {"letters": sorted(names_of(store, is_live=True))} if store else {}
    return {**known_to_segments(), "channels": [BEST, *sorted(CHANNELS)], **own}
