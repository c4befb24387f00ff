"""Random streams of messages to a few people, gone through on a clock of our own."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from passaparola.messages.kind import KINDS
from passaparola.messages.reasons import SENTENCES
from passaparola.messages.rules.intent import Intent
from passaparola.messages.rules.policy import CAPS, FREQUENCIES, GUARDS, Policy
from passaparola.messages.rules.quiet import is_quiet
from passaparola.messages.rules.replay import Asked, replay
from passaparola.messages.rules.tests import some
from passaparola.messages.rules.tests.some import NOW, ROME
from passaparola.messages.rules.together import Wish
from passaparola.messages.rules.values import (
    WANTED,
    OrderNow,
    ParcelNow,
    Purpose,
    Situation,
    Trouble,
    Verdict,
)

DAYS = 40
END = NOW + timedelta(days=DAYS + 60)
moments = st.integers(0, DAYS * 24 * 6).map(lambda tens: NOW + timedelta(minutes=10 * tens))
caps = st.sampled_from(CAPS).flatmap(
    lambda cap: st.builds(
        lambda most, days: type(cap)(name=cap.name, purposes=cap.purposes, most=most, days=days),
        st.integers(1, 3),
        st.integers(1, 21),
    )
)
policies = st.builds(
    Policy,
    quiet_from=st.sampled_from([some.time(21), some.time(0)]),
    quiet_until=st.sampled_from([some.time(8), some.time(0)]),
    caps=st.lists(caps, max_size=5).map(tuple),
    guards=st.sets(st.sampled_from(GUARDS)).map(tuple),
    repeat_days=st.integers(0, 30),
)
troubles = st.builds(
    lambda kind, opened, days: Trouble(
        kind=kind, opened_at=opened, settled_at=None if days is None else opened + timedelta(days=days)
    ),
    st.sampled_from(["late_parcel", "return", "complaint", "something new"]),
    moments,
    st.none() | st.integers(0, 10),
)
people = st.builds(
    Situation,
    consents=st.frozensets(st.sampled_from(list(Purpose))),
    suppressed=st.sampled_from(["", "", "", "unsubscribed", "hard_bounce"]),
    troubles=st.lists(troubles, max_size=2).map(tuple),
    paused_until=st.none() | moments,
    frequency=st.sampled_from(["", "", *FREQUENCIES]),
    is_meant=st.sampled_from([True, True, True, False]),
    zone=some.zones,
)
wanted = st.tuples(
    st.integers(0, 1),
    st.sampled_from(sorted(KINDS)),
    moments,
    st.integers(1, 2),
    st.integers(1, 3),
    st.sampled_from(["", "", "LUNA10"]),
)


@st.composite
def streams(draw):
    """Draw two people, and what is wanted of them in some weeks."""
    persons = [draw(people), draw(people)]
    return [
        _asked(key, one, persons) for key, one in enumerate(draw(st.lists(wanted, min_size=1, max_size=25)))
    ]


def _asked(key, one, persons):
    person, kind, at, order, parcel, coupon = one
    kind, who = KINDS[kind], persons[person]
    about_parcel = kind.is_about_parcel
    intent = Intent(
        kind=kind,
        to_address="giulia@posta.example",
        not_before=at,
        expires_at=at + max(kind.lasts, timedelta(days=20)),
        order_id=10 * person + order if about_parcel or kind.is_confirmation else None,
        parcel_id=parcel if about_parcel else None,
        fallback=KINDS[kind.fallback] if kind.fallback else None,
        asked_at=at,
        thing=f"{kind.key} {key % 7}",
        coupon=coupon if kind.purpose is Purpose.OFFER else "",
    )
    situation = Situation(
        order=OrderNow(placed_at=at, parcels=2) if intent.order_id else None,
        parcel=ParcelNow(state="in_transit") if about_parcel else None,
        consents=who.consents,
        suppressed=who.suppressed,
        troubles=who.troubles,
        paused_until=who.paused_until,
        frequency=who.frequency,
        is_meant=who.is_meant,
        zone=who.zone,
    )
    return Asked(Wish(key, intent, situation), person, at)


def sent(stream, fates):
    """Return what was sent: who, what for, when, and what was asked for."""
    found = []
    for asked in stream:
        fate = fates[asked.wish.key]
        if fate.decision.verdict is Verdict.SEND:
            kind = KINDS[fate.decision.instead] if fate.decision.instead else asked.wish.intent.kind
            found.append((asked.person, kind.purpose, fate.at, asked))
    return found


@settings(max_examples=150)
@given(streams(), policies)
def test_no_cap_is_ever_exceeded_in_any_window(stream, policy):
    letters = sent(stream, replay(stream, policy, until=END))

    for person in (0, 1):
        frequency = next((a.wish.situation.frequency for a in stream if a.person == person), "")
        own = [FREQUENCIES[frequency]] if frequency else []
        for cap in (*policy.caps, *own):
            times = [at for who, purpose, at, _ in letters if who == person and purpose in cap.purposes]
            for last in times:
                assert sum(last - cap.window < at <= last for at in times) <= cap.most


@settings(max_examples=150)
@given(streams(), policies)
def test_everything_is_sent_told_along_waits_or_was_dropped_with_a_reason(stream, policy):
    fates = replay(stream, policy, until=END)

    assert set(fates) == {asked.wish.key for asked in stream}
    for asked in stream:
        fate = fates[asked.wish.key]
        decision = fate.decision
        assert fate.at >= asked.at
        if decision.verdict is Verdict.MERGE:
            lead = fates[decision.into]
            assert (lead.decision.verdict, lead.at) == (Verdict.SEND, fate.at)
        if decision.verdict is Verdict.DEFER:
            assert END < decision.until < asked.wish.intent.expires_at
        if decision.verdict is not Verdict.SEND:
            assert decision.reason in SENTENCES


@settings(max_examples=150)
@given(streams(), policies)
def test_nothing_is_wanted_of_those_who_said_no_are_troubled_or_asked_for_peace(stream, policy):
    for _, purpose, at, asked in sent(stream, replay(stream, policy, until=END)):
        situation = asked.wish.situation
        if purpose not in WANTED:
            continue
        assert not situation.suppressed
        assert not purpose.needs_consent or purpose in situation.consents
        assert situation.paused_until is None or situation.paused_until <= at
        local = at.astimezone(situation.zone).time()
        assert not is_quiet(local, policy.quiet_from, policy.quiet_until)
        for trouble in situation.troubles:
            guard = policy.guard_of(trouble.kind)
            is_over = (
                trouble.settled_at and trouble.settled_at + timedelta(days=guard.calm_days) <= at
                if guard
                else True
            )
            assert is_over or trouble.opened_at > at


@settings(max_examples=75)
@given(streams(), policies, st.randoms(use_true_random=False))
def test_the_order_in_which_the_stream_is_told_changes_nothing(stream, policy, luck):
    shuffled = list(stream)
    luck.shuffle(shuffled)

    assert replay(shuffled, policy, until=END) == replay(stream, policy, until=END)


@settings(max_examples=75)
@given(streams(), policies)
def test_people_never_influence_each_other(stream, policy):
    alone = [asked for asked in stream if asked.person == 0]

    fates = replay(stream, policy, until=END)

    assert replay(alone, policy, until=END) == {asked.wish.key: fates[asked.wish.key] for asked in alone}


@settings(max_examples=75)
@given(streams(), policies)
def test_sorry_is_said_once_about_an_order(stream, policy):
    letters = sent(stream, replay(stream, policy, until=END))

    intents = [asked.wish.intent for *_, asked in letters]
    # Trouble of a person alone is counted by its case, which the arbiter does not see.
    sorry = [intent.order_id for intent in intents if intent.kind.is_apology and intent.order_id]
    assert len(sorry) == len(set(sorry))


@settings(max_examples=150)
@given(streams(), policies)
def test_what_we_want_to_say_is_not_said_twice_within_the_days(stream, policy):
    letters = sent(stream, replay(stream, policy, until=END))
    times = {}
    for person, purpose, at, asked in letters:
        intent = asked.wish.intent
        if purpose is intent.kind.purpose and (purpose in WANTED or intent.kind.is_kindness):
            order = intent.order_id if intent.kind.is_of_order else None
            times.setdefault((person, intent.thing, order), []).append(at)

    for said in map(sorted, times.values()):
        gaps = [later - earlier for earlier, later in pairwise(said)]
        assert all(gap >= timedelta(days=policy.repeat_days) for gap in gaps)


any_day = st.tuples(st.sampled_from(["newsletter", "tips", "offer", "question", "appreciation"]), moments)


@settings(max_examples=150)
@given(
    st.lists(any_day, min_size=1, max_size=20),
    policies,
    st.integers(0, DAYS),
    st.sampled_from(["", *FREQUENCIES]),
)
def test_nothing_that_can_go_any_day_takes_the_place_of_a_card_on_its_own_day(others, policy, day, frequency):
    def asked(key, kind, at):
        kind = KINDS[kind]
        intent = some.intent(
            kind.key, order_id=None, not_before=at, expires_at=at + kind.lasts, asked_at=at, thing=str(key)
        )
        who = Situation(consents=frozenset(Purpose), frequency=frequency, zone=ROME)
        return Asked(Wish(key, intent, who), 1, at)

    morning = (NOW + timedelta(days=day)).astimezone(ROME).replace(hour=9, minute=30)
    card = asked(0, "birthday_card", max(morning, NOW))
    stream = [card, *(asked(key, kind, at) for key, (kind, at) in enumerate(others, 1))]

    fate = replay(stream, policy, until=END)[0]

    assert fate.decision.verdict is Verdict.SEND
    assert fate.at.astimezone(ROME).date() == card.at.astimezone(ROME).date()


def test_a_stream_of_one_order_with_three_parcels_is_two_letters():
    kind = KINDS["shipped"]
    stream = [
        Asked(
            Wish(
                key,
                some.intent("shipped", parcel_id=key, not_before=at, expires_at=at + kind.lasts, asked_at=at),
                some.situation(
                    order=OrderNow(placed_at=NOW, parcels=3), parcel=ParcelNow(state="in_transit"), zone=ROME
                ),
            ),
            7,
            at,
        )
        for key, at in ((1, NOW), (2, NOW + timedelta(minutes=4)), (3, NOW + timedelta(hours=5)))
    ]

    fates = replay(stream, Policy(), until=END)

    assert [fates[key].decision.verdict for key in (1, 2, 3)] == [Verdict.SEND, Verdict.MERGE, Verdict.SEND]
    assert fates[1].at == NOW + timedelta(minutes=10)
