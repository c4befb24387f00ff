"""How often, whose turn it is, and when nothing is wanted of anybody."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.kind import KINDS
from passaparola.messages.rules.decide import decide
from passaparola.messages.rules.intent import thing_of
from passaparola.messages.rules.own_days import calendar
from passaparola.messages.rules.policy import GUARDS, Policy, cap
from passaparola.messages.rules.tests import some
from passaparola.messages.rules.tests.some import NOW, ROME
from passaparola.messages.rules.together import Wish, decide_together
from passaparola.messages.rules.values import (
    WANTED,
    OwnDay,
    ParcelNow,
    Purpose,
    Said,
    Situation,
    Trouble,
    Verdict,
)

DAY = timedelta(days=1)
LONG = NOW + 60 * DAY
EVERYTHING = frozenset(Purpose)


def said(days_ago, purpose=Purpose.NEWS, **more):
    given = {"kind": "newsletter", "parcel_id": None, "sent_at": NOW - days_ago * DAY, "purpose": purpose}
    return Said(**(given | more))


def wanted(kind="newsletter", **changes):
    given = {"order_id": None, "expires_at": LONG, "thing": kind}
    return some.intent(kind, **(given | changes))


def person(**changes):
    return Situation(**({"consents": EVERYTHING, "zone": ROME} | changes))


def answer(intent, *history, policy=Policy(), **who):  # noqa: B008 - frozen
    return decide(intent, tuple(history), person(**who), policy, NOW)


def test_a_second_piece_of_news_in_a_week_waits_until_the_week_is_over():
    decision = answer(wanted(), said(3, thing="another"))

    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "cap_news")
    assert decision.until == NOW + 4 * DAY


def test_the_moment_the_window_frees_there_is_room():
    assert answer(wanted(), said(7, thing="another")).verdict is Verdict.SEND
    assert answer(wanted(), said(7 - 1 / 86_400, thing="another")).verdict is Verdict.DEFER


@given(st.lists(st.integers(0, 40 * 24), max_size=8), st.integers(1, 4), st.integers(1, 20))
def test_a_cap_frees_when_the_window_holds_one_less_than_its_most(hours, most, days):
    times = [NOW - timedelta(hours=ago) for ago in hours]
    one = cap("x", *WANTED, most=most, days=days)
    history = [Said(kind="x", parcel_id=None, sent_at=at, purpose=Purpose.ASK) for at in times]

    frees_at = one.frees_at(history, NOW) or NOW

    def inside(moment):
        return sum(moment - one.window < at <= moment for at in times)

    assert inside(frees_at) < most
    if frees_at > NOW:
        assert inside(frees_at - timedelta(seconds=1)) >= most


def test_what_was_told_in_anothers_letter_is_no_letter():
    assert answer(wanted(), said(1, is_merged=True, thing="another")).verdict is Verdict.SEND


def test_what_belongs_to_an_order_is_never_capped():
    tight = Policy(caps=(cap("all", *Purpose, most=1, days=30),))
    parcel = some.situation(parcel=ParcelNow(state="in_transit"))

    assert decide(some.intent("shipped"), (said(1),), parcel, tight, NOW).verdict is Verdict.SEND


def test_a_deferral_beyond_its_use_is_dropped_and_says_what_it_would_have_waited_for():
    decision = answer(wanted(expires_at=NOW + 2 * DAY), said(3, thing="another"))

    assert (decision.reason, decision.params) == ("too_late_then", {"waits_for": "cap_news"})


def test_of_two_waits_the_longer_is_told():
    night = some.NIGHT
    news = wanted(not_before=night)

    decision = decide(
        news,
        (Said(kind="x", parcel_id=None, sent_at=night, purpose=Purpose.NEWS),),
        person(),
        Policy(),
        night,
    )

    assert decision.reason == "cap_news"


def test_where_a_cap_leaves_room_for_one_the_more_important_goes():
    one = Policy(caps=(cap("all", *WANTED, most=1, days=7),))
    wishes = [
        Wish(1, wanted("newsletter"), person()),
        Wish(2, wanted("offer"), person()),
        Wish(3, wanted("question"), person()),
    ]

    found = decide_together(wishes, (), one, NOW)

    assert [found[key].verdict for key in (3, 2, 1)] == [Verdict.SEND, Verdict.DEFER, Verdict.DEFER]


def test_what_belongs_to_the_day_goes_before_what_is_more_important_on_others():
    one = Policy(caps=(cap("all", *WANTED, most=1, days=7),))
    wishes = [Wish(1, wanted("question"), person()), Wish(2, wanted("birthday_card"), person())]

    found = decide_together(wishes, (), one, NOW)

    assert (found[2].verdict, found[1].reason) == (Verdict.SEND, "cap_all")


def test_a_newsletter_leaves_its_place_to_the_birthday_of_this_week():
    birthday = (OwnDay(date(2026, 11, 21), Purpose.NEWS),)

    decision = answer(wanted(), own_days=birthday)

    assert (decision.reason, decision.params) == ("own_day", {"date": "2026-11-21"})
    assert decision.until == datetime(2026, 11, 22, tzinfo=ROME)
    assert answer(wanted("question"), own_days=birthday).verdict is Verdict.SEND
    assert answer(wanted("birthday_card"), own_days=birthday).verdict is Verdict.SEND
    assert answer(wanted(), own_days=(OwnDay(date(2026, 11, 26), Purpose.NEWS),)).verdict is Verdict.SEND


def test_nobody_waits_for_a_card_that_is_not_wanted_was_sent_or_has_no_place_anyway():
    today = (OwnDay(date(2026, 11, 18), Purpose.NEWS),)
    two = Policy(caps=(cap("all", *WANTED, most=2, days=14),))
    card = said(0, kind="birthday_card", thing="birthday_card")
    full = [said(4, thing="a"), said(5, thing="b")]

    assert (
        answer(wanted("offer"), own_days=today, consents=frozenset({Purpose.OFFER})).verdict is Verdict.SEND
    )
    assert answer(wanted("question"), card, policy=two, own_days=today).verdict is Verdict.SEND
    assert answer(wanted("question"), *full, policy=two, own_days=today).reason == "cap_all"


def test_days_come_round_also_for_whoever_was_born_on_a_leap_day():
    this_year = calendar(date(2026, 2, 1), date(2026, 3, 31))

    assert (this_year[2, 29], this_year[3, 1]) == (date(2026, 2, 28), date(2026, 3, 1))
    assert calendar(date(2028, 2, 1), date(2028, 3, 31))[2, 29] == date(2028, 2, 29)
    assert calendar(date(2026, 12, 30), date(2027, 1, 2))[1, 1] == date(2027, 1, 1)


def test_of_two_equals_the_one_asked_for_first_goes():
    one = Policy(caps=(cap("news", Purpose.NEWS, most=1, days=7),))
    wishes = [Wish(key, wanted(thing=str(key)), person()) for key in (8, 5)]

    found = decide_together(wishes, (), one, NOW)

    assert (found[5].verdict, found[8].verdict) == (Verdict.SEND, Verdict.DEFER)


def test_how_often_somebody_wants_it_holds_beside_the_shops_caps():
    free = Policy(caps=())

    assert answer(wanted(), said(20, thing="another"), policy=free).verdict is Verdict.SEND
    monthly = answer(wanted(), said(20, thing="another"), policy=free, frequency="monthly")
    assert (monthly.reason, monthly.until) == ("own_cap", NOW + 10 * DAY)


def test_a_pause_is_a_pause_and_the_parcel_is_told_all_the_same():
    until = NOW + 30 * DAY

    assert answer(wanted(), paused_until=until).until == until
    moving = {"parcel": ParcelNow(state="in_transit"), "paused_until": until}
    assert answer(some.intent("shipped"), **moving).verdict is Verdict.SEND


@pytest.mark.parametrize("kind", ["question", "offer", "newsletter"])
def test_nothing_is_wanted_of_somebody_whose_parcel_is_late(kind):
    late = Trouble(kind="late_parcel", opened_at=NOW - DAY)

    decision = answer(wanted(kind), troubles=(late,))

    assert (decision.reason, decision.params) == ("trouble_open", {"trouble": "late_parcel"})
    assert decision.until == NOW + DAY


def test_after_a_complaint_there_are_two_weeks_of_calm():
    solved = Trouble(kind="complaint", opened_at=NOW - 9 * DAY, settled_at=NOW - 4 * DAY)

    decision = answer(wanted("question"), troubles=(solved,))

    assert (decision.reason, decision.until) == ("calm_after", NOW + 10 * DAY)


def test_a_guard_that_was_switched_off_minds_nothing():
    open_return = Trouble(kind="return", opened_at=NOW)
    off = Policy(guards=tuple(guard for guard in GUARDS if guard.name != "return"))

    assert answer(wanted(), troubles=(open_return,), policy=off).verdict is Verdict.SEND
    assert answer(wanted(), troubles=(open_return,)).verdict is Verdict.DEFER


def test_a_trouble_of_a_kind_nobody_thought_of_is_minded_as_a_case():
    assert answer(wanted(), troubles=(Trouble(kind="flood", opened_at=NOW),)).reason == "trouble_open"


def test_the_delay_itself_is_told_while_the_parcel_is_late():
    late = Trouble(kind="late_parcel", opened_at=NOW - DAY)
    about = {"parcel": ParcelNow(state="in_transit"), "troubles": (late,)}

    assert answer(some.intent("delayed"), **about).verdict is Verdict.SEND


def test_a_second_apology_about_an_order_is_one_too_many():
    sorry = Said(kind="delayed", parcel_id=9, sent_at=NOW - 8 * DAY, order_id=1, is_apology=True)
    about = {"parcel": ParcelNow(state="in_transit")}

    decision = answer(some.intent("delayed"), sorry, **about)

    assert (decision.verdict, decision.reason) == (Verdict.DROP, "apologised")
    assert answer(some.intent("delayed", order_id=2), sorry, **about).verdict is Verdict.SEND


def test_the_same_thing_is_not_said_twice_in_a_month():
    assert answer(wanted(thing="tips"), said(29, thing="tips")).reason == "said_before"
    assert answer(wanted(thing="tips"), said(30, thing="tips")).verdict is Verdict.SEND
    assert (
        answer(wanted("question", order_id=2, thing="q"), said(20, thing="q", order_id=1)).verdict
        is Verdict.SEND
    )


def test_a_note_of_thanks_is_said_once_a_month_however_many_orders_gave_the_occasion():
    def again_after(days):
        note = {"kind": "appreciation", "thing": "appreciation", "purpose": Purpose.SERVICE}
        return answer(
            some.intent("appreciation", order_id=2, thing="appreciation"), said(days, order_id=1, **note)
        )

    assert again_after(9).reason == "said_before"
    assert again_after(30).verdict is Verdict.SEND


@pytest.mark.parametrize("kind", ["tips", "story", "offer", "newsletter"])
def test_the_same_story_or_offer_after_another_order_is_the_same(kind):
    before = said(9, KINDS[kind].purpose, kind=kind, thing=kind, order_id=1)
    unhurried = Policy(caps=())

    assert answer(wanted(kind, order_id=2, thing=kind), before, policy=unhurried).reason == "said_before"


@pytest.mark.parametrize("kind", ["thank_you_care", "delayed", "near_products", "parcel_stalled"])
def test_what_speaks_of_an_order_is_said_about_the_next_one_as_well(kind):
    before = said(1, KINDS[kind].purpose, kind=kind, thing=kind, order_id=1)
    about = some.intent(kind, order_id=2, thing=kind)

    decision = answer(about, before, parcel=ParcelNow(state="in_transit"), policy=Policy(caps=()))

    assert decision.verdict is Verdict.SEND


def test_the_same_code_is_not_offered_twice():
    before = said(20, purpose=Purpose.OFFER, coupon="LUNA10", thing="another")

    assert answer(wanted("offer", coupon="LUNA10"), before).reason == "same_coupon"
    assert answer(wanted("offer", coupon="LUNA15"), before).verdict is Verdict.SEND


def test_what_makes_the_same_thing():
    assert thing_of("newsletter", None, "campaign:5") == "campaign:5"
    assert thing_of("letter", 7, "journey:1") == thing_of("card", 7, "journey:2") == "template:7"
    assert thing_of("question", None, "journey:1") == "question"


def test_a_confirmation_with_an_offer_never_waits_for_a_cap_it_goes_without_the_offer():
    offer = some.intent("confirmation_enticing", fallback=KINDS["confirmation_simple"])
    history = tuple(said(day, purpose=Purpose.OFFER, thing=str(day)) for day in (1, 2))

    decision = decide(offer, history, some.situation(consents=EVERYTHING), Policy(), NOW)

    assert (decision.verdict, decision.instead) == (Verdict.SEND, "confirmation_simple")
    assert decision.params == {"without_offer": "cap_offer"}


def test_nothing_is_wanted_of_somebody_nobody_knows():
    assert answer(wanted("question"), is_known=False).reason == "nobody_known"


def test_the_most_urgent_news_of_an_order_leads_and_tells_the_others():
    moving = some.situation(parcel=ParcelNow(state="in_transit"))
    wishes = [
        Wish(1, some.intent("shipped", parcel_id=1), moving),
        Wish(2, some.intent("delayed", parcel_id=2), moving),
        Wish(3, some.intent("shipped", parcel_id=3, order_id=2), moving),
        Wish(4, some.intent("delayed", parcel_id=4), moving),
    ]

    found = decide_together(wishes, (), Policy(), NOW)

    assert (found[1].into, found[4].into) == (2, 2)
    assert found[2].verdict is found[3].verdict is Verdict.SEND
