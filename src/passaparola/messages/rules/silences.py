"""Reasons never to say something. The first that holds is told."""

from datetime import timedelta

from passaparola.messages.rules.question import Question, Rule
from passaparola.messages.rules.values import WANTED, Decision, Purpose, Said, drop

CONFIRMATION_AGE = timedelta(hours=48)
"""A confirmation that comes later than this unsettles more than it confirms."""
SAME_NEWS = timedelta(hours=24)
GRAVEST_LAST = ("unsubscribed", "stopped", "complaint", "hard_bounce")
"""Why addresses are silenced: of several reasons the last one counts."""


def history_is_silent(q: Question) -> Decision | None:
    """What was imported from the past is never written about, unless its customer asks."""
    is_history = q.situation.order is not None and q.situation.order.is_history
    return drop("history") if is_history and not q.intent.kind.is_asked_for else None


def erased(q: Question) -> Decision | None:
    """Whoever asked to be forgotten is not written to (GDPR, article 17)."""
    return drop("erased") if q.situation.is_erased else None


def taken_back(q: Question) -> Decision | None:
    """What somebody asked for and does not mean any more is not said: the thank-you of an order sent back since."""
    return None if q.situation.is_meant else drop("withdrawn")


def no_address(q: Question) -> Decision | None:
    return None if q.intent.to_address else drop("no_address")


def suppressed(q: Question) -> Decision | None:
    """Writing on to an address that bounced harms the shop's good name with every mail provider (M3AAWG, “Sender
    Best Common Practices”, version 3, 2015).

    Unsubscribing ends what we want (offers, news, asking), never what belongs to an order.
    """
    why = q.situation.suppressed
    if why == "unsubscribed":
        if q.intent.kind.purpose not in WANTED:
            return None
        return drop("no_consent" if q.intent.fallback else why)
    return drop(why) if why else None


def consent(q: Question) -> Decision | None:
    """Offers and news go only to those who agreed to them (ePrivacy directive, article 13)."""
    purpose = q.intent.kind.purpose
    if not purpose.needs_consent or purpose in q.situation.consents:
        return None
    return drop("no_consent")


def declined(q: Question) -> Decision | None:
    """Questions need no yes before, but a no ends them (GDPR, article 21.3)."""
    purpose = q.intent.kind.purpose
    return drop("declined") if purpose in WANTED and purpose in q.situation.declined else None


def nobody_known(q: Question) -> Decision | None:
    """Of somebody without a record nobody can say what else we wrote: we want nothing of them."""
    is_wanted = q.intent.kind.purpose in WANTED
    return drop("nobody_known") if is_wanted and not q.situation.is_known else None


def gone_order(q: Question) -> Decision | None:
    """About an order that was cancelled, deleted or only a test, nothing is told as if it went on."""
    order = q.situation.order
    if order is None:
        return None
    if order.deleted_at:
        return drop("order_deleted")
    if order.is_test:
        return drop("order_is_test")
    if order.cancelled_at and q.intent.kind.is_void_when_cancelled:
        return drop("order_cancelled")
    if not order.cancelled_at and q.intent.kind.key == "order_cancelled":
        return drop("cancellation_taken_back")
    return None


def old_order(q: Question) -> Decision | None:
    """A shop that was silent for days and then sends everything must not confirm last week's orders."""
    placed_at = q.situation.order.placed_at if q.situation.order else None
    if not q.intent.kind.is_confirmation or placed_at is None:
        return None
    return drop("old_order") if q.now - placed_at > CONFIRMATION_AGE else None


def stale(q: Question) -> Decision | None:
    """News that life has overtaken is not told: no “on its way” for what has arrived."""
    parcel = q.situation.parcel
    if parcel is None or not q.intent.kind.is_stale(parcel):
        return None
    return drop("stale", state=parcel.state)


def expired(q: Question) -> Decision | None:
    return drop("expired") if q.now >= q.intent.expires_at else None


def already_told(q: Question) -> Decision | None:
    """The same news within a day, in another kind's words, is one mail too many."""
    if not q.intent.kind.told_by:
        return None
    for said in q.history:
        is_same = said.kind in q.intent.kind.told_by and said.parcel_id == q.intent.parcel_id
        if is_same and q.now - said.sent_at < SAME_NEWS:
            return drop("already_told", by=said.kind)
    return None


def apologised(q: Question) -> Decision | None:
    """One trouble, one apology. A second “we are sorry” about the same order is worth less than silence.

    Repeated apologies lower trust further instead of mending it; after the first only a remedy helps
    (found for ride hailing in a field experiment with 1.5 million riders: Halperin, Ho, List and Muir,
    “Toward an understanding of the economics of apologies”, 2022).
    """
    if not q.intent.kind.is_apology or q.intent.order_id is None:
        return None
    for said in q.history:
        if said.is_apology and said.order_id == q.intent.order_id:
            return drop("apologised", date=said.sent_at.date().isoformat())
    return None


def said_before(q: Question) -> Decision | None:
    """The same question, offer or story twice says that nobody is there who remembers.

    What speaks of an order, and a question, is another thing about the next order. A story, an offer or a note of
    thanks is the same to whoever reads it, whichever order gave the occasion.
    """
    kind = q.intent.kind
    if kind.purpose not in WANTED and not kind.is_kindness:
        return None
    since = q.now - timedelta(days=q.policy.repeat_days)
    for said in q.history:
        if said.sent_at <= since or (said.purpose not in WANTED and said.kind != kind.key):
            continue
        if q.intent.thing and said.thing == q.intent.thing and _is_about_the_same(said, q):
            return drop("said_before", date=said.sent_at.date().isoformat())
        if q.intent.coupon and said.coupon == q.intent.coupon:
            return drop("same_coupon", coupon=said.coupon)
    return None


def _is_about_the_same(said: Said, q: Question) -> bool:
    return said.order_id == q.intent.order_id or not q.intent.kind.is_of_order


SILENCES: tuple[Rule, ...] = (
    history_is_silent,
    erased,
    taken_back,
    no_address,
    suppressed,
    consent,
    declined,
    nobody_known,
    gone_order,
    old_order,
    stale,
    expired,
    already_told,
    apologised,
    said_before,
)
"""In the order in which they are asked."""
NEEDS_HISTORY = frozenset({Purpose.SERVICE, *WANTED})
"""Purposes for which what was said to the person before matters."""
