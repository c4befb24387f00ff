"""The words that conditions may compare with, where there is a list of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from passaparola.kernel.events import BASE_FIELDS, Event
from passaparola.messages.kind import KINDS
from passaparola.messages.rules.language import SPOKEN
from passaparola.orders.facts import PaymentState
from passaparola.tracking.carrier import ScanState
from passaparola.tracking.rules.delay import DelayCause


def known() -> Mapping[str, Sequence[str]]:
    """Return the lists by name. Countries and currencies are open: any two or three letters are one."""
    return {
        "events": sorted(Event.kinds),
        "messages": sorted(KINDS),
        "states": [state.value for state in ScanState],
        "payments": [state.value for state in PaymentState],
        "causes": [cause.value for cause in DelayCause],
        "languages": list(SPOKEN),
    }


def told_by(kinds: Iterable[str]) -> list[str]:
    """Return what events of these kinds tell of themselves: a condition may ask for it as `event.…`."""
    return sorted({one.name for kind in kinds for one in fields(Event.kinds[kind])} - BASE_FIELDS)
