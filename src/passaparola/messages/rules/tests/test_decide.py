"""The arbiter: everything asked for is sent, waits for a stated time, or is dropped with a reason."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given

from passaparola.messages.kind import KINDS
from passaparola.messages.reasons import SENTENCES
from passaparola.messages.rules.decide import decide
from passaparola.messages.rules.policy import Policy
from passaparola.messages.rules.quiet import is_quiet
from passaparola.messages.rules.tests import some
from passaparola.messages.rules.tests.some import NIGHT, NOW
from passaparola.messages.rules.values import OrderNow, ParcelNow, Purpose, Said, Verdict

EVERYTHING = given(some.intents, some.histories, some.situations, some.policies, some.near)
MOVING = ParcelNow(state="in_transit")


def sent_kind(intent, decision):
    return KINDS[decision.instead] if decision.instead else intent.kind


@EVERYTHING
def test_everything_is_sent_or_waits_for_the_future_or_is_dropped_with_a_reason(
    intent, history, situation, policy, now
):
    decision = decide(intent, history, situation, policy, now)

    if decision.verdict is Verdict.DEFER:
        assert now < decision.until < intent.expires_at
    if decision.verdict is not Verdict.SEND:
        assert decision.reason in SENTENCES


@EVERYTHING
def test_no_offer_goes_to_somebody_who_did_not_agree(intent, history, situation, policy, now):
    decision = decide(intent, history, situation, policy, now)

    if decision.verdict is Verdict.SEND:
        purpose = sent_kind(intent, decision).purpose
        assert not purpose.needs_consent or purpose in situation.consents


@EVERYTHING
def test_nobody_is_disturbed_in_quiet_hours(intent, history, situation, policy, now):
    decision = decide(intent, history, situation, policy, now)

    if decision.verdict is Verdict.SEND:
        local = now.astimezone(situation.zone).time()
        may_wait = sent_kind(intent, decision).purpose is not Purpose.TRANSACTIONAL or intent.is_noisy
        assert not (may_wait and is_quiet(local, policy.quiet_from, policy.quiet_until))


@EVERYTHING
def test_silence_is_kept_about_history_and_towards_the_erased_the_bounced_and_those_who_left(
    intent, history, situation, policy, now
):
    decision = decide(intent, history, situation, policy, now)

    is_history = situation.order is not None and situation.order.is_history and not intent.kind.is_asked_for
    gone = situation.suppressed in {"hard_bounce", "complaint"}
    if is_history or situation.is_erased or gone or not intent.to_address or not situation.is_meant:
        assert decision.verdict is Verdict.DROP


@EVERYTHING
def test_nothing_waits_for_ever(intent, history, situation, policy, now):
    for _ in range(200):
        decision = decide(intent, history, situation, policy, now)
        if decision.verdict is not Verdict.DEFER:
            return
        now = decision.until
    raise AssertionError(decision)


def test_a_confirmation_goes_out_at_once_even_at_night():
    order = some.intent(not_before=NIGHT, expires_at=NIGHT + timedelta(days=1))

    decision = decide(order, (), some.situation(order=OrderNow(placed_at=NIGHT)), Policy(), NIGHT)

    assert decision.verdict is Verdict.SEND


def test_a_delay_told_at_night_waits_for_eight_in_the_morning():
    delayed = some.intent("delayed", not_before=NIGHT, expires_at=NIGHT + timedelta(days=2))

    decision = decide(delayed, (), some.situation(parcel=MOVING), Policy(), NIGHT)

    assert decision.reason == "quiet_hours"
    assert decision.until.astimezone(some.ROME).isoformat() == "2026-11-19T08:00:00+01:00"


def test_quiet_hours_are_the_recipients_own():
    tokyo = some.situation(zone=some.ZoneInfo("Asia/Tokyo"), parcel=MOVING)

    decision = decide(some.intent("delayed"), (), tokyo, Policy(quiet_from=time(20)), NOW)

    assert decision.reason == "quiet_hours"


def test_an_order_of_three_days_ago_is_not_confirmed():
    old = some.situation(order=OrderNow(placed_at=NOW - timedelta(days=3)))

    assert decide(some.intent(), (), old, Policy(), NOW).reason == "old_order"


def test_shipped_is_no_news_once_it_has_arrived():
    arrived = some.situation(parcel=ParcelNow(state="delivered"))

    decision = decide(some.intent("shipped"), (), arrived, Policy(), NOW)

    assert (decision.verdict, decision.reason) == (Verdict.DROP, "stale")


def test_without_consent_the_plain_confirmation_goes_out_instead():
    offer = some.intent("confirmation_enticing", fallback=KINDS["confirmation_simple"])

    decision = decide(offer, (), some.situation(), Policy(), NOW)

    assert (decision.verdict, decision.instead) == (Verdict.SEND, "confirmation_simple")


def test_who_unsubscribed_after_agreeing_gets_the_plain_confirmation():
    offer = some.intent("confirmation_enticing", fallback=KINDS["confirmation_simple"])
    both = some.situation(suppressed="unsubscribed", consents=frozenset({Purpose.OFFER}))

    assert decide(offer, (), both, Policy(), NOW).instead == "confirmation_simple"


def test_who_unsubscribed_still_hears_of_the_order():
    silent = some.situation(suppressed="unsubscribed", parcel=ParcelNow(state="picked_up"))

    assert decide(some.intent("shipped"), (), silent, Policy(), NOW).verdict is Verdict.SEND


def test_of_a_cancelled_order_nothing_is_told_but_that_it_was():
    gone = some.situation(order=OrderNow(placed_at=NOW, cancelled_at=NOW))

    assert decide(some.intent(), (), gone, Policy(), NOW).reason == "order_cancelled"
    assert decide(some.intent("order_cancelled"), (), gone, Policy(), NOW).verdict is Verdict.SEND


def test_tomorrow_is_said_on_the_eve_and_moves_with_the_day():
    arriving = some.intent("arriving")
    friday = ParcelNow(state="in_transit", arrival_first=date(2026, 11, 20), arrival_last=date(2026, 11, 20))
    monday = replace(friday, arrival_first=date(2026, 11, 23), arrival_last=date(2026, 11, 23))
    thursday_four = NOW.replace(hour=15) + timedelta(days=1)

    assert decide(arriving, (), some.situation(parcel=friday), Policy(), NOW).reason == "until_eve"
    assert (
        decide(arriving, (), some.situation(parcel=friday), Policy(), thursday_four).verdict is Verdict.SEND
    )
    assert decide(arriving, (), some.situation(parcel=monday), Policy(), thursday_four).reason == "until_eve"


def test_the_same_news_is_not_told_twice_in_a_day():
    shipped = (Said(kind="shipped", parcel_id=2, sent_at=NOW - timedelta(hours=3)),)

    decision = decide(some.intent("arriving"), shipped, some.situation(parcel=MOVING), Policy(), NOW)

    assert decision.reason == "already_told"
