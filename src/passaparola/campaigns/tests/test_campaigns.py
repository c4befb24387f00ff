"""A campaign from its plan to its figures: everybody meant has a row, nobody gets it twice."""

from datetime import UTC, datetime, time, timedelta
from importlib import import_module

import pytest
from tests.cast import NOON

from passaparola.campaigns import actions
from passaparola.campaigns.models import Campaign, Recipient
from passaparola.campaigns.queries import figures, going_out
from passaparola.campaigns.rules.arms import Split, arm_of
from passaparola.messages.models import Message
from passaparola.orders.models import Order
from passaparola.segments.models import Segment

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=5)


def run(now=NOON, steps=50):
    """Advance until nothing is left to do."""
    for _ in range(steps):
        if not actions.advance(now):
            return
    raise AssertionError("it never ends")


def scheduled(campaign, **changes):
    Campaign.objects.filter(pk=campaign.pk).update(**changes)
    campaign.refresh_from_db()
    actions.schedule(campaign, now=NOON)
    campaign.refresh_from_db()
    return campaign


def test_everybody_who_is_meant_is_asked_for_once(campaign, people, asked):
    people(30)
    scheduled(campaign)

    run()
    run()

    campaign.refresh_from_db()
    assert campaign.state == "finished"
    assert Recipient.objects.filter(asked_at=NOON).count() == 30
    assert len(asked(campaign)) == 30
    assert {message.template_id for message in asked(campaign).values()} == {campaign.template_id}


def test_it_waits_for_its_time(campaign, people, asked):
    people(3)
    scheduled(campaign, starts_at=LATER)

    assert actions.advance(NOON) == 0
    run(LATER)

    assert len(asked(campaign)) == 3


def test_only_the_segment_is_meant_and_later_changes_change_nothing(campaign, people, asked, luna):
    people(5)
    (anna,) = people(1, country="FR", email="anna@posta.example")
    tree = {"all": [{"field": "customer.country", "is": "is", "value": "FR"}]}
    segment = Segment.objects.create(store=luna, name="Francia", condition=tree)
    scheduled(campaign, segment=segment)
    actions.advance(NOON)
    Segment.objects.update(condition={"all": []})

    run()

    assert set(asked(campaign)) == {anna.pk}
    campaign.refresh_from_db()
    assert campaign.condition == tree


@pytest.mark.parametrize("is_found_late", [False, True])
def test_a_question_that_cannot_be_asked_pauses_one_campaign_and_holds_up_no_other(
    campaign, people, asked, luna, *, monkeypatch, is_found_late
):
    people(3)
    tree = {"field": "event.cause", "is": "is", "value": "x"}
    segment = Segment.objects.create(store=luna, name="Strana", condition=tree)
    broken = Campaign.objects.get(pk=campaign.pk)
    broken.pk, broken.name, broken.segment = None, "Strana", segment
    broken.scheduled_at = broken.starts_at = NOON - timedelta(hours=1)
    broken.save()
    if is_found_late:  # by the database alone
        monkeypatch.setattr("passaparola.segments.queries._told_by_events", lambda _condition: iter(()))
    scheduled(campaign)

    run()

    broken.refresh_from_db()
    assert (broken.state, bool(broken.failure)) == ("paused", True)
    assert len(asked(campaign)) == 3


def test_a_campaign_whose_segment_is_gone_is_for_nobody(campaign, people, asked, luna):
    people(3)
    segment = Segment.objects.create(store=luna, name="Italia", condition={"all": []})
    campaign = scheduled(campaign, segment=segment, is_for_everybody=False)
    segment.delete()

    run()

    campaign.refresh_from_db()
    assert (campaign.state, bool(campaign.failure)) == ("paused", True)
    assert not asked(campaign)
    actions.unschedule(campaign)
    Campaign.objects.update(paused_at=None)
    with pytest.raises(actions.NotReadyError, match="segment_unreadable"):
        actions.schedule(campaign, now=NOON)


def test_a_strangers_customers_are_never_meant(campaign, people, stranger, asked):
    people(2, store=stranger.stores.get())
    (ours,) = people(1)
    scheduled(campaign)

    run()

    assert set(asked(campaign)) == {ours.pk}


def test_who_did_not_agree_has_a_row_with_the_reason(campaign, people, asked):
    (nobody,) = people(1, accepts_marketing=False)
    scheduled(campaign)

    run()

    assert asked(campaign)[nobody.pk].reason == "no_consent"
    assert figures(campaign, now=NOON).dropped == {("no_consent", ""): 1}
    Message.objects.update(dropped_at=None, failed_at=NOON, reason="refused")
    assert figures(campaign, now=NOON).dropped == {("refused", ""): 1}


def test_it_arrives_in_the_recipients_own_hours(campaign, people, asked):
    (far,) = people(1, time_zone="America/New_York", email="far@posta.example")
    (near,) = people(1)
    scheduled(campaign)

    run()

    assert asked(campaign)[far.pk].not_before == datetime(2026, 11, 18, 14, tzinfo=UTC)
    assert asked(campaign)[near.pk].not_before == NOON


def test_the_database_draws_the_same_lots_as_the_rules(campaign, people):
    made = people(400)
    scheduled(campaign, hold_out=20, trial=30, other_subject={"en": "Other", "it": "Altro"})
    actions.advance(NOON)

    split = Split(hold_out=20, trial=30)
    arms = dict(Recipient.objects.values_list("customer_id", "arm"))
    assert arms == {one.pk: arm_of(campaign.pk, one.pk, split) for one in made}


def test_those_held_out_get_nothing(campaign, people, asked):
    people(200)
    scheduled(campaign, hold_out=50)

    run()

    held = set(Recipient.objects.filter(arm="h").values_list("customer_id", flat=True))
    assert held
    assert not held & set(asked(campaign))
    assert len(held) + len(asked(campaign)) == 200


def test_the_rest_gets_the_subject_after_which_more_was_bought(campaign, people, asked, luna):
    people(200)
    campaign = scheduled(campaign, trial=50, other_subject={"en": "Other", "it": "Altro"})
    run()
    tried = Recipient.objects.filter(arm__in="ab", asked_at__isnull=False)
    assert set(asked(campaign)) == set(tried.values_list("customer_id", flat=True))
    Message.objects.update(sent_at=NOON)
    for number, one in enumerate(Recipient.objects.filter(arm="b")[:8]):
        Order.objects.create(
            store=luna, source="x", external_id=str(number), customer_id=one.customer_id,
            placed_at=NOON + timedelta(hours=1),
        )  # fmt: skip

    run(LATER)

    campaign.refresh_from_db()
    assert campaign.winner == "b"
    messages = asked(campaign)
    rest = Recipient.objects.filter(arm="r").values_list("customer_id", flat=True)
    assert {messages[pk].template_id for pk in rest} == {campaign.other_id}
    assert campaign.other.versions.get().texts["it"]["subject"] == "Altro"
    found = figures(campaign, now=LATER)
    assert found.wordings["b"].did == 8
    assert found.between_wordings.difference > 0


def test_a_trial_is_not_decided_before_its_letters_were_sent(campaign, people):
    people(60)
    night = NOON + timedelta(hours=11)  # ten in the evening: letters wait for nine
    campaign = scheduled(campaign, starts_at=night, trial=50, other_subject={"en": "Other", "it": "Altro"})
    run(night)

    run(night + timedelta(hours=10))
    campaign.refresh_from_db()
    assert campaign.decided_at is None

    run(night + timedelta(hours=16))
    campaign.refresh_from_db()
    assert campaign.decided_at


def test_a_trial_that_waits_for_ever_is_decided_all_the_same(campaign, people):
    people(60)
    campaign = scheduled(campaign, trial=50, other_subject={"en": "Other", "it": "Altro"})
    run()
    Message.objects.update(due_at=NOON + timedelta(days=30))

    run(NOON + timedelta(days=3))

    campaign.refresh_from_db()
    assert campaign.state == "finished"


def test_a_paused_campaign_holds_what_waits_and_goes_on_from_there(campaign, people, asked):
    people(5)
    scheduled(campaign)
    run()

    actions.pause(campaign, now=NOON)
    held = set(asked(campaign).values())
    assert {message.reason for message in held} == {"campaign_paused"}
    assert all(message.due_at > NOON + timedelta(days=365) for message in held)
    actions.resume(campaign, now=LATER)

    assert all(message.due_at == LATER for message in asked(campaign).values())


def test_what_waits_of_one_that_asked_for_everybody_is_paused_and_goes_on(campaign, people):
    people(2)
    scheduled(campaign)
    run()

    actions.pause(campaign, now=NOON)
    campaign.refresh_from_db()
    assert campaign.state == "paused"
    actions.resume(campaign, now=LATER)

    campaign.refresh_from_db()
    assert campaign.state == "finished"


def test_it_goes_out_as_long_as_somebody_waits(campaign, people, luna):
    people(3)
    scheduled(campaign)
    run()
    campaign.refresh_from_db()
    Message.objects.update(sent_at=NOON)
    last = Message.objects.last()

    for waits in ({}, {"claimed_at": NOON, "claimed_by": 1}):
        Message.objects.filter(pk=last.pk).update(sent_at=None, **waits)
        assert going_out(luna, [campaign]) == {campaign.asked_by}
        assert figures(campaign, now=NOON).is_going_out
    Message.objects.filter(pk=last.pk).update(dropped_at=NOON)

    assert going_out(luna, [campaign]) == frozenset()
    assert not figures(campaign, now=NOON).is_going_out


def test_a_paused_campaign_asks_for_nobody(campaign, people, asked):
    people(5)
    scheduled(campaign)
    actions.pause(campaign, now=NOON)

    assert actions.advance(NOON) == 0
    assert not asked(campaign)


def test_a_cancelled_campaign_writes_to_nobody_more_and_says_so(campaign, people, asked):
    made = people(5)
    scheduled(campaign)
    run()
    Message.objects.filter(customer=made[0]).update(sent_at=NOON)

    actions.cancel(campaign, now=LATER)

    states = sorted((message.state, message.reason) for message in asked(campaign).values())
    assert states == [("dropped", "campaign_cancelled")] * 4 + [("sent", "")]
    assert actions.advance(LATER) == 0


def test_a_worker_that_dies_in_the_middle_loses_and_doubles_nothing(campaign, people, asked, monkeypatch):
    module = import_module("passaparola.campaigns.actions.advance")

    monkeypatch.setattr(module, "BATCH", 10)
    people(25)
    scheduled(campaign)
    actions.advance(NOON)
    actions.advance(NOON)
    first = Recipient.objects.filter(asked_at__isnull=False)
    first.update(
        asked_at=None
    )  # as if the note had been lost, though it can't be: one transaction holds both

    run()

    assert len(asked(campaign)) == 25
    assert Message.objects.filter(asked_by=campaign.asked_by).count() == 25


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts_at": None}, "no_time"),
        ({"starts_at": NOON - timedelta(minutes=1)}, "passed"),
        ({"starts_at": datetime(9999, 12, 31, 10, tzinfo=UTC)}, "too_far"),
        ({"opens": time(20), "closes": time(9)}, "no_hours"),
        ({"opens": time(10), "closes": time(10, 1)}, "no_hours"),
        ({"trial": 20}, "no_other_subject"),
        ({"cancelled_at": NOON}, "not_a_draft"),
    ],
)
def test_what_could_not_be_sent_is_not_scheduled(campaign, changes, code):
    Campaign.objects.filter(pk=campaign.pk).update(**changes)

    with pytest.raises(actions.NotReadyError) as caught:
        actions.schedule(campaign, now=NOON)

    assert caught.value.code == code


def test_a_letter_that_was_never_published_is_not_scheduled(campaign, letter):
    letter.versions.update(live_at=None)

    with pytest.raises(actions.NotReadyError, match="not_published"):
        actions.schedule(campaign, now=NOON)


def test_the_effect_compares_everybody_meant_with_everybody_held_out(campaign, people, luna):
    people(100)
    scheduled(campaign, hold_out=50)
    run()
    Message.objects.update(sent_at=NOON)
    buyers = Recipient.objects.exclude(arm="h")[:10]
    for number, one in enumerate(buyers):
        Order.objects.create(
            store=luna, source="x", external_id=str(number), customer_id=one.customer_id,
            placed_at=NOON + timedelta(days=1),
        )  # fmt: skip

    campaign.refresh_from_db()
    found = figures(campaign, now=NOON + timedelta(days=2))

    assert found.bought.did == 10
    assert found.bought_anyway.did == 0
    assert found.effect.low < found.effect.difference < found.effect.high
    assert found.is_early
    assert not figures(campaign, now=NOON + timedelta(days=14)).is_early
