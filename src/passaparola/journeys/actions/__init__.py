"""The verbs of journeys."""

from passaparola.journeys.actions.advance import DOORBELL, advance_due
from passaparola.journeys.actions.edit import archive, save, stop_everybody, switch_off, switch_on, take_out
from passaparola.journeys.actions.follow import follow
from passaparola.journeys.actions.leave import end
from passaparola.journeys.actions.moments import tell_days
from passaparola.journeys.actions.people import follow_merges
from passaparola.journeys.actions.todos import assign, finish

__all__ = [
    "DOORBELL",
    "advance_due",
    "archive",
    "assign",
    "end",
    "finish",
    "follow",
    "follow_merges",
    "save",
    "stop_everybody",
    "switch_off",
    "switch_on",
    "take_out",
    "tell_days",
]
