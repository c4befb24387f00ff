"""The pages of campaigns and the calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.cast import NOON
from tests.pages import Asked, StaffPages

from passaparola.campaigns import actions, balance, calendar, links, urls
from passaparola.campaigns.models import Campaign
from passaparola.messages import own_days
from passaparola.messages.kind import KINDS
from passaparola.messages.letters import Letters
from passaparola.messages.models import Message
from passaparola.messages.rules.values import Purpose
from passaparola.segments.models import Segment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(campaign, giulia):
    return campaign


def _one(world):
    return {"campaign_id": world.pk}


def _plan(world, **changes):
    return {
        "name": "Estate",
        "template": str(world.template_id),
        "segment": "",
        "channel": "email",
        "starts_at": "2026-12-01T10:00",
        "opens": "09:00",
        "closes": "20:00",
        "hold_out": "10",
        "trial": "0",
        "decide_after": "4",
    } | changes


class TestCampaignPages(StaffPages):
    urls = urls
    own = ("Luna", "Moretti", "giulia", "Primavera")
    addresses = {
        "campaigns": Asked(found=("Primavera",)),
        "campaign-new": Asked(posts=lambda world: {}, found=("Primavera",)),
        "campaign": Asked(_one, is_of_one=True, found=("Primavera", "Would be meant now")),
        "campaign-edit": Asked(_one, is_of_one=True, posts=_plan, found=("Primavera",)),
        "campaign-change": Asked(_one, gets=False, is_of_one=True, posts=lambda world: {"do": "schedule"}),
        "calendar": Asked(),
        "archive": Asked(is_public=True),
    }


@pytest.fixture
def chiaras(client, chiara, campaign):
    client.force_login(chiara)
    client.cookies["django_language"] = "en"
    return client


def ask(client, name, posted=None, **kwargs):
    where = reverse(f"campaigns:{name}", kwargs=kwargs)
    return client.get(where) if posted is None else client.post(where, posted, follow=True)


def test_a_plan_is_kept_as_a_draft_and_let_go_by_a_button(chiaras, campaign):
    ask(chiaras, "campaign-new", _plan(campaign))
    made = Campaign.objects.get(name="Estate")
    assert made.state == "draft"
    assert made.starts_at.isoformat() == "2026-12-01T09:00:00+00:00"  # ten o'clock in Faenza

    page = ask(chiaras, "campaign-change", {"do": "schedule"}, campaign_id=made.pk)

    made.refresh_from_db()
    assert made.state == "scheduled"
    assert "Back to a draft" in page.content.decode()


def test_what_can_not_be_planned_says_why(chiaras, campaign):
    campaign.template.versions.update(live_at=None)

    page = ask(chiaras, "campaign-change", {"do": "schedule"}, campaign_id=campaign.pk)

    assert "never published" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_at": "2020-01-01T10:00"}, "That moment has passed: choose a later one."),
        ({"starts_at": "0001-01-01T00:00"}, "That moment has passed"),
        ({"starts_at": "9999-12-31T10:00"}, "more than two years away"),
        ({"opens": "20:00", "closes": "09:00"}, "at least an hour later"),
        ({"opens": "10:00", "closes": "10:01"}, "at least an hour later"),
    ],
)
def test_a_moment_or_hours_that_can_not_be_meant_are_refused_at_their_field(
    chiaras, campaign, changes, words
):
    answer = ask(chiaras, "campaign-new", _plan(campaign, **changes))

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Campaign.objects.filter(name="Estate").exists()


def test_a_draft_with_a_year_that_was_mistyped_opens_is_not_planned_and_goes(
    chiaras, campaign, people, luna, monkeypatch
):
    people(1, birthday="12-31")
    # A card for birthdays has the arbiter look at the days ahead.
    monkeypatch.setattr(own_days, "_KEEPERS", [lambda _stores: {luna.pk: {"birthday": Purpose.OFFER}}])
    Campaign.objects.update(starts_at=datetime(9999, 12, 31, 10, tzinfo=UTC))

    assert ask(chiaras, "campaign", campaign_id=campaign.pk).status_code == 200
    assert ask(chiaras, "campaign-edit", campaign_id=campaign.pk).status_code == 200
    page = ask(chiaras, "campaign-change", {"do": "schedule"}, campaign_id=campaign.pk)
    assert "more than two years away" in page.content.decode()
    ask(chiaras, "campaign-change", {"do": "throw away"}, campaign_id=campaign.pk)

    assert not Campaign.objects.exists()


def test_a_draft_shows_both_subjects_and_says_which_one_is_missing(chiaras, campaign):
    Campaign.objects.update(trial=20, other_subject={"it": "Dodici ore a salire"})

    words = ask(chiaras, "campaign", campaign_id=campaign.pk).content.decode()

    assert "Dodici ore a salire" in words
    assert "Bottega Luna: what is new" in words
    assert words.count("Not written yet") == 1  # the English one


def test_as_long_as_somebody_waits_it_is_under_way_and_can_be_stopped(chiaras, campaign, people):
    people(2)
    actions.schedule(campaign, now=NOON)
    while actions.advance(NOON):
        pass

    def told():
        pages = [
            ask(chiaras, "campaign", campaign_id=campaign.pk),
            ask(chiaras, "campaigns"),
            ask(chiaras, "calendar"),
        ]
        return [("under way" in page.content.decode(), "finished" in page.content.decode()) for page in pages]

    assert told() == [(True, False)] * 3
    page = ask(chiaras, "campaign-change", {"do": "pause"}, campaign_id=campaign.pk).content.decode()
    assert "Go on" in page
    assert "Cancel for good" in page
    ask(chiaras, "campaign-change", {"do": "resume"}, campaign_id=campaign.pk)
    Message.objects.update(sent_at=NOON)

    assert told() == [(False, True)] * 3
    assert "Cancel for good" not in ask(chiaras, "campaign", campaign_id=campaign.pk).content.decode()


def test_before_the_two_weeks_are_over_it_is_said_so_far(chiaras, campaign, people):
    people(40)
    Campaign.objects.update(hold_out=50)
    campaign.refresh_from_db()
    actions.schedule(campaign, now=NOON)
    while actions.advance(NOON):
        pass

    early = ask(chiaras, "campaign", campaign_id=campaign.pk).content.decode()
    Campaign.objects.update(started_at=NOON - timedelta(days=14))
    later = ask(chiaras, "campaign", campaign_id=campaign.pk).content.decode()

    assert ["So far" in page for page in (early, later)] == [True, False]
    assert ["bought within two weeks" in page for page in (early, later)] == [False, True]


def test_a_planned_campaign_is_taken_back_before_it_is_changed(chiaras, campaign):
    actions.schedule(campaign, now=NOON)

    ask(chiaras, "campaign-edit", _plan(campaign), campaign_id=campaign.pk)
    assert not Campaign.objects.filter(name="Estate").exists()
    ask(chiaras, "campaign-change", {"do": "unschedule"}, campaign_id=campaign.pk)
    ask(chiaras, "campaign-edit", _plan(campaign), campaign_id=campaign.pk)

    assert Campaign.objects.filter(name="Estate").exists()


def test_only_a_draft_is_thrown_away(chiaras, campaign):
    actions.schedule(campaign, now=NOON)
    ask(chiaras, "campaign-change", {"do": "throw away"}, campaign_id=campaign.pk)
    assert Campaign.objects.exists()

    ask(chiaras, "campaign-change", {"do": "unschedule"}, campaign_id=campaign.pk)
    page = ask(chiaras, "campaign-change", {"do": "throw away"}, campaign_id=campaign.pk)

    assert not Campaign.objects.exists()
    assert "The draft is gone." in page.content.decode()


def test_a_strangers_letters_and_segments_can_not_be_chosen(chiaras, campaign, stranger):
    theirs = Segment.objects.create(store=stranger.stores.get(), name="Theirs", condition={"all": []})

    answer = ask(chiaras, "campaign-new", _plan(campaign, segment=str(theirs.pk)))

    assert answer.status_code == 400
    assert not Campaign.objects.filter(name="Estate").exists()


def test_the_archive_shows_the_letter_and_nobody(client, campaign, giulia):
    page = client.get(links.archive_link(campaign, host=""))

    words = page.content.decode()
    assert "Le novità" in words
    assert "Giulia" not in words
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert client.get("/a/forged/").status_code == 404


def test_the_mail_leads_to_its_page_and_the_page_to_itself_no_more(client, campaign, people):
    people(1)
    actions.schedule(campaign, now=NOON)
    while actions.advance(NOON):
        pass
    message, page = Message.objects.get(asked_by=campaign.asked_by), links.archive_link(campaign, host="")

    stores = {campaign.store_id: campaign.store}
    kind = KINDS["newsletter"]
    letter = Letters.of([(message, kind)], stores, NOON).letter(message, kind)
    mail = letter.template.render(letter.data)

    assert all(f"{page}?language=it" in part for part in (mail.html, mail.text))
    assert page not in client.get(page).content.decode()


def test_the_archive_shows_nothing_before_the_letter_is_published(client, campaign):
    campaign.template.versions.update(live_at=None)

    assert client.get(links.archive_link(campaign, host="")).status_code == 404


def test_the_calendar_names_who_would_get_too_much(luna, campaign, people, letter):
    people(6)
    people(3, accepts_marketing=False)
    people(2, email="")
    second = Campaign.objects.create(store=luna, name="Second", template=letter, starts_at=NOON, made_at=NOON)
    for one in (campaign, second):
        Campaign.objects.filter(pk=one.pk).update(starts_at=NOON + timedelta(days=2))
        actions.schedule(one, now=NOON)

    month = calendar.month_of(luna, "2026-11", NOON)

    (friday,) = [day for day in month.days if day.conflicts]
    assert friday.date.isoformat() == "2026-11-20"
    assert "6 people would get 2 messages on this day." in friday.conflicts
    assert ["Second" in words for words in friday.conflicts if "their share" in words] == [True]
    assert [one.people for one in friday.planned] == [6, 6]


def test_the_calendar_counts_what_was_sent_and_what_waits(luna, campaign, people):
    people(3)
    actions.schedule(campaign, now=NOON)
    while actions.advance(NOON):
        pass
    Message.objects.update(due_at=NOON + timedelta(days=1))
    Message.objects.filter(pk=Message.objects.first().pk).update(sent_at=NOON)

    month = calendar.month_of(luna, "2026-11", NOON)

    assert [(day.date.day, day.total) for day in month.days if day.foreseen] == [(18, 1), (19, 2)]


def test_the_balance_is_counted_by_person(luna, campaign, people):
    one, other = people(2)
    for number, (customer, purpose) in enumerate([(one, "news"), (one, "offer"), (other, "offer")]):
        Message.objects.create(
            store=luna, customer=customer, key=str(number), kind="card", purpose=purpose, language="it",
            asked_at=NOON, not_before=NOON, expires_at=NOON, due_at=NOON, sent_at=NOON - timedelta(days=1),
        )  # fmt: skip

    found = balance.balance(luna, NOON)

    assert (found.people, found.informative, found.commercial, found.only_commercial) == (2, 1, 2, 1)
    hers = balance.balance(luna, NOON, [one.pk])
    assert (hers.people, hers.informative, hers.commercial) == (1, 1, 1)


def test_a_month_that_is_none_is_this_one(luna):
    assert calendar.month_of(luna, "x", NOON).title == "November 2026"
    assert calendar.month_of(luna, "2026-13", NOON).before == "2026-10"


@pytest.mark.parametrize("month", ["9999-12", "9999-11", "0001-01", "0001-02", "1970-01"])
def test_a_month_of_no_use_to_anybody_is_this_one(luna, month):
    assert calendar.month_of(luna, month, NOON).title == "November 2026"


def test_the_calendar_says_how_many_get_it_at_most(chiaras, campaign, people):
    people(7)
    actions.schedule(campaign, now=NOON)

    assert "planned · up to 7<" in ask(chiaras, "calendar").content.decode()


def test_today_is_found_without_looking_for_it(chiaras):
    page = ask(chiaras, "calendar").content.decode()

    assert 'href="/office/calendar/#today"' in page
    assert page.count('id="today"') == 1


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        ("2026-11-20", "2026-11-20T10:00:00+01:00"),
        ("2026-11-18", "2026-11-18T13:00:00+01:00"),  # it is noon
        ("2026-11-17", None),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("x", None),
    ],
)
def test_a_day_of_the_calendar_offers_a_moment_that_is_still_to_come(luna, day, begins):
    found = calendar.read_day(day, luna, NOON)

    assert (found.isoformat() if found else None) == begins
