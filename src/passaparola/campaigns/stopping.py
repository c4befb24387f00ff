"""A campaign's word on its messages that are due: none goes out while it is paused or after it was called off.

Pausing holds what waits. What a worker had in its hands just then may still come back to the outbox, because the
worker died or the server was busy: it is asked about here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from passaparola.campaigns.models import Campaign
from passaparola.messages.askers import Asked
from passaparola.messages.rules.values import Decision, defer, drop

HELD = timedelta(days=3650)


def word_on(messages: Sequence[Asked], now: datetime) -> Mapping[int, Decision]:
    """Return what becomes of those whose campaign is paused or called off."""
    numbers = {int(number) for one in messages if (number := _number(one)).isdecimal()}
    stopped = Campaign.objects.filter(pk__in=numbers).exclude(paused_at=None, cancelled_at=None)
    decisions = {
        str(pk): drop("campaign_cancelled") if cancelled else defer(now + HELD, "campaign_paused")
        for pk, cancelled in stopped.values_list("pk", "cancelled_at")
    }
    return {one.pk: decisions[number] for one in messages if (number := _number(one)) in decisions}


def _number(message: Asked) -> str:
    return message.asked_by.partition(":")[2]
