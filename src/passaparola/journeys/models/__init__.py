"""Journeys, their versions, who is in them, and what came of it."""

from passaparola.journeys.models.call import WebhookCall
from passaparola.journeys.models.due import Due
from passaparola.journeys.models.enrolment import Enrolment
from passaparola.journeys.models.journey import Journey, Version
from passaparola.journeys.models.tally import Tally
from passaparola.journeys.models.todo import ToDo
from passaparola.journeys.models.told import DayTold

__all__ = ["DayTold", "Due", "Enrolment", "Journey", "Tally", "ToDo", "Version", "WebhookCall"]
