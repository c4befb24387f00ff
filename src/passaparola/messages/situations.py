"""What is true now about many messages at once: a handful of statements, whatever the size of the batch.

Used when messages are asked for and again when they are sent, so that both decide on the same grounds.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol

from django.db.models import Count

from passaparola.messages.accounts import connectable
from passaparola.messages.channel import rights_of
from passaparola.messages.history import Histories
from passaparola.messages.kind import kind_of
from passaparola.messages.models import Consent, Suppression
from passaparola.messages.own_days import days_of
from passaparola.messages.people import People, PersonRow
from passaparola.messages.policies import stores_with_policies
from passaparola.messages.reaching import Reaching
from passaparola.messages.rules import consents
from passaparola.messages.rules.language import language_of
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.silences import GRAVEST_LAST
from passaparola.messages.rules.values import (
    WANTED,
    History,
    OrderNow,
    OwnDay,
    ParcelNow,
    Purpose,
    Situation,
    Trouble,
)
from passaparola.messages.rules.way import BEST, best_way, may_be_sent
from passaparola.messages.troubles import troubles_of
from passaparola.messages.zones import zone_of
from passaparola.orders.models import Order
from passaparola.stores.models import Store
from passaparola.tracking.models import Parcel


class About(Protocol):
    """What a message has to tell of itself to be judged."""

    @property
    def store_id(self) -> int: ...
    @property
    def customer_id(self) -> int | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def order_id(self) -> int | None: ...
    @property
    def parcel_id(self) -> int | None: ...


class OrderRow(NamedTuple):
    """What deciding and addressing need of an order."""

    pk: int
    store_id: int
    customer_id: int | None
    placed_at: datetime | None
    cancelled_at: datetime | None
    deleted_at: datetime | None
    is_history: bool
    is_test: bool
    email: str
    language: str
    ships_to: str | None
    """Country."""
    total: Any
    promised_last: Any


_COLUMNS = (
    "pk",
    "store_id",
    "customer_id",
    "placed_at",
    "cancelled_at",
    "deleted_at",
    "is_history",
    "is_test",
    "email",
    "language",
    "shipping_address__country",
    "total",
    "first_promise__last",
)


@dataclass
class Situations:
    """Everything loaded for a batch; answers per message without another statement."""

    stores: dict[int, Store] = field(default_factory=dict)
    policies: dict[int, Policy] = field(default_factory=dict)
    orders: dict[int, OrderRow] = field(default_factory=dict)
    people: People = field(default_factory=People)
    parcels: dict[int, ParcelNow] = field(default_factory=dict)
    parcel_counts: dict[int, int] = field(default_factory=dict)
    suppressed: dict[tuple[int, str, str], str] = field(default_factory=dict)
    agreed: dict[tuple[int, str], list[consents.Said]] = field(default_factory=dict)
    troubles: dict[int, tuple[Trouble, ...]] = field(default_factory=dict)
    own_days: dict[int, tuple[OwnDay, ...]] = field(default_factory=dict)
    histories: Histories = field(default_factory=Histories)
    reaching: Reaching = field(default_factory=Reaching)
    taken_back: frozenset[int] = frozenset()
    """Messages that whoever asked for them does not mean any more; only looked for when they are sent."""
    ways: dict[tuple[int, Purpose], str] = field(default_factory=dict)
    """The best channel by person and purpose, for messages that leave it open."""
    _persons: dict[tuple[int, int | None, int | None], PersonRow | None] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Sequence[About], now: datetime, *, consents_too: bool = False) -> "Situations":
        """Load what the messages need. What belongs to orders alone is decided without history or consent."""
        found = cls()
        found.stores, found.policies = stores_with_policies({message.store_id for message in messages})
        order_ids = {message.order_id for message in messages if message.order_id}
        rows = Order.objects.filter(pk__any=order_ids).values_list(*_COLUMNS) if order_ids else ()
        found.orders = {row[0]: OrderRow._make(row) for row in rows}
        customers = {row.customer_id for row in found.orders.values()}
        customers |= {message.customer_id for message in messages}
        found.people = People.of([pk for pk in customers if pk])
        if consents_too or any(map(_asks_for_consent, messages)):
            found.agreed = _agreed(found.people)
        found._load_ways(messages, now)
        found.suppressed = _suppressed({found.address(message).lower() for message in messages})
        found._load_news([message for message in messages if message.parcel_id])
        found._load_past(messages, now)
        return found

    def _load_ways(self, messages: Sequence[About], now: datetime) -> None:
        """Load where people are reached beside e-mail, where that matters; letters on their way have an address."""
        asked = [one for one in messages if one.channel != "email" and not getattr(one, "to_address", "")]
        if not asked:
            return
        self.reaching = Reaching.of(self.people)
        open_ = [(one, person) for one in asked if one.channel == BEST and (person := self.person(one))]
        mails = {self._mail(message).lower() for message, _ in open_}
        silenced = _suppressed(mails) if self.reaching.accounts else {}
        for message, person in open_:
            why = silenced.get((message.store_id, "email", self._mail(message).lower()), "")
            self.ways[person.pk, _purpose(message)] = best_way(
                self.reaching.ways(person, now, is_owed=_purpose(message) not in WANTED),
                wished=person.wish.channel or "",
                has_mail=bool(self._mail(message)) and why in {"", "unsubscribed"},
                is_allowed=partial(self._allows, person, _purpose(message)),
            )

    def _allows(self, person: PersonRow, purpose: Purpose, channel: str) -> bool:
        """Tell whether this person may be sent something of the kind there, as far as they said so themselves."""
        return may_be_sent(
            purpose, agreed=self.agreed_on(person, channel), declined=self._declined_by(person, channel)
        )

    def _load_news(self, news: Sequence[About]) -> None:
        """Load what news of parcels is judged by."""
        if not news:
            return
        self.parcels = _parcels({message.parcel_id for message in news if message.parcel_id})
        rows = Parcel.objects.filter(order_id__any={one.order_id for one in news}, cancelled_at=None)
        counts = rows.values("order_id").annotate(n=Count("pk")).values_list("order_id", "n")
        self.parcel_counts = {order: count for order, count in counts if order}

    def _load_past(self, messages: Sequence[About], now: datetime) -> None:
        """Load what was said before, and what went wrong, for those for whom it matters."""
        minded = [one for one in messages if one.parcel_id or _purpose(one) is not Purpose.TRANSACTIONAL]
        if not minded:
            return
        people = self.people.only({one.pk for message in minded if (one := self.person(message))})
        longest = max(policy.looks_back for policy in self.policies.values())
        since = now - longest
        orders = {one.order_id for one in minded if one.order_id}
        self.histories = Histories.of(people, orders, since=since)
        if any(_purpose(one) in WANTED for one in minded):
            self.troubles = troubles_of(people, since=since)
            zones = {pk: store.zone for pk, store in self.stores.items()}
            self.own_days = days_of(people.found.values(), zones, now=now, ahead=longest)

    def order(self, message: About) -> OrderRow | None:
        """Return the order it is about. One of another shop is none at all."""
        order = self.orders.get(message.order_id or 0)
        return order if order and order.store_id == message.store_id else None

    def person(self, message: About) -> PersonRow | None:
        """Return who it is for: the customer it names, else the order's."""
        asked = (message.store_id, message.customer_id, message.order_id)
        if asked not in self._persons:  # asked some six times a message
            order = self.order(message)
            person = self.people.get(message.customer_id or (order and order.customer_id))
            is_ours = person is not None and person.store_id == message.store_id
            self._persons[asked] = person if is_ours else None
        return self._persons[asked]

    def channel(self, message: About) -> str:
        """Return the channel it goes by: the one asked for, or the best for this person."""
        if message.channel != BEST:
            return message.channel
        person = self.person(message)
        return self.ways.get((person.pk, _purpose(message)), "email") if person else "email"

    def address(self, message: About) -> str:
        """Return where it goes: as was decided when it was asked for, else as is known now."""
        told = getattr(message, "to_address", "")
        if told:
            return str(told)
        person, channel = self.person(message), self.channel(message)
        if channel in connectable():
            return self.reaching.address(person, channel) if person else ""
        return self._mail(message)

    def _mail(self, message: About) -> str:
        order, person = self.order(message), self.person(message)
        return ((order and order.email) or (person and person.email) or "").strip()

    def language(self, message: About) -> str:
        order, person = self.order(message), self.person(message)
        ordered = order.language if order else ""
        return language_of(person.spoken if person else "", ordered, self.stores[message.store_id].language)

    def situation(self, message: About) -> Situation:
        order, person = self.order(message), self.person(message)
        country = (order and order.ships_to) or (person and person.country) or ""
        own_zone, store_zone = person.time_zone if person else "", self.stores[message.store_id].time_zone
        silence = (message.store_id, rights_of(self.channel(message)), self.address(message).lower())
        return Situation(
            order=self._order_now(order) if order else None,
            parcel=self.parcels.get(message.parcel_id or 0),
            consents=self.consents(message),
            declined=self.declined(message),
            suppressed=self.suppressed.get(silence, ""),
            is_meant=getattr(message, "pk", 0) not in self.taken_back,
            is_erased=bool(person and person.erased_at),
            is_known=person is not None,
            troubles=self.troubles.get(person.pk, ()) if person else (),
            paused_until=person.wish.paused_until if person else None,
            frequency=(person.wish.frequency or "") if person else "",
            zone=zone_of(own_zone, country, store_zone),
            own_days=self.own_days.get(person.pk, ()) if person else (),
        )

    def consents(self, message: About) -> frozenset[Purpose]:
        """Return what this person agreed to on this channel; what the shop system tells is about e-mail."""
        person = self.person(message)
        return self.agreed_on(person, self.channel(message)) if person else frozenset()

    def agreed_on(self, person: PersonRow, channel: str) -> frozenset[Purpose]:
        """Return what this person agreed to on a channel."""
        channel = rights_of(channel)
        said = self.agreed.get((person.pk, channel), ())
        if channel != "email":
            return consents.agreed(None, None, said)
        return consents.agreed(person.accepts_marketing, person.consent_at, said)

    def declined(self, message: About) -> frozenset[Purpose]:
        person = self.person(message)
        return self._declined_by(person, self.channel(message)) if person else frozenset()

    def _declined_by(self, person: PersonRow, channel: str) -> frozenset[Purpose]:
        said = self.agreed.get((person.pk, rights_of(channel)), ())
        return consents.declined(said) if said else frozenset()

    def history(self, message: About) -> History:
        person = self.person(message)
        return self.histories.of_person(person.pk if person else None, [message.order_id])

    def policy(self, message: About) -> Policy:
        return self.policies[message.store_id]

    def _order_now(self, order: OrderRow) -> OrderNow:
        return OrderNow(
            placed_at=order.placed_at,
            cancelled_at=order.cancelled_at,
            deleted_at=order.deleted_at,
            is_history=order.is_history,
            is_test=order.is_test,
            parcels=self.parcel_counts.get(order.pk, 0),
        )


def _asks_for_consent(message: About) -> bool:
    """Tell whether consent can matter; what belongs to an order does without, and without asking for it."""
    kind = kind_of(message.kind)
    return kind is None or kind.purpose in WANTED or bool(kind.fallback)


def _purpose(message: About) -> Purpose:
    kind = kind_of(message.kind)
    return kind.purpose if kind else Purpose.TRANSACTIONAL


def _parcels(ids: set[int]) -> dict[int, ParcelNow]:
    if not ids:
        return {}
    rows = Parcel.objects.filter(pk__in=ids).values_list(
        "pk", "state", "arrival_first", "arrival_last", "late_since"
    )
    return {
        pk: ParcelNow(state=state, arrival_first=first, arrival_last=last, late_since=late)
        for pk, state, first, last, late in rows
    }


def _suppressed(addresses: Collection[str]) -> dict[tuple[int, str, str], str]:
    """Return why addresses are silenced; the gravest reason where there are several."""
    rows = Suppression.objects.filter(address__any=addresses, lifted_at=None)
    found: dict[tuple[int, str, str], str] = {}
    for store, channel, address, reason in rows.values_list("store_id", "channel", "address", "reason"):
        before = found.get((store, channel, address), reason)
        found[store, channel, address] = max(before, reason, key=GRAVEST_LAST.index)
    return found


def _agreed(people: People) -> dict[tuple[int, str], list[consents.Said]]:
    """Return what each person said, by channel, whichever of their rows it was said for."""
    found: dict[tuple[int, str], list[consents.Said]] = defaultdict(list)
    rows = Consent.objects.filter(customer_id__any=list(people.roots))
    for customer, channel, *said in rows.values_list(
        "customer_id", "channel", "purpose", "is_given", "said_at"
    ):
        found[people.roots[customer], channel].append(consents.Said._make(said))
    return found
