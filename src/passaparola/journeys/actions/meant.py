"""Whether a journey still means what it asked for: asked by the arbiter at the moment of sending.

An exit takes back what waits, as far as it sees it. This looks from the other side: at the message that is about to
go out. It also finds what nobody took back: people who had come to the journey's end while their last message waited,
and ways out that are a condition and no event.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from passaparola.journeys.actions.standing import standing_of
from passaparola.journeys.models import Enrolment
from passaparola.journeys.models.journey import definitions_of
from passaparola.journeys.rules.document import Definition
from passaparola.journeys.rules.engine import exits
from passaparola.journeys.rules.values import Standing
from passaparola.journeys.world import TableWorld
from passaparola.messages.askers import Asked
from passaparola.stores.models import Store

_KEY = re.compile(r"journey:([0-9]{1,18}):[0-9]+")
WENT_THROUGH = frozenset({"", "finished", "stopped"})
"""Endings, or none yet, of people for whom everything that was asked for is meant."""


class _Row(NamedTuple):
    id: int
    store_id: int
    version_id: int
    customer_id: int
    order_id: int | None
    parcel_id: int | None
    position: str
    since_at: datetime
    entered_at: datetime
    begun_at: datetime
    ended_by: str


def no_longer_meant(messages: Sequence[Asked], now: datetime) -> set[int]:
    """Return the messages whose customer has left their journey, or would leave it now."""
    asked = {message.pk: (message.store_id, _enrolment(message.key)) for message in messages}
    rows = Enrolment.objects.filter(pk__any={enrolment for _, enrolment in asked.values()})
    found = [_Row._make(row) for row in rows.values_list(*_Row._fields)]
    gone = {(row.store_id, row.id) for row in found if row.ended_by not in WENT_THROUGH}
    versions: dict[tuple[int, int], list[_Row]] = defaultdict(list)
    for row in found:
        if row.ended_by in WENT_THROUGH:
            versions[row.store_id, row.version_id].append(row)
    definitions = definitions_of({version for _, version in versions})
    stores = Store.objects.in_bulk({store for store, _ in versions})
    for (store, version), theirs in versions.items():
        if definition := definitions.get(version):  # one that can't be read any more has no ways out either
            batch = [standing_of(row, now) for row in theirs]
            gone |= {(store, pk) for pk in _leaving(definition.with_goal_as_exit(), batch, stores[store])}
    return {pk for pk, whose in asked.items() if whose in gone}


def _leaving(definition: Definition, batch: Sequence[Standing], store: Store) -> Collection[int]:
    """Return who would leave now. Nearly always nothing has happened at all: one statement says so for all exits."""
    world = TableWorld(store)
    if all(leaving.kinds for leaving in definition.exits):
        kinds = sorted({kind for leaving in definition.exits for kind in leaving.kinds})
        since = {standing.id: standing.begun_at for standing in batch}
        happened = world.happened(kinds, batch, since, about_order=False) if kinds else {}
        batch = [standing for standing in batch if standing.id in happened]
    return exits(definition, batch, world)


def _enrolment(key: str) -> int:
    found = _KEY.fullmatch(key)
    return int(found[1]) if found else 0
