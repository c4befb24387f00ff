"""Where people can be reached on the channels that their shop has connected: a batch at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from passaparola.customers.models import Customer
from passaparola.customers.rules import normal_phone
from passaparola.messages.accounts import accounts_of, connectable
from passaparola.messages.channel import NOT_KNOWN, Account, Reached, is_window_open
from passaparola.messages.models import Reach, Suppression
from passaparola.messages.people import People, PersonRow
from passaparola.messages.rules.address import phone_number


class Address(NamedTuple):
    """One address of a person on a channel."""

    address: str
    heard_at: datetime | None
    """When they last wrote from there."""


@dataclass
class Reaching:
    """Everything loaded for the people of a batch; answers without another statement."""

    accounts: dict[tuple[int, str], Account] = field(default_factory=dict)
    rows: dict[tuple[int, str], list[Address]] = field(default_factory=dict)
    """By the row that stands for the person, and channel; the newest first."""
    silent: set[tuple[int, str, str]] = field(default_factory=set)
    """Store, channel and address where nothing may be written."""

    @classmethod
    def of(cls, people: People) -> "Reaching":
        found = cls()
        stores = {person.store_id for person in people.found.values()}
        if not stores:
            return found
        found.accounts = accounts_of(stores)
        if not found.accounts:  # most shops write e-mail only: for them this costs one small question
            return found
        rows = Reach.objects.filter(customer__in=list(people.roots), ended_at=None).order_by("-pk")
        for row in rows:
            root = people.roots[row.customer_id or 0]
            found.rows.setdefault((root, row.channel), []).append(Address(row.address, row.heard_at))
        found.silent = found._silences(people)
        return found

    def _silences(self, people: People) -> set[tuple[int, str, str]]:
        addresses = {row.address for rows in self.rows.values() for row in rows}
        addresses |= {phone for person in people.found.values() if (phone := phone_of(person))}
        rows = Suppression.objects.filter(
            channel__in=connectable(), address__in=[one.lower() for one in addresses], lifted_at=None
        )
        return set(rows.values_list("store_id", "channel", "address"))

    def address(self, person: PersonRow, channel: str) -> str:
        """Return this person's address on a channel; empty where they have none, or the shop has not connected it."""
        kind = connectable().get(channel)
        if kind is None or (person.store_id, channel) not in self.accounts:
            return ""
        rows = self.rows.get((person.pk, channel))
        if kind.takes_phones:
            return phone_of(person) or (rows[0].address if rows else "")
        return rows[0].address if rows else ""

    def ways(self, person: PersonRow, now: datetime, *, is_owed: bool = True) -> dict[str, str]:
        """Return every connected channel on which this person may be written to now, with the address."""
        found = {}
        for channel, kind in connectable().items():
            address = self.address(person, channel)
            if not address or (person.store_id, channel, address.lower()) in self.silent:
                continue
            account = self.accounts[person.store_id, channel]
            is_open = self._is_open(person, channel, address, now)
            if kind.may_open(account, is_window_open=is_open, is_owed=is_owed):
                found[channel] = address
        return found

    def _is_open(self, person: PersonRow, channel: str, address: str, now: datetime) -> bool:
        heard = [row.heard_at for row in self.rows.get((person.pk, channel), ()) if row.address == address]
        return any(is_window_open(at, now) for at in heard)


def reachable(customer: Customer, *, now: datetime) -> dict[str, str]:
    """Return the connected channels on which this customer may be written to now, with the address of each."""
    people = People.of([customer.pk])
    person = people.get(customer.pk)
    return Reaching.of(people).ways(person, now) if person else {}


def phone_of(person: PersonRow) -> str:
    """Return this person's number as channels take it; empty where there is none, or no country to it."""
    return phone_number(person.phone) or phone_number(normal_phone(person.phone, person.country))


class Addressed(Protocol):
    """What a message has to tell of itself to be handed over."""

    @property
    def store_id(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def to_address(self) -> str: ...


@dataclass
class Lines:
    """What handing over needs beyond the letter: the shop's account, and what is known of the address."""

    accounts: dict[tuple[int, str], Account] = field(default_factory=dict)
    reached: dict[tuple[int, str, str], Reached] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Sequence[Addressed]) -> "Lines":
        found = cls()
        own = [one for one in messages if one.channel in connectable()]
        if not own:
            return found
        found.accounts = accounts_of({one.store_id for one in own})
        rows = Reach.objects.filter(
            store__in={one.store_id for one in own},
            channel__in={one.channel for one in own},
            address__in={one.to_address for one in own},
            ended_at=None,
        )
        for row in rows:
            key = (row.store_id, row.channel, row.address)
            found.reached[key] = Reached(keys=_keys(row), heard_at=row.heard_at)
        return found

    def account(self, message: Addressed) -> Account | None:
        return self.accounts.get((message.store_id, message.channel))

    def known(self, message: Addressed) -> Reached:
        return self.reached.get((message.store_id, message.channel, message.to_address), NOT_KNOWN)


def _keys(row: Reach) -> dict[str, str]:
    try:
        kept: Any = json.loads(row.keys or "{}")
    except ValueError:
        return {}
    return {name: str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}
