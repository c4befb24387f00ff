"""The arbiter: whether a message is sent now, waits, or is dropped, always with a reason.

Asked when a message is wanted and again at the moment of sending, with what is true then. Reasons to stay
silent for ever go before reasons to wait, so that nothing waits that will never be sent. What concerns
several messages to one person at once, whose turn it is and which share a letter, is decided in `together`.
"""

from dataclasses import replace
from datetime import datetime

from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.question import Question
from passaparola.messages.rules.silences import SILENCES
from passaparola.messages.rules.values import SEND, Decision, History, Situation, Verdict, drop
from passaparola.messages.rules.waits import longest_wait

WITHOUT_THE_OFFER = frozenset(
    {
        *("no_consent", "declined", "said_before", "same_coupon"),
        *("paused", "sending_paused", "trouble_open", "calm_after", "own_cap", "own_day"),
    }
)
"""Why somebody gets the plain confirmation instead of the one with an offer, beside the shop's caps."""


def decide(intent: Intent, history: History, situation: Situation, policy: Policy, now: datetime) -> Decision:
    """Return what to do with this message now. Total: every message is sent, deferred or dropped."""
    question = Question(intent, history, situation, policy, now)
    decision = _first_silence(question) or longest_wait(question)
    if decision is None:
        return SEND
    if intent.fallback is not None and _concerns_the_offer(decision):
        plain = replace(intent, kind=intent.fallback, fallback=None)
        found = decide(plain, history, situation, policy, now)
        return replace(found, instead=plain.kind.key, params=found.params or _why(decision))
    if decision.verdict is Verdict.DEFER and decision.until and decision.until >= intent.expires_at:
        return drop("too_late_then", waits_for=decision.reason)
    return decision


def _first_silence(question: Question) -> Decision | None:
    for rule in SILENCES:
        decision = rule(question)
        if decision is not None:
            return decision
    return None


def _concerns_the_offer(decision: Decision) -> bool:
    """A confirmation comes at once, and nobody stays without: only what it offers can be one too many."""
    return decision.reason in WITHOUT_THE_OFFER or decision.reason.startswith("cap_")


def _why(decision: Decision) -> dict[str, str]:
    return {} if decision.reason == "no_consent" else {"without_offer": decision.reason}
