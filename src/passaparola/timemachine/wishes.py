"""Messages nobody asked for, as the arbiter would have seen them: what a changed journey or campaign wants."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from passaparola.messages.channel import CHANNELS
from passaparola.messages.kind import MessageKind
from passaparola.messages.models import Consent, Suppression
from passaparola.messages.people import People, PersonRow
from passaparola.messages.rules import consents
from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.replay import Asked
from passaparola.messages.rules.together import Wish
from passaparola.messages.rules.values import OrderNow, Situation, Trouble
from passaparola.messages.rules.way import BEST
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

    Addresses and their silences are today's: what they were then is kept nowhere. Keys are negative and of no
    meaning; whoever mixes them with others gives new ones.
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
        self.silenced = _silenced(store)


def _said(people: People) -> dict[tuple[int, str], list[consents.Said]]:
    rows = Consent.objects.filter(customer__in=list(people.roots))
    found: dict[tuple[int, str], list[consents.Said]] = defaultdict(list)
    for customer, channel, *said in rows.values_list(
        "customer_id", "channel", "purpose", "is_given", "said_at"
    ):
        found[people.roots[customer], channel].append(consents.Said._make(said))
    return found


def _silenced(store: Store) -> dict[str, str]:
    rows = Suppression.objects.filter(store=store, channel="email", lifted_at=None)
    found: dict[str, str] = {}
    for address, reason in rows.values_list("address", "reason"):
        if found.get(address, "unsubscribed") == "unsubscribed":  # the graver reason stays
            found[address] = reason
    return found


def _asked(key: int, one: Wanted, person: PersonRow, known: _Known) -> Asked:
    # Where somebody liked to be written to then is kept nowhere: the best way is told as e-mail.
    channel = "email" if one.channel == BEST else one.channel
    is_mail = channel == "email"
    address = person.email if is_mail else person.phone
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
    told = [said for said in known.said.get((person.pk, channel), ()) if said.said_at <= one.at]
    situation = Situation(
        order=OrderNow(placed_at=one.at) if one.order else None,
        consents=consents.agreed(
            person.accepts_marketing if is_mail else None, person.consent_at if is_mail else None, told
        ),
        declined=consents.declined(told),
        suppressed=known.silenced.get(address.lower(), "") if is_mail else "",
        is_erased=person.erased_at is not None,
        troubles=known.troubles.get(person.pk, ()),
        frequency=person.wish.frequency or "",
        zone=zone_of(person.time_zone, person.country, known.store.time_zone),
    )
    return Asked(Wish(key, intent, situation), person.pk, one.at)


def in_line(streams: Iterable[Sequence[Asked]]) -> list[Asked]:
    """Return several streams as one, with keys in the order of asking: so nobody is preferred for being new."""
    together = sorted(
        (asked for stream in streams for asked in stream), key=lambda asked: (asked.at, abs(asked.wish.key))
    )
    return [
        Asked(Wish(n, one.wish.intent, one.wish.situation), one.person, one.at)
        for n, one in enumerate(together, 1)
    ]
