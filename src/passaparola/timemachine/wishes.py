"""Messages nobody asked for, as the arbiter would have seen them: what a changed journey or campaign wants."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from passaparola.messages.accounts import connectable
from passaparola.messages.channel import CHANNELS, rights_of
from passaparola.messages.kind import MessageKind
from passaparola.messages.models import Consent
from passaparola.messages.people import People, PersonRow
from passaparola.messages.reached_then import ReachedThen
from passaparola.messages.rules import consents
from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.replay import Asked
from passaparola.messages.rules.together import Wish
from passaparola.messages.rules.values import WANTED, OrderNow, Purpose, Situation, Trouble
from passaparola.messages.rules.way import BEST, best_way, may_be_sent
from passaparola.messages.troubles import troubles_of
from passaparola.messages.zones import zone_of
from passaparola.stores.models import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One message that something changed would have asked for."""

    customer: int
    kind: MessageKind
    at: datetime
    order: int | None = None
    channel: str = "email"
    lasts: timedelta | None = None
    thing: str = ""
    coupon: str = ""
    fallback: MessageKind | None = None


def asked(store: Store, wanted: Sequence[Wanted], *, since: datetime) -> list[Asked]:
    """Return them as the arbiter would have been asked. Consent is what it was at each one's moment.

    How they like to be written to is today's, and so are their names and numbers: what these were then is kept nowhere.
    Keys are negative and of no meaning; whoever mixes them with others gives new ones.
    """
    people = People.of({one.customer for one in wanted})
    known = _Known(store, people, since)
    return [
        _asked(-n, one, person, known)
        for n, one in enumerate(wanted, 1)
        if (person := people.get(one.customer))
    ]


class _Known:
    """What has to be known of everybody, in a handful of statements."""

    def __init__(self, store: Store, people: People, since: datetime) -> None:
        self.store = store
        self.troubles: dict[int, tuple[Trouble, ...]] = troubles_of(people, since=since)
        self.said = _said(people)
        self.reached = ReachedThen(store, people, since=since)

    def rights(
        self, person: PersonRow, channel: str, at: datetime
    ) -> tuple[frozenset[Purpose], frozenset[Purpose]]:
        """Return what this person had agreed to on a channel by then, and what they had said no to."""
        channel = rights_of(channel)
        told = [said for said in self.said.get((person.pk, channel), ()) if said.said_at <= at]
        is_known = channel == "email" and (person.consent_at is None or person.consent_at <= at)
        shop = (person.accepts_marketing, person.consent_at) if is_known else (None, None)
        return consents.agreed(*shop, told), consents.declined(told)


def _said(people: People) -> dict[tuple[int, str], list[consents.Said]]:
    rows = Consent.objects.filter(customer__in=list(people.roots))
    found: dict[tuple[int, str], list[consents.Said]] = defaultdict(list)
    for customer, channel, *said in rows.values_list(
        "customer_id", "channel", "purpose", "is_given", "said_at"
    ):
        found[people.roots[customer], channel].append(consents.Said._make(said))
    return found


def _asked(key: int, one: Wanted, person: PersonRow, known: _Known) -> Asked:
    channel, address = _way(one, person, known)
    agreed, declined = known.rights(person, channel, one.at)
    intent = Intent(
        kind=one.kind,
        to_address=address,
        not_before=one.at,
        expires_at=one.at + (one.lasts or one.kind.lasts),
        order_id=one.order,
        channel=channel,
        is_noisy=channel in CHANNELS and CHANNELS[channel].is_noisy,
        asked_at=one.at,
        thing=one.thing or one.kind.key,
        coupon=one.coupon,
        fallback=one.fallback,
    )
    situation = Situation(
        order=OrderNow(placed_at=one.at) if one.order else None,
        consents=agreed,
        declined=declined,
        suppressed=known.reached.silence(channel, address, one.at),
        is_erased=person.erased_at is not None,
        troubles=known.troubles.get(person.pk, ()),
        frequency=person.wish.frequency or "",
        zone=zone_of(person.time_zone, person.country, known.store.time_zone),
    )
    return Asked(Wish(key, intent, situation), person.pk, one.at)


def _way(one: Wanted, person: PersonRow, known: _Known) -> tuple[str, str]:
    """Return the channel it would have gone by, and the address: chosen as live chooses, from what was so then."""
    reaching = known.reached.at(person, one.at)
    if one.channel != BEST:
        is_mail = one.channel not in connectable()
        return one.channel, person.email if is_mail else reaching.address(person, one.channel)

    def is_allowed(channel: str) -> bool:
        agreed, declined = known.rights(person, channel, one.at)
        return may_be_sent(one.kind.purpose, agreed=agreed, declined=declined)

    ways = reaching.ways(person, one.at, is_owed=one.kind.purpose not in WANTED)
    is_open = bool(person.email) and known.reached.silence("email", person.email, one.at) in {
        "",
        "unsubscribed",
    }
    channel = best_way(ways, wished=person.wish.channel or "", has_mail=is_open, is_allowed=is_allowed)
    return channel, ways.get(channel, person.email)


def in_line(streams: Iterable[Sequence[Asked]]) -> list[Asked]:
    """Return several streams as one, with keys in the order of asking: so nobody is preferred for being new."""
    together = sorted(
        (asked for stream in streams for asked in stream), key=lambda asked: (asked.at, abs(asked.wish.key))
    )
    return [
        Asked(Wish(n, one.wish.intent, one.wish.situation), one.person, one.at)
        for n, one in enumerate(together, 1)
    ]
