"""What goes wrong for people just now, or went wrong lately: the arbiter's reason to want nothing of them."""

from datetime import datetime

from passaparola.messages.people import People
from passaparola.messages.rules.values import Trouble


def troubles_of(people: People, *, since: datetime) -> dict[int, tuple[Trouble, ...]]:
    """Return each person's troubles that are open or were settled after `since`."""
    del people, since
    return {}
