"""Reasons to say something later. All are asked; the one that lasts longest is told."""

from datetime import datetime, timedelta

from passaparola.messages.rules.own_days import own_day_ahead
from passaparola.messages.rules.policy import FREQUENCIES
from passaparola.messages.rules.question import Question, Rule
from passaparola.messages.rules.quiet import next_loud
from passaparola.messages.rules.values import WANTED, Decision, Purpose, Trouble, defer

EVE_HOUR = 16
"""News of what comes tomorrow is told in the afternoon before."""
LOOK_SOON = timedelta(hours=1)
LOOK_AGAIN = timedelta(days=1)
"""How soon to ask again where nobody knows when a trouble ends."""


def not_yet(q: Question) -> Decision | None:
    return defer(q.intent.not_before, "not_yet") if q.now < q.intent.not_before else None


def arrival_eve(q: Question) -> Decision | None:
    """“Tomorrow” is said in the afternoon before, wherever the day has moved in the meantime.

    Looked at every afternoon until then: carriers name and change the day whenever they like.
    """
    parcel = q.situation.parcel
    if not q.intent.kind.waits_for_arrival_eve or parcel is None:
        return None
    local = q.now.astimezone(q.situation.zone)
    is_one_day = parcel.arrival_first is not None and parcel.arrival_first == parcel.arrival_last
    is_eve = is_one_day and parcel.arrival_first == local.date() + timedelta(days=1)
    if is_eve and local.hour >= EVE_HOUR:
        return None
    look = _at_eve_hour(local)
    if look <= q.now:
        look = _at_eve_hour(local + timedelta(days=1))
    if is_one_day and parcel.arrival_first and parcel.arrival_first > local.date():
        return defer(look, "until_eve", date=parcel.arrival_first.isoformat())
    return defer(look, "no_day_known")


def _at_eve_hour(local: datetime) -> datetime:
    return local.replace(hour=EVE_HOUR, minute=0, second=0, microsecond=0, fold=0)


def gathering(q: Question) -> Decision | None:
    """An order that travels in several parcels is told of once: the first news waits a little for the others.

    Carriers tell of parcels one by one, minutes apart; three mails in five minutes about one order is what
    people complain of.
    """
    order, asked_at = q.situation.order, q.intent.asked_at
    if not q.intent.kind.gathers or order is None or order.parcels < 2 or asked_at is None:  # noqa: PLR2004 - several
        return None
    until = asked_at + timedelta(minutes=q.policy.gather_minutes)
    return defer(until, "gathering") if q.now < until else None


def sending_paused(q: Question) -> Decision | None:
    """Where too many complain, writing on harms also the mails that people wait for: those alone go out."""
    if not q.policy.is_paused or q.intent.kind.purpose not in WANTED:
        return None
    return defer(q.now + LOOK_SOON, "sending_paused")


def paused(q: Question) -> Decision | None:
    """Who asked for a month of peace has it. Leaving this door open keeps people from leaving for good."""
    until = q.situation.paused_until
    if until is None or until <= q.now or q.intent.kind.purpose not in WANTED:
        return None
    return defer(until, "paused", date=until.astimezone(q.situation.zone).date().isoformat())


def troubled(q: Question) -> Decision | None:
    """We want nothing of somebody who is waiting for us to put something right, nor right after.

    What ends when nobody knows is looked at every day; a solved one leaves some days of calm.
    """
    if q.intent.kind.purpose not in WANTED:
        return None
    found = [_kept_quiet(trouble, q) for trouble in q.situation.troubles]
    return _longest([decision for decision in found if decision])


def _kept_quiet(trouble: Trouble, q: Question) -> Decision | None:
    guard = q.policy.guard_of(trouble.kind)
    if guard is None or trouble.opened_at > q.now:
        return None
    if trouble.settled_at is None or trouble.settled_at > q.now:
        return defer(q.now + LOOK_AGAIN, "trouble_open", trouble=trouble.kind)
    until = trouble.settled_at + timedelta(days=guard.calm_days)
    return defer(until, "calm_after", trouble=trouble.kind) if until > q.now else None


def capped(q: Question) -> Decision | None:
    """Nobody hears from us more often than the shop, or they themselves, have set, whatever the channel.

    The numbers that a shop starts with, and where they come from, stand at `policy.CAPS`.
    """
    purpose = q.intent.kind.purpose
    if purpose is Purpose.TRANSACTIONAL:
        return None
    own = FREQUENCIES.get(q.situation.frequency)
    found = []
    for cap in (*q.policy.caps, own) if own else q.policy.caps:
        frees_at = cap.frees_at(q.history, q.now) if purpose in cap.purposes else None
        if frees_at:
            reason = "own_cap" if cap is own else f"cap_{cap.name}"
            found.append(defer(frees_at, reason, most=cap.most, days=cap.days))
    return _longest(found)


def quiet_hours(q: Question) -> Decision | None:
    """Nobody is disturbed at night.

    What answers an order or tells where a parcel is now goes at any hour by e-mail, which makes no sound
    and is often looked at before eight; on a channel that rings it waits for the morning too. Nine to eight are
    the hours in which the United States forbid calls that sell (47 CFR 64.1200(c)(1), by the clock of who is called).
    """
    if q.intent.kind.purpose is Purpose.TRANSACTIONAL and not q.intent.is_noisy:
        return None
    morning = next_loud(q.now, q.situation.zone, q.policy.quiet_from, q.policy.quiet_until)
    return defer(morning, "quiet_hours") if morning else None


def _longest(found: list[Decision]) -> Decision | None:
    return max(found, key=_until, default=None)


def _until(decision: Decision) -> float:
    return decision.until.timestamp() if decision.until else 0


WAITS: tuple[Rule, ...] = (
    not_yet,
    arrival_eve,
    gathering,
    sending_paused,
    paused,
    troubled,
    capped,
    own_day_ahead,
    quiet_hours,
)


def longest_wait(q: Question) -> Decision | None:
    """Return the wait that lasts longest; of equal ones the first in the list.

    Asking only until the first would tell somebody “until tomorrow morning” who has to wait for a week.
    """
    return _longest([decision for rule in WAITS if (decision := rule(q))])
