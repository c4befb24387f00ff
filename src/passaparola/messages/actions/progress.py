"""What became of messages on connected channels: their names, receipts, costs, and what was told too early.

A provider may tell that a message was delivered before we have written down what it calls it: such a word waits
in `EarlyWord`. Both sides hold the account's lock, so that neither can miss the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from passaparola.kernel.database import bulk
from passaparola.kernel.events import Event, emit
from passaparola.messages.accounts import connectable
from passaparola.messages.actions.due import Due
from passaparola.messages.actions.instead import tell_by_mail
from passaparola.messages.actions.silences import Silence, silence
from passaparola.messages.channel import Outcome, Result
from passaparola.messages.connected import Progress, Step
from passaparola.messages.events import MessageDelivered, MessageRead, MessageUndelivered
from passaparola.messages.kind import whose
from passaparola.messages.models import EarlyWord, Message, Price, SuppressionReason
from passaparola.messages.rules.price import Line, country_of, price_of

LOCKS = 0x63686E6C
"""Our class of advisory locks: “chnl”."""
EARLY_LASTS = timedelta(hours=1)
_ARRIVED = "(coalesce(old.delivered_at, v.delivered_at) IS NOT NULL)"
# Where both are told, it arrived: providers give up on a phone and then find it.
_REASON = (
    f"reason = CASE WHEN {_ARRIVED} THEN replace(old.reason, 'undelivered', '')"
    " WHEN v.undelivered_at IS NOT NULL THEN 'undelivered' ELSE old.reason END"
)
_REASON_DATA = (
    f"reason_data = CASE WHEN NOT {_ARRIVED} AND v.undelivered_at IS NOT NULL"
    " THEN v.reason_data ELSE old.reason_data END"
)
Key = tuple[int, str, str]
"""Store, channel, and what the provider calls the message."""


def lock_accounts(connections: Iterable[int]) -> None:
    """Hold these accounts to the end of the transaction, always in the same order."""
    with connection.cursor() as cursor:
        for pk in sorted(set(connections)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, pk])


def note_names(outcomes: Sequence[Outcome], due: dict[int, Due], *, now: datetime) -> None:
    """Keep what the provider calls what it took, in how many parts, and the price that is known at once.

    In the same transaction as the outcome itself, under the account's lock.
    """
    taken = [outcome for outcome in outcomes if outcome.result is Result.SENT]
    if not taken:
        return
    prices = _prices({due[outcome.pk].store_id for outcome in taken})
    rows = [_named(outcome, due[outcome.pk], prices) for outcome in taken]
    names = ["provider_id", "units", "cost", "delivered_at", "read_at", "undelivered_at"]
    bulk.update(Message, rows, key=["id"], set_=[f"{name} = v.{name}" for name in names])
    known = {
        (due[outcome.pk].store_id, due[outcome.pk].channel, outcome.provider_id)
        for outcome in taken
        if outcome.provider_id
    }
    _tell_early(known, now)


def _named(outcome: Outcome, message: Due, prices: dict[int, list[Line]]) -> dict[str, Any]:
    # What was sent again is another message to the provider: its receipts begin anew.
    return {
        "id": outcome.pk,
        "provider_id": outcome.provider_id,
        "units": outcome.units,
        "cost": _cost(prices, message.store_id, message.channel, message.to_address, "", outcome.units),
        "delivered_at": None,
        "read_at": None,
        "undelivered_at": None,
    }


def keep_progress(told: Sequence[tuple[int, str, Progress]], *, now: datetime) -> None:
    """Keep what providers tell (store, channel, word), in whatever order and however often they tell it."""
    words: dict[Key, list[Progress]] = defaultdict(list)
    for store, channel, progress in told:
        words[store, channel, progress.provider_id].append(progress)
    if not words:
        return
    written = bulk.update(
        Message,
        [_folded(key, several) for key, several in words.items()],
        key=["store_id", "channel", "provider_id"],
        set_=[
            "delivered_at = least(old.delivered_at, v.delivered_at)",
            "read_at = least(old.read_at, v.read_at)",
            "undelivered_at = least(old.undelivered_at, v.undelivered_at)",
            _REASON,
            _REASON_DATA,
        ],
        where="old.provider_id <> ''",
        returning=[f"old.{name}" for name in _Told.columns],
    )
    found = [_Told(row) for row in written]
    _settle(found, words, now)
    known = {message.key for message in found}
    _keep_early({key: several for key, several in words.items() if key not in known}, now)


class _Told:
    """A message that was told about."""

    columns = (
        "id",
        "store_id",
        "channel",
        "provider_id",
        "customer_id",
        "order_id",
        "kind",
        "to_address",
        "units",
    )

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.pk, self.store_id, self.channel, self.provider_id, *rest = row
        self.customer_id, self.order_id, self.kind, self.to_address, self.units = rest
        self.key: Key = (self.store_id, self.channel, self.provider_id)


def _folded(key: Key, words: Sequence[Progress]) -> dict[str, Any]:
    """Make one row of several words; who has read it has also got it."""

    def first(*steps: Step) -> datetime | None:
        return min((word.at for word in words if word.step in steps), default=None)

    store, channel, name = key
    why = next((word.words for word in words if word.step is Step.FAILED), "")
    return {
        "store_id": store,
        "channel": channel,
        "provider_id": name,
        "delivered_at": first(Step.DELIVERED, Step.READ),
        "read_at": first(Step.READ),
        "undelivered_at": first(Step.FAILED),
        "reason": "undelivered",
        "reason_data": {"words": why},
    }


def _settle(found: Sequence[_Told], words: dict[Key, list[Progress]], now: datetime) -> None:
    """Tell the world, silence addresses that are none, and correct the price by what it was charged as."""
    events: list[Event] = []
    dead: list[Silence] = []
    prices = _prices({message.store_id for message in found})
    costs = []
    for message in found:
        for word in words[message.key]:
            events += _events(message, word)
            if word.is_dead_address:
                dead.append(_silence(message, word))
            if word.category or word.is_free:
                costs.append({"id": message.pk, "cost": _charged(message, word, prices)})
    emit(events, now=now)
    silence(dead, now=now)
    tell_by_mail([one.pk for one in found if any(w.step is Step.FAILED for w in words[one.key])], now=now)
    bulk.update(Message, costs, key=["id"], set_=["cost = v.cost"])


def _events(message: _Told, word: Progress) -> list[Event]:
    common: dict[str, Any] = {
        "store_id": message.store_id,
        "happened_at": word.at,
        "key": f"message:{message.pk}:{word.step.value}",
        **whose(message.kind, customer_id=message.customer_id, order_id=message.order_id),
        "subject_id": message.pk,
        "message": message.kind,
        "channel": message.channel,
    }
    if word.step is Step.DELIVERED:
        return [MessageDelivered(**common)]
    if word.step is Step.READ:
        return [MessageRead(**common)]
    return [MessageUndelivered(words=word.words, **common)] if word.step is Step.FAILED else []


def _silence(message: _Told, word: Progress) -> Silence:
    return Silence(
        store_id=message.store_id,
        channel=message.channel,
        address=message.to_address,
        reason=SuppressionReason.HARD_BOUNCE.value,
        words=word.words,
        source=f"provider:{message.channel}",
        made_at=word.at,
    )


def _charged(message: _Told, word: Progress, prices: dict[int, list[Line]]) -> Any:
    if word.is_free:
        return 0
    return _cost(prices, message.store_id, message.channel, message.to_address, word.category, message.units)


def _cost(  # noqa: PLR0917 - all that a price depends on
    prices: dict[int, list[Line]], store: int, channel: str, address: str, category: str, units: int
) -> Any:
    kind = connectable().get(channel)
    if kind is not None and kind.is_free:
        return 0
    lines = prices.get(store, ())
    if not any(line.channel == channel for line in lines):
        return None
    price = price_of(lines, channel=channel, country=country_of(address), category=category)
    return None if price is None else price * max(units, 1)


def _prices(stores: Iterable[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for row in Price.objects.filter(store__in=set(stores)):
        found[row.store_id].append(Line(row.channel, row.country, row.category, row.amount))
    return found


def _keep_early(words: dict[Key, list[Progress]], now: datetime) -> None:
    """Keep words about messages nobody knows (yet); those of other programs at the same provider age away."""
    rows = [
        {
            "store_id": store,
            "channel": channel,
            "provider_id": name,
            "step": word.step.value,
            "at": word.at,
            "words": word.words,
            "is_dead_address": word.is_dead_address,
            "category": word.category,
            "is_free": word.is_free,
            "kept_at": now,
        }
        for (store, channel, name), several in words.items()
        for word in several
    ]
    bulk.upsert(EarlyWord, rows, key=["store_id", "channel", "provider_id", "step"])
    EarlyWord.objects.filter(kept_at__lt=now - EARLY_LASTS).delete()


def _tell_early(known: set[Key], now: datetime) -> None:
    """Tell what waited for these names."""
    rows = EarlyWord.objects.filter(
        store__in={key[0] for key in known},
        channel__in={key[1] for key in known},
        provider_id__in={key[2] for key in known},
    )
    waiting = [row for row in rows if (row.store_id, row.channel, row.provider_id) in known]
    if not waiting:
        return
    EarlyWord.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    told = [
        (
            row.store_id,
            row.channel,
            Progress(
                provider_id=row.provider_id,
                step=Step(row.step),
                at=row.at,
                words=row.words,
                is_dead_address=row.is_dead_address,
                category=row.category,
                is_free=row.is_free,
            ),
        )
        for row in waiting
    ]
    keep_progress(told, now=now)
