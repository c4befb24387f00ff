"""What is dangerous asks first, what was typed is not lost, and what is wrong is said in the words of the form."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from passaparola.journeys.models import Enrolment, Journey
from passaparola.journeys.tests.conftest import REST, SAY, THANKS, Shop
from passaparola.journeys.tests.forms_of import Sent
from passaparola.journeys.tests.test_pages import LUNAS, START, WAIT, here
from passaparola.messages.models import Message

UNCHOSEN = "Choose what this condition asks, or take it away."


@pytest.fixture
def world(shop: Shop, giulia):
    shop.now = timezone.now() - timedelta(days=2)
    return {"shop": shop, "journey": shop.journey(LUNAS, hold_out=0), "giulia": giulia}


@pytest.fixture
def desk(client, world, chiara):
    client.force_login(chiara)
    return client


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("start/", START | {"if-0-field": ""}),
        ("start/", START | {"exit-0-if-join": "all", "exit-0-if-0-field": ""}),
        ("start/", START | {"goal-if-join": "any", "goal-if-0-field": ""}),
        ("start/", START | {"if-0-join": "any", "if-0.0-field": ""}),
        ("steps/dear/", {"if-join": "all", "if-0-field": "", "do": "save"}),
    ],
)
def test_a_condition_of_which_nothing_was_chosen_is_refused_beside_it(desk, world, where, rows):
    page = desk.post(f"{here(world)}{where}", rows).content.decode()

    assert world["journey"].versions.count() == 1
    assert f'<p class="wrong">{UNCHOSEN}</p>' in page
    assert all(f'name="{name}"' in page for name in rows if name.endswith("-field"))


def test_what_is_dangerous_says_how_many_it_is_about_before_its_button(desk, world):
    shop = world["shop"]
    shop.deliver(shop.order(world["giulia"], 20))
    shop.later(minutes=1)
    assert Enrolment.objects.under_way().count() == 1

    page = desk.get(here(world)).content.decode()

    for verb in ("stop", "archive"):
        before, _, _ = page.partition(f'value="{verb}"')
        asked = before.rpartition("<details>")[2]
        assert "1 person is under way: for them it ends now" in asked
        assert "</details>" not in asked


def test_what_was_put_away_is_listed_and_taken_out_again(desk, world):
    desk.post(f"{here(world)}switch/", {"to": "archive"})

    assert desk.get(here(world)).url == "/office/journeys/#put-away"
    listed = desk.get("/office/journeys/").content.decode()
    assert "Luna thanks" in listed.partition('id="put-away"')[2]

    answer = desk.post(f"{here(world)}take-out/")
    assert answer.url == here(world)
    assert desk.get(here(world)).status_code == 200
    world["journey"].refresh_from_db()
    assert (world["journey"].archived_at, world["journey"].switched_on_at) == (None, None)
    assert 'id="put-away"' not in desk.get("/office/journeys/").content.decode()


def test_a_new_journey_that_is_saved_twice_is_one_journey(desk, world):
    where = re.search(r"/office/journeys/new/\?once=[\w-]+", desk.get("/office/journeys/").content.decode())[
        0
    ]
    sent = START | {"name": "New one", "once": Sent(desk.get(where).content.decode()).fields["once"][0]}
    first = desk.post(where, sent).url
    made = Journey.objects.get(key="new_one")
    added = {"message": "delivered", "after": "wait", "way": "next", "do": "save"}
    desk.post(f"{first}steps/new/send_message/", added)

    again = desk.post(where, sent | {"name": "Newer one"})

    assert again.url == first
    assert "was made before" in desk.get(first).content.decode()
    made.refresh_from_db()
    assert (made.name, list(made.live.definition.steps)) == ("Newer one", ["wait", "send_message"])
    assert Journey.objects.filter(key__startswith="new").count() == 1
    assert desk.get(where).url == f"{first}start/"


@pytest.mark.parametrize("once", ["", "x" * 41, "a\x00b", "<b>"])
def test_whatever_word_a_form_comes_with_is_answered(desk, world, once):
    assert desk.post("/office/journeys/new/", START | {"name": "New one", "once": once}).status_code == 302


def test_who_saves_a_step_second_is_told_and_saves_again_if_that_is_meant(desk, world):
    where, journey = f"{here(world)}steps/rest/", world["journey"]
    assert Sent(desk.get(where).content.decode()).fields["version"] == ["1"]
    desk.post(where, WAIT | {"for-amount": "3", "version": "1"})

    answer = desk.post(where, WAIT | {"for-amount": "9", "version": "1"})

    page = answer.content.decode()
    assert "Version 2 was saved while you were at it" in page
    assert 'value="9"' in page
    assert journey.versions.count() == 2
    assert Sent(page).fields["version"] == ["2"]
    assert desk.post(where, WAIT | {"for-amount": "9", "version": "2"}).status_code == 302
    journey.refresh_from_db()
    assert journey.live.definition.steps["rest"].settings["for"] == timedelta(days=9)


def test_what_was_saved_elsewhere_in_the_journey_is_in_nobodys_way(desk, world):
    desk.post(f"{here(world)}steps/rest/", WAIT | {"for-amount": "3", "version": "1"})

    answers = [
        desk.post(f"{here(world)}steps/say/", {"message": "delivered", "lasts-amount": "3", "version": "1"}),
        desk.post(f"{here(world)}start/", START | {"version": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    steps = Journey.objects.get(pk=world["journey"].pk).live.definition.steps
    assert steps["rest"].settings["for"] == timedelta(days=3)


@pytest.mark.parametrize("number", ["1", "x", "99999999999", "²", "7"])
def test_start_and_text_are_not_overwritten_unseen(desk, world, number):
    text = desk.get(f"{here(world)}text/").context["form"].initial["source"]
    desk.post(f"{here(world)}start/", START | {"name": "Theirs", "version": number})

    for where, sent in (("start/", START | {"name": "Mine"}), ("text/", {"source": text})):
        page = desk.post(f"{here(world)}{where}", sent | {"version": "1"}).content.decode()
        assert "was saved while you were at it" in page
    assert Journey.objects.get(pk=world["journey"].pk).name == "Theirs"


@pytest.mark.parametrize(
    ("kind", "sent", "says"),
    [
        ("branch", {"if-join": "all"}, "“If” needs at least one condition."),
        ("split", {}, "“Shares” is missing here."),
        ("ask_team", {}, "“In words” is missing here."),
        ("wait", {}, "A wait needs “For how long”, “Until”, “Then until this hour” or “Then only between"),
        ("wait", {"between-first": "09:00"}, "“Then only between these hours”: the last hour is missing"),
        ("wait", {"between-last": "18:00"}, "“Then only between these hours”: the first hour is missing"),
        ("wait", {"at": "soon"}, "“Then until this hour” is an hour such as 9:00."),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_form(desk, world, kind, sent, says):
    where = f"{here(world)}steps/new/{kind}/"

    page = desk.post(where, sent | {"after": "rest", "way": "next", "do": "save"}).content.decode()

    assert says in page


def test_a_text_is_told_what_is_wrong_in_its_own_words(desk, world):
    text = "name: x\ntrigger: OrderDelivered\nsteps:\n- {id: w, kind: wait}\n"

    page = desk.post(f"{here(world)}text/", {"source": text}).content.decode()

    assert "A wait needs “for”, “until”, “at” or “between”." in page


def test_the_italian_form_uses_its_italian_labels(desk, world):
    desk.cookies["django_language"] = "it"

    page = desk.post(f"{here(world)}steps/new/split/", {"after": "rest", "way": "next"}).content.decode()

    assert "Qui manca “Parti”" in page


def test_a_step_that_leads_to_itself_is_called_by_its_title(desk, world):
    sent = {"message": "delivered", "way-next": "say", "do": "save"}

    page = desk.post(f"{here(world)}steps/say/", sent).content.decode()

    assert "From “Message: delivered” the way leads back to itself" in page


def test_a_way_back_with_a_wait_is_told(desk, world):
    assert "The way leads back" not in desk.get(here(world)).content.decode()

    around = world["shop"].journey(key="around", steps=[REST, SAY | {"next": "rest"}])

    page = desk.get(f"/office/journeys/{around.pk}/").content.decode()
    assert "The way leads back to “Wait: wait 2 days”, and nothing ends it" in page


def test_a_journey_tells_its_short_name_and_which_versions_came_from_a_file(desk, world):
    page = desk.get(here(world)).content.decode()

    assert "<code>thanks</code>" in page
    assert "from a file" in page


def test_webhooks_and_their_secret_are_found_before_one_was_called(desk, world):
    link = 'href="/office/journeys/webhooks/"'
    assert link not in desk.get("/office/journeys/").content.decode()

    assert link in desk.get(f"{here(world)}steps/new/webhook/?after=rest&way=next").content.decode()
    hook = {"id": "hook", "kind": "webhook", "url": "https://other.example/"}
    world["shop"].journey(key="hooked", steps=[REST, hook])
    assert link in desk.get("/office/journeys/").content.decode()


@pytest.mark.parametrize(
    ("shares", "says"),
    [({"a": 50, "b": 60}, "a 45.5% · b 54.5%"), ({"a": "1e1", "b": "3e1"}, "a 25% · b 75%")],
)
def test_shares_are_told_by_what_they_come_to(desk, world, shares, says):
    journey = world["shop"].journey(key="two", steps=[{"id": "two", "kind": "split", "shares": shares}])

    picture = desk.get(f"/office/journeys/{journey.pk}/").content.decode()
    form = desk.get(f"/office/journeys/{journey.pk}/steps/two/").content.decode()

    assert says in picture
    assert says in form
    assert "E+" not in form


def test_of_whom_messages_went_out_and_why_others_did_not_is_told(desk, world):
    journey = world["shop"].journey(THANKS | {"steps": [SAY | {"message": "thank_you_care"}]}, key="care")
    shop, now = world["shop"], timezone.now()
    for _ in range(4):
        shop.deliver(shop.order(world["giulia"]))
    shop.later(minutes=1)
    asked = list(Message.objects.filter(asked_by=f"journey:{journey.pk}:say").values_list("pk", flat=True))
    Message.objects.filter(pk=asked[0]).update(sent_at=now)
    Message.objects.filter(pk__in=asked[1:3]).update(dropped_at=now, reason="no_consent")
    Message.objects.filter(pk=asked[3]).update(dropped_at=now, reason="stale")

    picture = desk.get(f"/office/journeys/{journey.pk}/").content.decode()
    step = desk.get(f"/office/journeys/{journey.pk}/steps/say/").content.decode()

    assert "25% of 4 sent" in picture
    facts = re.findall(r"<dt[^>]*>([^<]+)</dt>\s*<dd[^>]*>([^<]+)</dd>", step)
    assert facts == [
        ("Sent", "1"),
        ("This person has not agreed to offers and news", "2"),
        ("No longer news: the parcel is already further", "1"),
    ]
    assert "/office/messages/?state=dropped" in step
