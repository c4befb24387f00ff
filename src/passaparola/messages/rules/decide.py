"""The arbiter: whether a message is sent now, waits, or is dropped, always with a reason.

Asked when a message is wanted and again at the moment of sending, with what is true then. Each rule is a
small function that either decides or has nothing to say; the first that decides wins. Reasons to stay
silent for ever go before reasons to wait, so that nothing waits that will never be sent.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.quiet import next_loud
from passaparola.messages.rules.values import (
    SEND,
    Decision,
    History,
    Policy,
    Purpose,
    Situation,
    Verdict,
    defer,
    drop,
)

CONFIRMATION_AGE = timedelta(hours=48)
"""A confirmation that comes later than this unsettles more than it confirms."""
SAME_NEWS = timedelta(hours=24)
EVE_HOUR = time(16)
"""News of what comes tomorrow is told in the afternoon before."""

Rule = Callable[[Intent, History, Situation, Policy, datetime], Decision | None]


def decide(intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime) -> Decision:
    """Return what to do with this message now. Total: every message is sent, deferred or dropped."""
    for rule in RULES:
        decision = rule(intent, history, situation, policy, now)
        if decision is not None:
            break
    else:
        return SEND
    if decision.reason == "no_consent" and intent.fallback is not None:
        # Who does not want offers still gets the plain confirmation.
        plain = replace(intent, kind=intent.fallback, fallback=None)
        return replace(decide(plain, history, situation, policy, now), instead=plain.kind.key)
    if decision.verdict is Verdict.DEFER and decision.until and decision.until >= intent.expires_at:
        return drop("too_late_then", waits_for=decision.reason)
    return decision


def history_is_silent(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """What was imported from the past is never written about, unless its customer asks."""
    del history, policy, now
    is_history = situation.order is not None and situation.order.is_history
    return drop("history") if is_history and not intent.kind.is_asked_for else None


def erased(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """Whoever asked to be forgotten is not written to."""
    del intent, history, policy, now
    return drop("erased") if situation.is_erased else None


def no_address(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    del history, situation, policy, now
    return None if intent.to_address else drop("no_address")


def suppressed(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """Writing on to an address that bounced harms the shop's good name with every mail provider.

    Unsubscribing ends what we want (offers, news, asking), never what belongs to an order.
    """
    del history, policy, now
    why = situation.suppressed
    if why == "unsubscribed":
        if intent.kind.purpose in {Purpose.TRANSACTIONAL, Purpose.SERVICE}:
            return None
        return drop("no_consent" if intent.fallback else why)
    return drop(why) if why else None


def consent(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """Offers and news go only to those who agreed to them."""
    del history, policy, now
    purpose = intent.kind.purpose
    if not purpose.needs_consent or purpose in situation.consents:
        return None
    return drop("no_consent")


def gone_order(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """About an order that was cancelled, deleted or only a test, nothing is told as if it went on."""
    del history, policy, now
    order = situation.order
    if order is None:
        return None
    if order.deleted_at:
        return drop("order_deleted")
    if order.is_test:
        return drop("order_is_test")
    if order.cancelled_at and intent.kind.is_void_when_cancelled:
        return drop("order_cancelled")
    if not order.cancelled_at and intent.kind.key == "order_cancelled":
        return drop("cancellation_taken_back")
    return None


def old_order(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """A shop that was silent for days and then sends everything must not confirm last week's orders."""
    del history, policy
    placed_at = situation.order.placed_at if situation.order else None
    if not intent.kind.is_confirmation or placed_at is None:
        return None
    return drop("old_order") if now - placed_at > CONFIRMATION_AGE else None


def stale(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """News that life has overtaken is not told: no “on its way” for what has arrived."""
    del history, policy, now
    parcel = situation.parcel
    if parcel is None or not intent.kind.is_stale(parcel):
        return None
    return drop("stale", state=parcel.state)


def expired(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    del history, situation, policy
    return drop("expired") if now >= intent.expires_at else None


def already_told(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """The same news within a day, in another kind's words, is one mail too many."""
    del situation, policy
    for said in history:
        is_same = said.kind in intent.kind.told_by and said.parcel_id == intent.parcel_id
        if is_same and now - said.sent_at < SAME_NEWS:
            return drop("already_told", by=said.kind)
    return None


def not_yet(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    del history, situation, policy
    return defer(intent.not_before, "not_yet") if now < intent.not_before else None


def arrival_eve(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """“Tomorrow” is said in the afternoon before, wherever the day has moved in the meantime.

    Looked at every afternoon until then: carriers name and change the day whenever they like.
    """
    del history, policy
    parcel = situation.parcel
    if not intent.kind.waits_for_arrival_eve or parcel is None:
        return None
    local = now.astimezone(situation.zone)
    is_one_day = parcel.arrival_first is not None and parcel.arrival_first == parcel.arrival_last
    is_eve = is_one_day and parcel.arrival_first == local.date() + timedelta(days=1)
    if is_eve and local.time() >= EVE_HOUR:
        return None
    look = datetime.combine(local.date(), EVE_HOUR, situation.zone)
    if look <= now:
        look = datetime.combine(local.date() + timedelta(days=1), EVE_HOUR, situation.zone)
    if is_one_day and parcel.arrival_first and parcel.arrival_first > local.date():
        return defer(look, "until_eve", date=parcel.arrival_first.isoformat())
    return defer(look, "no_day_known")


def quiet_hours(
    intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime
) -> Decision | None:
    """Nobody is disturbed at night.

    What answers an order or tells where a parcel is now goes at any hour by e-mail, which makes no sound
    and is often looked at before eight; on a channel that rings it waits for the morning too.
    """
    del history
    if intent.kind.purpose is Purpose.TRANSACTIONAL and not intent.is_noisy:
        return None
    morning = next_loud(now, situation.zone, policy.quiet_from, policy.quiet_until)
    return defer(morning, "quiet_hours") if morning else None


RULES: tuple[Rule, ...] = (
    history_is_silent,
    erased,
    no_address,
    suppressed,
    consent,
    gone_order,
    old_order,
    stale,
    expired,
    already_told,
    not_yet,
    arrival_eve,
    quiet_hours,
)
"""In the order in which they are asked. Caps and merging will join behind `already_told`."""
