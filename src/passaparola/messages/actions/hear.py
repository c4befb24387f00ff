"""From a batch of webhooks of channels to what they say: receipts, words of customers, doors that closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from passaparola.customers.models import Contact, Customer
from passaparola.inbound.handlers import Read
from passaparola.inbound.models import Delivery, Outcome
from passaparola.inbound.source import Posted, UnreadableError
from passaparola.kernel.database import bulk
from passaparola.kernel.events import emit
from passaparola.messages.accounts import connectable
from passaparola.messages.actions.ask import Wanted, ask
from passaparola.messages.actions.instead import WELCOME
from passaparola.messages.actions.progress import keep_progress, lock_accounts
from passaparola.messages.actions.wishes import STOPPED_THERE, Wish, keep_wishes
from passaparola.messages.connected import Left, Progress, Words
from passaparola.messages.events import CustomerWrote
from passaparola.messages.links import read_start
from passaparola.messages.models import Message, Reach, Suppression, SuppressionReason
from passaparola.messages.rules.stop import wants_silence, wants_words
from passaparola.orders.models import Order

GONE = gettext_noop("This kind of channel no longer exists.")


@dataclass(frozen=True, slots=True)
class Heard:
    """Something a customer wrote, and to which shop."""

    store_id: int
    channel: str
    said: Words
    order_id: int | None = None
    """The order whose link this person came by."""
    customer_id: int | None = None

    @property
    def address(self) -> str:
        return self.said.address


def record_deliveries(deliveries: Sequence[Delivery], now: datetime) -> list[Read]:
    """Translate and keep a batch; what can't be read doesn't hold up the rest."""
    lock_accounts(delivery.connection_id for delivery in deliveries)
    outcomes = []
    progress: list[tuple[int, str, Progress]] = []
    words: list[tuple[int, str, Words]] = []
    left: list[tuple[int, str, Left]] = []
    for delivery in deliveries:
        store, channel = delivery.connection.store_id, delivery.connection.kind
        kind = connectable().get(channel)
        if kind is None:
            outcomes.append(Read(Outcome.FAILED, GONE))
            continue
        try:
            told = kind.read(Posted(delivery.headers, bytes(delivery.body), delivery.received_at))
        except UnreadableError as error:
            outcomes.append(Read(Outcome.FAILED, str(error)))
            continue
        progress += [(store, channel, one) for one in told if isinstance(one, Progress)]
        words += [(store, channel, one) for one in told if isinstance(one, Words)]
        left += [(store, channel, one) for one in told if isinstance(one, Left)]
        outcomes.append(Read(Outcome.RECORDED if told else Outcome.IGNORED))
    keep_progress(progress, now=now)
    _keep_left(left)
    _keep_words(words, now)
    return outcomes


def _keep_left(left: Sequence[tuple[int, str, Left]]) -> None:
    for store, channel, one in left:
        # Whoever wrote after that has come back.
        rows = Reach.objects.filter(store=store, channel=channel, address=one.address, ended_at=None)
        rows.exclude(heard_at__gt=one.at).update(ended_at=one.at)


def _keep_words(words: Sequence[tuple[int, str, Words]], now: datetime) -> None:
    """Keep who wrote from where: it opens windows, is told to the team, and may be a wish for silence."""
    if not words:
        return
    orders = _orders_of(words, now)
    heard = [_heard(store, channel, said, orders) for store, channel, said in words]
    known = _reaches(_with_customers(heard))
    _lift_bounces(heard)
    emit([_wrote(one, known) for one in heard if not one.said.start], now=now)
    keep_wishes([wish for one in heard if (wish := _wish(one, known)) is not None], now=now)
    welcome = [_welcome(one) for one in heard if one.order_id]
    if welcome:
        ask(welcome, now=now)


def _heard(store: int, channel: str, said: Words, orders: dict[int, Order]) -> Heard:
    order = orders.get(read_start(said.start, now=said.at) or 0) if said.start else None
    if order is None or order.store_id != store:
        return Heard(store, channel, said)
    return Heard(store, channel, said, order.pk, order.customer_id)


def _orders_of(words: Sequence[tuple[int, str, Words]], now: datetime) -> dict[int, Order]:
    del now  # the link was good when it was clicked
    named = {read_start(said.start, now=said.at) for _, _, said in words if said.start}
    return Order.objects.real().in_bulk([pk for pk in named if pk]) if named else {}


def _with_customers(heard: Sequence[Heard]) -> dict[tuple[int, str, str], tuple[int | None, datetime]]:
    """Return, by address, whose it is as far as is known, and when it was last heard from."""
    found: dict[tuple[int, str, str], tuple[int | None, datetime]] = {}
    for one in sorted(heard, key=lambda h: h.said.at):
        key = (one.store_id, one.channel, one.address)
        before = found.get(key, (None, one.said.at))[0]
        found[key] = (one.customer_id or before, one.said.at)
    for key, (customer, at) in found.items():
        store, channel, address = key
        if customer is None:
            found[key] = (_whose(store, channel, address), at)
    return found


def _whose(store: int, channel: str, address: str) -> int | None:
    """Return the customer who has this address: as it is known already, by an order's phone, by what we sent."""
    known = Reach.objects.filter(store=store, channel=channel, address=address).first()
    if known and known.customer_id:
        return known.customer_id
    if connectable()[channel].takes_phones:
        owners = Contact.objects.filter(value=address, kind="phone", customer__store=store)
        found = list(
            Customer.objects.filter(pk__in=owners.values("customer"), erased_at=None)
            .order_by("-last_order_at", "-pk")
            .values_list("pk", "merged_into_id")[:1]
        )
        if found:
            return found[0][1] or found[0][0]
    sent = Message.objects.filter(store=store, channel=channel, to_address=address, sent_at__isnull=False)
    return sent.order_by("-sent_at").values_list("customer_id", flat=True).first()


def _reaches(whose: dict[tuple[int, str, str], tuple[int | None, datetime]]) -> dict[Any, Reach]:
    """Keep the addresses, and return them by store, channel and address."""
    rows = [
        {
            "store_id": store,
            "channel": channel,
            "address": address,
            "customer_id": customer,
            "heard_at": at,
            "keys": "",
            "made_at": at,
        }
        for (store, channel, address), (customer, at) in whose.items()
    ]
    bulk.upsert(Reach, rows, key=["store_id", "channel", "address"])
    bulk.update(
        Reach,
        rows,
        key=["store_id", "channel", "address"],
        set_=[
            "heard_at = greatest(old.heard_at, v.heard_at)",
            "customer_id = coalesce(v.customer_id, old.customer_id)",
            "ended_at = CASE WHEN old.ended_at < v.heard_at THEN NULL ELSE old.ended_at END",
        ],
    )
    found = Reach.objects.filter(store__in={key[0] for key in whose}, address__in={key[2] for key in whose})
    return {(row.store_id, row.channel, row.address): row for row in found}


def _lift_bounces(heard: Sequence[Heard]) -> None:
    """Whoever writes from there can be reached there: they have unblocked the bot, or got the app since.

    Not where they said STOP to the provider itself: only its START ends that.
    """
    at = {(one.store_id, one.channel, one.address.lower()): one.said.at for one in heard}
    rows = Suppression.objects.filter(
        store__in={key[0] for key in at},
        address__in={key[2] for key in at},
        reason=SuppressionReason.HARD_BOUNCE,
        lifted_at=None,
    )
    for row in rows.exclude(words__startswith=STOPPED_THERE):
        wrote = at.get((row.store_id, row.channel, row.address))
        if wrote is not None and row.made_at < wrote:
            Suppression.objects.filter(pk=row.pk).update(lifted_at=wrote)


def _wrote(one: Heard, known: dict[Any, Reach]) -> CustomerWrote:
    row = known[one.store_id, one.channel, one.address]
    return CustomerWrote(
        store_id=one.store_id,
        happened_at=one.said.at,
        key=f"{one.channel}:{one.said.provider_id}:wrote",
        customer_id=row.customer_id,
        order_id=one.order_id,
        subject_id=row.pk,
        channel=one.channel,
        address=one.address,
        words=one.said.words,
    )


def _wish(one: Heard, known: dict[Any, Reach]) -> Wish | None:
    is_stop = one.said.is_stop or wants_silence(one.said.words)
    is_start = one.said.is_start or wants_words(one.said.words)
    if not is_stop and not is_start:
        return None
    row = known[one.store_id, one.channel, one.address]
    return Wish(
        store_id=one.store_id,
        channel=one.channel,
        address=one.address,
        customer_id=row.customer_id,
        is_silence=is_stop,
        words=one.said.words,
        key=f"{one.channel}:{one.said.provider_id}:stop",
        at=one.said.at,
    )


def _welcome(one: Heard) -> Wanted:
    return Wanted(
        store_id=one.store_id,
        key=f"{one.channel}:{one.said.provider_id}:welcome",
        kind=WELCOME,
        order_id=one.order_id,
        channel=one.channel,
    )
