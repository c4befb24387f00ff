"""A campaign by any channel: who is foreseen is who gets it, and stopping it holds there too."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.cast import NOON

from passaparola.campaigns import actions, crowding, links
from passaparola.campaigns.foreseen import foreseen
from passaparola.campaigns.models import Campaign, Recipient
from passaparola.campaigns.queries import figures
from passaparola.campaigns.wording import tried
from passaparola.kernel.http.tests.servers import answer
from passaparola.messages import actions as messages
from passaparola.messages.actions import claims, templates
from passaparola.messages.channels.tests.provider import as_json
from passaparola.messages.models import Consent, Message, Price, Reach
from passaparola.messages.tests.elsewhere import connect, provider

pytestmark = pytest.mark.django_db
TAKEN = as_json({"ok": True, "result": {"message_id": 5}})


@pytest.fixture(autouse=True)
def _fresh():
    claims._mine.__dict__.clear()


@pytest.fixture
def letter(luna, letter, chiara):
    texts = {
        language: document | {"short": "{{ customer.first_name }}, il forno è acceso"}
        for language, document in letter.versions.get().texts.items()
    }
    templates.publish(templates.save_draft(letter, texts=texts, by=chiara, now=NOON), now=NOON)
    return letter


def agreed(customers, channel):
    Consent.objects.bulk_create(
        Consent(customer=one, channel=channel, purpose="news", is_given=True, source="page", said_at=NOON)
        for one in customers
    )


def chats(customers):
    Reach.objects.bulk_create(
        Reach(store_id=one.store_id, customer=one, channel="telegram", address=str(4242 + one.pk))
        for one in customers
    )


def begun(campaign, **changes):
    Campaign.objects.filter(pk=campaign.pk).update(**changes)
    campaign.refresh_from_db()
    actions.schedule(campaign, now=NOON)
    while actions.advance(NOON):
        pass
    campaign.refresh_from_db()
    return campaign


def told(campaign):
    return Message.objects.filter(asked_by=campaign.asked_by).order_by("pk")


def test_each_gets_it_where_they_like_to_read_us_and_said_yes_and_that_is_foreseen(luna, people, campaign):
    connect(luna, "telegram")
    connect(luna, "sms")
    people(3)
    readers = people(4, email="")
    chats(readers)
    agreed(readers[:2], "telegram")
    (by_phone,) = people(1, email="", phone="+393331234567")
    agreed([by_phone], "sms")
    people(2, accepts_marketing=False)
    Campaign.objects.filter(pk=campaign.pk).update(channel="best")
    campaign.refresh_from_db()

    ahead = foreseen(campaign, now=NOON)
    begun(campaign)

    sent = Counter(told(campaign).filter(dropped_at=None).values_list("channel", flat=True))
    assert sent == {"email": 3, "telegram": 2, "sms": 1}
    assert {way.channel: way.people for way in ahead.ways} == sent
    assert ahead.dropped == figures(campaign, now=NOON).dropped == {("no_consent", ""): 4}
    assert (ahead.meant, ahead.reached, ahead.is_reckoned) == (10, 6, False)


def test_of_many_some_are_asked_about_and_the_rest_is_reckoned(people, campaign, monkeypatch):
    monkeypatch.setattr("passaparola.campaigns.foreseen.LOOKED_AT", 20)
    people(60)

    ahead = foreseen(campaign, now=NOON)

    assert (ahead.meant, ahead.looked_at, ahead.reached, ahead.is_reckoned) == (60, 20, 60, True)


def test_what_texts_will_cost_is_said_before_by_country_and_parts(luna, people, campaign):
    connect(luna, "sms")
    Price.objects.create(store=luna, channel="sms", amount=Decimal("0.2"))
    Price.objects.create(store=luna, channel="sms", country="IT", amount=Decimal("0.07"))
    reached = [*people(2, email="", phone="+393331234567"), *people(1, email="", phone="+4915112345678")]
    agreed(reached, "sms")
    Campaign.objects.filter(pk=campaign.pk).update(channel="sms")
    campaign.refresh_from_db()

    (way,) = foreseen(campaign, now=NOON).ways

    assert (way.people, way.parts, way.cost) == (3, 1, Decimal("0.34"))
    Price.objects.all().delete()
    assert foreseen(campaign, now=NOON).ways[0].cost is None


@pytest.mark.parametrize(
    ("connected", "changes", "code"),
    [
        ("", {"channel": "telegram"}, "not_connected"),
        ("whatsapp", {"channel": "whatsapp"}, "no_approved_template"),
        ("telegram", {"channel": "telegram", "trial": 20}, "no_other_text"),
        ("", {"channel": "best", "trial": 20, "other_short": {"it": "B", "en": "B"}}, "no_other_subject"),
    ],
)
def test_what_its_channel_could_not_carry_is_not_scheduled(luna, campaign, connected, changes, code):
    if connected:
        connect(luna, connected)

    with pytest.raises(actions.NotReadyError, match=code):
        begun(campaign, **changes)


def test_texts_are_tried_where_there_is_no_subject(luna, people, campaign):
    connect(luna, "telegram")
    readers = people(60, email="")
    chats(readers)
    agreed(readers, "telegram")

    begun(campaign, channel="telegram", trial=50, other_short={"it": "Vieni?", "en": "Coming?"})
    with provider("telegram", TAKEN):
        while messages.send_connected(NOON):
            pass

    said = {
        arm: set(told(campaign).filter(customer_id__in=who).values_list("subject", flat=True))
        for arm in "ab"
        for who in [Recipient.objects.filter(arm=arm).values("customer_id")]
    }
    assert said["b"] == {"Vieni?"}
    assert {words.partition(", ")[2] for words in said["a"]} == {"il forno è acceso"}
    (sent,) = figures(campaign, now=NOON).channels
    assert (sent.channel, sent.sent, sent.cost) == (
        "telegram",
        told(campaign).exclude(sent_at=None).count(),
        0,
    )


def test_only_where_there_is_a_letter_it_can_be_read_as_a_page(luna, client, people, campaign):
    connect(luna, "telegram")
    readers = people(2, email="")
    chats(readers)
    agreed(readers, "telegram")
    page = links.archive_link(campaign, host="")
    assert client.get(page).status_code == 200

    begun(campaign, channel="best")
    with provider("telegram", TAKEN) as server:
        messages.send_connected(NOON)

    assert all(f"{page}?language=it".encode() in request.body for request in server.asked)
    Campaign.objects.update(channel="telegram")
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(("stop", "state"), [("pause", "deferred"), ("cancel", "dropped")])
def test_what_comes_back_to_a_stopped_campaign_is_stopped_as_well(luna, people, campaign, stop, state):
    """A worker had them in its hands, and died; or the other side was busy."""
    connect(luna, "telegram")
    readers = people(3, email="")
    chats(readers)
    agreed(readers, "telegram")
    begun(campaign, channel="telegram")
    with provider("telegram", answer(b"", "503 Busy", Retry_After="30")):
        messages.send_connected(NOON)
    told(campaign).update(claimed_at=NOON, claimed_by=1)

    getattr(actions, stop)(campaign, now=NOON)
    with provider("telegram", TAKEN) as server:
        messages.send_connected(NOON + timedelta(minutes=5))

    assert server.asked == []
    assert {one.state for one in told(campaign)} == {state}
    if stop == "pause":
        actions.resume(campaign, now=NOON + timedelta(minutes=6))
        with provider("telegram", TAKEN) as server:
            messages.send_connected(NOON + timedelta(minutes=6))
        assert len(server.asked) == 3
        assert all(one.uncertain_at for one in told(campaign))


def test_the_calendar_counts_those_who_agreed_where_it_goes(luna, people, campaign):
    connect(luna, "telegram")
    people(3)
    readers = people(4, email="")
    chats(readers)
    agreed(readers[:2], "telegram")
    people(2, accepts_marketing=False)

    def counted(channel):
        campaign.channel = channel
        return crowding.crowds(luna, [campaign], NOON).people[campaign.pk]

    assert [counted(one) for one in ("email", "telegram", "best")] == [3, 2, 5]


def test_the_calendar_and_the_page_count_the_same_people(luna, people, campaign):
    """Those who get nothing on purpose are in neither, and take no room from the next campaign."""
    people(200)
    people(20, accepts_marketing=False)
    second = Campaign.objects.create(
        store=luna,
        name="Second",
        template=campaign.template,
        starts_at=NOON + timedelta(days=2),
        made_at=NOON,
    )
    Campaign.objects.filter(pk=campaign.pk).update(hold_out=30)
    campaign.refresh_from_db()
    for one in (campaign, second):
        actions.schedule(one, now=NOON)
        one.refresh_from_db()

    found = crowding.crowds(luna, [campaign, second], NOON)

    reached = foreseen(campaign, now=NOON).reached
    assert 0 < reached < 200
    assert found.people == {campaign.pk: reached, second.pk: 200}
    assert found.held == {campaign.pk: 0, second.pk: reached}


def test_both_wordings_stand_there_filled_in_and_what_is_missing_is_missed(luna, campaign):
    connect(luna, "telegram")
    campaign.channel, campaign.trial = "best", 20
    campaign.other_subject = {"it": "Vieni, {{ customer.first_name }}?", "en": "{{ broken"}
    campaign.other_short = {"it": "Vieni?"}

    found = {(one.language, one.is_text): one for one in tried(campaign, now=NOON)}

    assert found["Italiano", False].other == "Vieni, Giulia?"
    assert found["English", False].other == "{{ broken"
    assert found["Italiano", True].own == "Giulia, il forno è acceso"
    assert [found[name, True].other for name in ("Italiano", "English")] == ["Vieni?", ""]
    campaign.trial = 0
    assert tried(campaign, now=NOON) == ()
