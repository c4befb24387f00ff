"""The words that documents may use, as this installation knows them."""

from collections.abc import Mapping, Sequence

from passaparola.messages.channel import CHANNELS
from passaparola.segments.choices import known as known_to_segments


def known() -> Mapping[str, Sequence[str]]:
    return {**known_to_segments(), "channels": sorted(CHANNELS)}
