"""Asking a carrier about one number: sending its poll, and what to make of whatever comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from passaparola.inbound.source import UnreadableError
from passaparola.kernel.http.client import Answer, Client, Request
from passaparola.kernel.http.errors import RequestError
from passaparola.tracking.carrier import Carrier, TrackerFacts

AT_LEAST = timedelta(minutes=1)
"""How long a carrier is left alone that asks us to wait, whatever number it names."""
WITHOUT_A_WORD = timedelta(minutes=10)
"""The same where it names none."""
REFUSED = timedelta(hours=1)
"""With the wrong password nothing is won by asking on, and accounts get locked."""

_REFUSALS = {401, 403, 407}
_WAIT, _BUSY, _NOT_FOUND = 429, 503, 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of one question."""

    facts: TrackerFacts | None = None
    reason: str = ""
    """Why there are no facts, as a sentence for the team."""
    is_failure: bool = False
    """It was no answer; not knowing the number is one."""
    is_unreachable: bool = False
    pause: timedelta | None = None
    """How long this carrier is to be left alone, about any number."""


def ask(carrier: Carrier, number: str, given: Mapping[str, str], *, client: Client, now: datetime) -> Heard:
    """Ask with what the shop gave (contract, depot). Takes as long as the client's limits; raises nothing."""
    poll = carrier.poll(number, given)
    request = Request(method=poll.method, url=poll.url, headers=poll.headers, body=poll.body)
    try:
        answer = client.send(request)
    except RequestError as error:
        return Heard(reason=str(error), is_failure=True, is_unreachable=not error.is_permanent)
    return heard(carrier, number, answer, now=now)


def heard(carrier: Carrier, number: str, answer: Answer, *, now: datetime) -> Heard:
    """Make sense of an answer. Some carriers say with an error's status what is no error."""
    status, pause = answer.status, answer.retry_after(now)
    said = {"carrier": carrier.name, "status": status}
    if status == _WAIT or (status == _BUSY and pause is not None):
        wait = WITHOUT_A_WORD if pause is None else max(pause, AT_LEAST)
        return Heard(reason=_("%(carrier)s asks us to wait.") % said, pause=wait)
    if status in _REFUSALS:
        says = _("%(carrier)s refuses to answer us (%(status)s): look at what it is asked with.") % said
        return Heard(reason=says, is_failure=True, pause=REFUSED)
    if 300 <= status < 400:  # noqa: PLR2004 - the statuses of HTTP that lead elsewhere
        return Heard(reason=_("%(carrier)s sends us elsewhere (%(status)s).") % said, is_failure=True)
    if status >= 500:  # noqa: PLR2004 - the statuses of a server in trouble
        return Heard(reason=_("%(carrier)s is in trouble itself (%(status)s).") % said, is_failure=True)
    return _read(carrier, number, answer)


def _read(carrier: Carrier, number: str, answer: Answer) -> Heard:
    try:
        facts = carrier.read_answer(answer.body, number)
    except UnreadableError as error:
        if answer.status != _NOT_FOUND:
            return Heard(reason=str(error), is_failure=True)
        facts = None
    if facts is None:
        return Heard(reason=_("%(carrier)s does not know this number yet.") % {"carrier": carrier.name})
    return Heard(facts=replace(facts, number=number))
