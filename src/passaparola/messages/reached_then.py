"""Where people could be reached at moments of the past: by what was known of them, silenced and heard by then.

The channels are those that the shop has connected today, since the question is what a change would do.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from passaparola.kernel.models import EventRecord
from passaparola.messages.accounts import accounts_of, connectable
from passaparola.messages.channel import WINDOW, Account, rights_of
from passaparola.messages.events import CustomerWrote
from passaparola.messages.models import Reach, Suppression
from passaparola.messages.people import People, PersonRow
from passaparola.messages.reaching import Address, Reaching, phone_of
from passaparola.messages.rules.silences import GRAVEST_LAST
from passaparola.stores.models import Store


class _Silence(NamedTuple):
    reason: str
    made_at: datetime
    lifted_at: datetime | None


class ReachedThen:
    """Loaded once for everybody; answers for one person and moment without another statement."""

    def __init__(self, store: Store, people: People, *, since: datetime) -> None:
        self._accounts: Mapping[tuple[int, str], Account] = accounts_of([store.pk])
        self._rows: dict[tuple[int, str], list[Reach]] = defaultdict(list)
        self._heard: dict[tuple[str, str], list[datetime]] = defaultdict(list)
        self._silences: dict[tuple[str, str], list[_Silence]] = defaultdict(list)
        rows = Suppression.objects.filter(store=store).values_list("channel", "address", *_Silence._fields)
        for channel, address, *silence in rows:
            self._silences[channel, address].append(_Silence._make(silence))
        if not self._accounts:  # most shops write e-mail only
            return
        for row in Reach.objects.filter(customer__in=list(people.roots)).order_by("-pk"):
            self._rows[people.roots[row.customer_id or 0], row.channel].append(row)
        wrote = EventRecord.objects.filter(
            store_id=store.pk, kind=CustomerWrote.__name__, happened_at__gt=since - WINDOW
        )
        for at, channel, address in wrote.values_list("happened_at", "data__channel", "data__address"):
            self._heard[channel, address].append(at)

    def silence(self, channel: str, address: str, at: datetime) -> str:
        """Return why nothing was to be written to an address; the gravest reason, empty for none."""
        held = [
            one.reason
            for one in self._silences.get((rights_of(channel), address.lower()), ())
            if one.made_at <= at and (one.lifted_at is None or one.lifted_at > at)
        ]
        return max(held, key=GRAVEST_LAST.index, default="")

    def at(self, person: PersonRow, at: datetime) -> Reaching:
        """Return where this person could be reached then, to be asked as live."""
        if not self._accounts:
            return Reaching()
        rows = {
            (person.pk, channel): [
                Address(row.address, self._last_heard(channel, row.address, at))
                for row in self._rows.get((person.pk, channel), ())
                if row.made_at <= at and (row.ended_at is None or row.ended_at > at)
            ]
            for channel in connectable()
        }
        addresses = {(channel, one.address) for (_, channel), several in rows.items() for one in several}
        addresses |= {(channel, phone_of(person)) for channel in connectable()}
        silent = {
            (person.store_id, channel, address.lower())
            for channel, address in addresses
            if self.silence(channel, address, at)
        }
        return Reaching(dict(self._accounts), rows, silent)

    def _last_heard(self, channel: str, address: str, at: datetime) -> datetime | None:
        return max((heard for heard in self._heard.get((channel, address), ()) if heard <= at), default=None)
