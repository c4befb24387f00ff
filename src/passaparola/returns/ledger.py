"""What each step of a return means for the ledger of promises and for cases.

While a return runs, a trouble of the kind `return` stands open: the arbiter neither asks nor sells meanwhile.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from passaparola.cases import actions as cases
from passaparola.cases.actions import Trouble
from passaparola.kernel.ui import formats
from passaparola.promises import actions as promises
from passaparola.promises.actions import Promised
from passaparola.returns.events import ReturnEvent
from passaparola.returns.models import Return

_INSTEAD = {
    "en": "What you get instead of your return leaves by {day}.",
    "it": "Quello che ricevi al posto del reso parte entro {day}.",
}
_WAY = {
    "en": "You have what you need to send your return by {day}.",
    "it": "Quello che ti serve per spedire il reso arriva entro {day}.",
}


def decision(filed: Return) -> str:
    return f"return_decision:{filed.pk}"


def way(filed: Return) -> str:
    return f"return_way:{filed.pk}"


def settlement(filed: Return) -> str:
    return f"return_settlement:{filed.pk}"


def by_law(filed: Return) -> str:
    return f"withdrawal_refund:{filed.pk}"


def running(filed: Return) -> str:
    return f"return:{filed.pk}"


def owed(filed: Return) -> str:
    return f"refund_owed:return:{filed.pk}"


def opened(told: Iterable[tuple[ReturnEvent, Return]], *, now: datetime) -> None:
    """A return runs, and somebody may have to decide about it."""
    pairs = list(told)
    cases.report([_trouble(filed, running(filed), "return") for _, filed in pairs], now=now)
    waiting = [filed for event, filed in pairs if getattr(event, "waits", False)]
    promises.make(
        [_promised(filed, decision(filed), "return_decision", filed.decide_by) for filed in waiting], now=now
    )


def decided(told: Iterable[tuple[ReturnEvent, Return]], *, now: datetime) -> None:
    """Yes or no was said; for what need not come back we owe from now on."""
    pairs = list(told)
    for event, filed in pairs:
        promises.keep([(filed.store_id, decision(filed))], at=event.happened_at, now=now)
    lawful = [filed for _, filed in pairs if filed.is_withdrawal]
    promises.make(
        [_promised(filed, by_law(filed), "refund_law", filed.refund_by) for filed in lawful], now=now
    )
    preparing = [filed for _, filed in pairs if filed.approved_at and filed.prepare_by]
    promises.make(
        [_promised(filed, way(filed), "commitment", filed.prepare_by, _WAY) for filed in preparing], now=now
    )
    owing([(event, filed) for event, filed in pairs if filed.is_kept and filed.approved_at], now=now)


def prepared(told: Iterable[tuple[ReturnEvent, Return]], *, now: datetime) -> None:
    """The customer has the label, the code or the day, or went without."""
    for event, filed in told:
        promises.keep([(filed.store_id, way(filed))], at=event.happened_at, now=now)


def arrived(told: Iterable[tuple[ReturnEvent, Return]], *, now: datetime) -> None:
    """It is here, however it came."""
    pairs = list(told)
    prepared(pairs, now=now)
    owing(pairs, now=now)


def owing(told: Iterable[tuple[ReturnEvent, Return]], *, now: datetime) -> None:
    """From now on the customer waits for us, by a day."""
    filed = [one for _, one in told]
    promises.make(
        [
            _promised(one, settlement(one), "refund", one.refund_by)
            if one.gives_money
            else _promised(one, settlement(one), "commitment", one.refund_by, _INSTEAD)
            for one in filed
        ],
        now=now,
    )
    cases.report([_trouble(one, owed(one), "refund_owed") for one in filed if one.gives_money], now=now)


def settled(told: Iterable[tuple[ReturnEvent, Return]], *, now: datetime) -> None:
    """The customer has what we promised."""
    for event, filed in told:
        kept = [(filed.store_id, key) for key in (settlement(filed), by_law(filed))]
        promises.keep(kept, at=event.happened_at, now=now)
        cases.settle([(filed.store_id, owed(filed))], now=now)


def ended(told: Iterable[tuple[ReturnEvent, Return]], *, now: datetime) -> None:
    """Nothing runs any more; what was promised and came to nothing means nothing."""
    for event, filed in told:
        ours = (decision(filed), way(filed), settlement(filed), by_law(filed))
        keys = [(filed.store_id, key) for key in ours]
        promises.withdraw(keys, at=event.happened_at, now=now)
        cases.settle([(filed.store_id, key) for key in (running(filed), owed(filed))], now=now)


def _promised(
    filed: Return,
    key: str,
    kind: str,
    due_at: datetime | None,
    words: Mapping[str, str] = MappingProxyType({}),
) -> Promised:
    return Promised(
        store_id=filed.store_id,
        key=key,
        kind=kind,
        words={
            language: text.format(day=formats.day(due_at, language, filed.store.zone, due_at))
            for language, text in words.items()
            if due_at
        },
        due_at=due_at,
        order_id=filed.order_id,
        customer_id=filed.customer_id,
        subject_id=filed.pk,
        said_in="page",
        evidence=filed.number,
    )


def _trouble(filed: Return, key: str, kind: str) -> Trouble:
    return Trouble(
        store_id=filed.store_id,
        key=key,
        kind=kind,
        order_id=filed.order_id,
        customer_id=filed.customer_id,
        value=filed.worth,
        data={"return": filed.pk, "number": filed.number},
    )
