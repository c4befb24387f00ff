import re
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import NOON
from tests.pages import Asked, StaffPages

from passaparola.customers.models import Customer
from passaparola.journeys import actions, source, urls
from passaparola.journeys.actions.tell import secret_of
from passaparola.journeys.known import known
from passaparola.journeys.models import Enrolment, Journey, ToDo, WebhookCall
from passaparola.journeys.rules.document import define
from passaparola.journeys.shelf import shelf
from passaparola.journeys.step import STEPS
from passaparola.journeys.tests.conftest import REST, SAY, THANKS, Shop
from passaparola.journeys.tests.forms_of import Sent
from passaparola.journeys.words import endings
from passaparola.kernel.models import EventRecord
from passaparola.messages.models import Message
from passaparola.messages.situations import Situations
from passaparola.segments.rules.condition import Group

LUNAS: dict[str, Any] = THANKS | {
    "name": "Luna thanks",
    "goal": {"on": "OrderPlaced"},
    "hold_out": 10,
    "steps": [
        REST,
        {"id": "dear", "kind": "branch", "if": {"field": "order.total", "is": "at_least", "value": 100},
         "next": {"yes": "call", "no": "say"}},
        {"id": "call", "kind": "ask_team", "words": {"it": "Chiama Giulia", "en": "Call Giulia"}, "next": "say"},
        SAY,
    ],
}  # fmt: skip
START = {
    "name": "Luna thanks", "on": "OrderDelivered", "again": "order", "goal-on": ["OrderPlaced"],
    "goal-about": "customer", "goal-within-amount": "30", "goal-within-unit": "days", "goal-ends": "yes",
    "hold_out": "5", "exit-0-on": ["OrderCancelled"], "exit-0-about": "order", "if-join": "all", "do": "save",
}  # fmt: skip
WAIT = {
    "for-amount": "2",
    "for-unit": "days",
    "between-first": "09:00",
    "between-last": "18:00",
    "do": "save",
}


@pytest.fixture
def world(shop: Shop, giulia: Any) -> dict[str, Any]:
    shop.now = timezone.now() - timedelta(days=5)
    journey = shop.journey(LUNAS, hold_out=0)
    shop.deliver(shop.order(giulia, 150))
    shop.later(days=3)
    given_up(shop.store)
    return {"shop": shop, "journey": journey, "todo": ToDo.objects.get(), "giulia": giulia}


def given_up(store, key="journey:1:0", **changes):
    body = {"type": "journey.step", "journey": "thanks", "customer": None}
    given = {
        "store": store,
        "key": key,
        "url": "https://hooks.example/luna",
        "body": body,
        "words": "HTTP 503",
    }
    times = dict.fromkeys(("asked_at", "due_at", "failed_at"), timezone.now())
    return WebhookCall.objects.create(**(given | times | changes))


def one(world):
    return {"journey_id": world["journey"].pk}


def step(world):
    return one(world) | {"step_id": "rest"}


def todo(world):
    return {"todo_id": world["todo"].pk}


def posts(**data):
    return lambda world: data


class TestJourneysPages(StaffPages):
    urls = urls
    addresses: ClassVar = {
        "journeys": Asked(found=("Luna thanks", "Thank-you and care guide")),
        "journey-take": Asked(gets=False, posts=posts(key="we_miss_you"), is_for_owners=True),
        "journey-new": Asked(posts=lambda world: START, is_for_owners=True),
        "journey": Asked(one, is_of_one=True, found=("Luna thanks", "wait 2 days", "Call Giulia")),
        "journey-switch": Asked(one, gets=False, posts=posts(to="off"), is_of_one=True, is_for_owners=True),
        "journey-take-out": Asked(one, gets=False, posts=posts(), is_of_one=True, is_for_owners=True),
        "journey-people": Asked(one, is_of_one=True, found=("Giulia",)),
        "journey-try": Asked(one, is_of_one=True),
        "journey-start": Asked(one, posts=lambda world: START, is_of_one=True, is_for_owners=True),
        "journey-text": Asked(
            one,
            posts=posts(source=source.write(THANKS)),
            is_of_one=True,
            is_for_owners=True,
            found=("Luna thanks",),
        ),
        "journey-export": Asked(one, is_of_one=True, found=("Luna thanks",)),
        "journey-step-choose": Asked(one, is_of_one=True, is_for_owners=True),
        "journey-step-new": Asked(
            lambda world: one(world) | {"kind": "wait"},
            posts=lambda world: WAIT,
            is_of_one=True,
            is_for_owners=True,
        ),
        "journey-step": Asked(step, posts=lambda world: WAIT, is_of_one=True, is_for_owners=True),
        "journey-step-move": Asked(
            step, gets=False, posts=posts(to="down"), is_of_one=True, is_for_owners=True
        ),
        "webhooks": Asked(found=("hooks.example", "Luna thanks")),
        "webhooks-again": Asked(gets=False, posts=posts()),
        "webhooks-secret": Asked(gets=False, posts=posts(), is_for_owners=True),
        "todos": Asked(found=("Giulia", "Call Giulia")),
        "todo-done": Asked(todo, gets=False, posts=posts(note="all well"), is_of_one=True),
        "todo-assign": Asked(todo, gets=False, posts=posts(), is_of_one=True),
    }

    def test_pages_speak_both_languages(self, client, world, chiara) -> None:
        client.force_login(chiara)
        for language in ("en", "it"):
            client.cookies["django_language"] = language
            for name, asked in self.staff():
                if asked.gets and name != "journey-export":
                    page = client.get(self.address(name, world)).content.decode()
                    assert f'<html lang="{language}"' in page, name


@pytest.fixture
def desk(client: Client, world, chiara):
    client.force_login(chiara)
    return client


def here(world):
    return f"/office/journeys/{world['journey'].pk}/"


def means(definition):
    """Its steps; all of one question is that question, and events have no order."""

    def plain(value):
        if isinstance(value, Group):
            is_one = value.join == "all" and len(value.parts) == 1
            return plain(value.parts[0]) if is_one else (value.join, [plain(part) for part in value.parts])
        return sorted(value) if isinstance(value, tuple) else value

    return {
        placed.id: (placed.ways, placed.name, {key: plain(one) for key, one in placed.settings.items()})
        for placed in definition.steps.values()
    }


def sent_unchanged(desk, journey, placed):
    """Open a step's form and save it as it stands, as a browser would; return what the journey defines then."""
    where = f"/office/journeys/{journey.pk}/steps/{placed}/"
    answer = desk.post(where, Sent(desk.get(where).content.decode()).fields | {"do": "save"})
    assert answer.status_code == 302, answer.content.decode()
    return Journey.objects.get(pk=journey.pk).live


@pytest.mark.parametrize("ready", shelf("en"), ids=lambda ready: ready.key)
def test_each_of_the_playbook_is_taken_drawn_and_tried(desk, ready):
    answer = desk.post("/office/journeys/take/", {"key": ready.key})

    page = desk.get(answer.url).content.decode()
    assert ready.document["steps"][0]["id"] in page
    assert Journey.objects.get(key=ready.key).switched_on_at is None
    assert desk.get(f"{answer.url}try/").status_code == 200
    journey = Journey.objects.get(key=ready.key)
    before = journey.live.definition
    for placed in before.steps:
        assert means(sent_unchanged(desk, journey, placed).definition) == means(before)


EVERYTHING: dict[str, Any] = THANKS | {
    "steps": [
        {"id": "a", "kind": "wait", "until": "birthday", "before": "3 days", "between": "9:00-18:00",
         "working_days": True, "give_up_after": "2 days", "must_be_known": True, "name": "A name"},
        {"id": "b", "kind": "wait", "until": "delivered", "after": "36 hours", "at": "9:30"},
        {"id": "c", "kind": "wait_for", "events": ["ParcelDelayed", "OrderRefunded"], "at_most": "5 minutes",
         "if": {"any": [
             {"field": "event.cause", "is": "is", "value": "customs"},
             {"all": [{"field": "history.messages", "of": "delayed", "about": "order", "is": "is", "value": 0,
                       "within": "5 days"},
                      {"field": "customer.country", "is": "one_of", "value": ["AT", "DE"]}]},
         ]},
         "about": "customer", "since": "start", "next": {"happened": "e", "too_late": "d"}},
        {"id": "d", "kind": "split", "shares": {"a": 30, "b": "20.5", "c": 1}, "next": {"a": "e", "b": "end"}},
        {"id": "e", "kind": "send_message", "message": "near_products", "channel": "best", "fallback": "delivered",
         "lasts": "3 days", "data": {"coupon": "GRAZIE: 10"}},
        {"id": "f", "kind": "ask_team", "task": "card", "words": {"en": "Two\nlines", "it": "«Sì» & <no>"},
         "due_in": "90 minutes", "lasts": "5 days", "gone_with": ["ParcelDelayed"], "to": "gone@bottegaluna.example"},
        {"id": "g", "kind": "tag", "tag": "Dear", "take_away": True},
        {"id": "h", "kind": "webhook", "url": "https://other.example/?a=1&b=2", "data": {"a": "b: c"}},
        {"id": "i", "kind": "branch", "if": {"field": "event.where", "is": "is", "value": "road"},
         "next": {"yes": "b", "no": "j"}},
        {"id": "j", "kind": "goal"},
        {"id": "k", "kind": "stop"},
    ]
}  # fmt: skip


def test_every_setting_there_is_comes_through_its_form_and_the_file_unchanged(desk, world):
    journey = world["shop"].journey(EVERYTHING, key="everything")
    before = journey.live.definition
    told = {(placed.kind, key) for placed in before.steps.values() for key in placed.settings}
    assert told == {(kind, setting.key) for kind in STEPS for setting in STEPS[kind].settings}

    for placed in before.steps:
        live = sent_unchanged(desk, journey, placed)
        assert means(live.definition) == means(before)
    assert define(source.read(source.write(live.document)), known=known()) == live.definition


@pytest.mark.parametrize("kind", sorted(STEPS))
def test_every_kind_of_step_has_a_form(desk, world, kind):
    page = desk.get(f"{here(world)}steps/new/{kind}/?after=rest&way=next").content.decode()

    for setting in STEPS[kind].settings:
        assert f'name="{setting.key}' in page, setting.key


def test_a_journey_is_built_from_nothing(desk, world):
    answer = desk.post("/office/journeys/new/", START | {"name": "New one"})
    assert answer.status_code == 302, answer.content.decode()
    made = Journey.objects.get(key="new_one")

    added = {"message": "delivered", "after": "wait", "way": "next", "do": "save"}
    answer = desk.post(f"/office/journeys/{made.pk}/steps/new/send_message/", added)
    assert answer.status_code == 302
    made.refresh_from_db()
    steps = made.live.definition.steps
    assert steps["wait"].ways == {"next": "send_message"}
    assert made.live.definition.goal.within == timedelta(days=30)


def test_a_step_is_changed_and_who_is_under_way_goes_over_if_wished(desk, world):
    before = Enrolment.objects.get()
    Enrolment.objects.update(ended_at=None, position="rest", due_at=timezone.now() + timedelta(days=9))

    desk.post(f"{here(world)}steps/rest/", WAIT | {"for-amount": "7", "moves": "yes"})

    world["journey"].refresh_from_db()
    rest = world["journey"].live.definition.steps["rest"]
    assert rest.settings["for"] == timedelta(days=7)
    after = Enrolment.objects.get()
    assert after.version_id == world["journey"].live_id != before.version_id


def test_an_earlier_version_is_read_and_gone_back_to(desk, world):
    desk.post(f"{here(world)}steps/rest/", WAIT | {"for-amount": "7"})
    assert "?version=1" in desk.get(here(world)).content.decode()

    old = desk.get(f"{here(world)}text/?version=1").context["form"].initial["source"]
    desk.post(f"{here(world)}text/", {"source": old})

    first, _, third = world["journey"].versions.order_by("number")
    assert third.document == first.document
    for none in ("9", "x", "²"):
        assert desk.get(f"{here(world)}text/?version={none}").status_code == (404 if none == "9" else 200)


def test_what_is_wrong_in_a_step_is_said_and_nothing_is_lost(desk, world):
    sent = {"name": "My wait", "for-amount": "", "do": "save"}
    page = desk.post(f"{here(world)}steps/rest/", sent).content.decode()

    assert "A wait needs" in page
    assert 'value="My wait"' in page
    assert world["journey"].versions.count() == 1


def test_what_is_wrong_in_the_text_is_said_at_its_line(desk, world):
    text = source.write(THANKS).replace("delivered", "delivvered")
    page = desk.post(f"{here(world)}text/", {"source": text}).content.decode()

    assert "Line 6" in page or "Line 5" in page
    assert "There is no message" in page
    for bad in ("", "- a", "name: [", "a: &b [*b]", "steps: {a: b}\nname: x\ntrigger: X"):
        assert desk.post(f"{here(world)}text/", {"source": bad}).status_code == 200


def test_steps_move_and_are_taken_out(desk, world):
    desk.post(f"{here(world)}steps/say/move/", {"to": "up"})
    desk.post(f"{here(world)}steps/call/move/", {"to": "remove"})

    world["journey"].refresh_from_db()
    assert world["journey"].live.definition.steps["dear"].ways == {"yes": "say", "no": "say"}


def test_a_to_do_is_done_once_and_stands_on_the_customers_page(desk, world):
    where = f"/office/todos/{world['todo'].pk}/"
    desk.post(f"{where}assign/")
    desk.post(f"{where}done/", {"note": "They were happy"})
    desk.post(f"{where}done/", {"note": "again"})

    done = ToDo.objects.get()
    assert (done.note, done.assignee.name, done.done_by.name) == (
        "They were happy",
        "Chiara Luna",
        "Chiara Luna",
    )
    assert EventRecord.objects.filter(kind="ToDoDone").count() == 1
    page = desk.get(f"/office/customers/{world['giulia'].pk}/").content.decode()
    assert "They were happy" in page
    assert "Luna thanks" in page


def test_a_to_do_whose_hour_is_past_says_so(desk, world):
    def shown(hours):
        ToDo.objects.filter(pk=world["todo"].pk).update(due_at=timezone.now() + timedelta(hours=hours))
        return desk.get("/office/todos/").content.decode()

    assert "was due 2 hours ago" in shown(-2)
    assert "was due" not in shown(24)
    assert "due by tomorrow" in shown(24)


def test_a_dry_run_shows_what_would_have_been_and_sends_nothing(desk, world):
    Message.objects.all().delete()
    actions.switch_off(world["journey"])

    shown = desk.get(f"{here(world)}try/?days=30")
    page = shown.content.decode()

    assert "Giulia" in page
    run = shown.context["run"]
    figures = [int(figure) for figure in re.findall(r'class="figure">(\d+)<', page)]
    assert run.would
    assert figures == [run.triggered, run.entered, run.messages.total(), run.todos.total()]
    assert not Message.objects.exists()


@pytest.mark.parametrize("language", ["en", "it"])
def test_what_was_taken_reads_in_everybodys_own_language_until_somebody_writes_another(desk, world, language):
    ours, theirs = (next(one for one in shelf(to) if one.key == "stalled_parcel") for to in ("it", "en"))
    assert world["shop"].store.language == "it"
    answer = desk.post("/office/journeys/take/", {"key": "stalled_parcel"})
    journey = Journey.objects.get(key="stalled_parcel")
    assert journey.name == ours.name
    desk.cookies["django_language"] = language

    pages = [desk.get(where).content.decode() for where in (answer.url, "/office/journeys/")]

    read, other = (theirs, ours) if language == "en" else (ours, theirs)
    assert all(read.name in page and other.name not in page for page in pages)
    assert read.about in pages[0]
    assert other.about not in pages[0]
    actions.save(
        world["shop"].store,
        key="stalled_parcel",
        document=ours.document | {"name": "Fermo!"},
        by=None,
        now=NOON,
    )
    assert "Fermo!" in desk.get("/office/journeys/").content.decode()


def test_a_cancelled_order_is_one_reason_to_leave_however_it_was_noticed():
    counts = {"order_cancelled": 2, "finished": 4, "exit:OrderCancelled": 3, "goal": 0}

    assert endings(counts) == [("left: Order cancelled", 5), ("went to the end", 4)]


@pytest.mark.parametrize(("days", "title", "other"), [(30, "day", "week"), (90, "week", "day")])
def test_the_columns_of_a_dry_run_are_called_what_they_count(desk, world, days, title, other):
    page = desk.get(f"{here(world)}try/?days={days}").content.decode()

    assert f"Messages a {title}" in page
    assert f"Messages a {other}" not in page


@pytest.mark.parametrize(("spoken", "shown"), [("de", "English"), ("it", "Italiano"), ("", "Italiano")])
def test_read_it_shows_the_language_in_which_they_are_written_to(desk, world, spoken, shown):
    Customer.objects.filter(pk=world["giulia"].pk).update(language=spoken)
    page = desk.get(f"{here(world)}try/?days=30").content.decode()
    message = Message.objects.latest("pk")

    where = re.search(r'href="(/[^"]+\?person=\d+)"', page)

    assert where
    assert f"<small>{shown}</small>" in desk.get(where[1]).content.decode()
    found = Situations.of([message], NOON)
    assert found.language(message) == {"English": "en", "Italiano": "it"}[shown]


def test_what_was_given_up_is_tried_again_and_what_was_of_somebody_forgotten_is_not(desk, world, stranger):
    luna = world["shop"].store
    forgotten = given_up(luna, "journey:2:0", body={})
    theirs = given_up(stranger.stores.get(), url="https://other.example/")
    assert "did not hear" in desk.get("/office/").content.decode()
    assert "other.example" not in desk.get("/office/journeys/webhooks/").content.decode()

    desk.post("/office/journeys/webhooks/again/", {"call": theirs.pk})
    desk.post("/office/journeys/webhooks/again/")

    waiting = WebhookCall.objects.filter(failed_at=None)
    assert [(one.store, one.attempts) for one in waiting] == [(luna, 0)]
    assert not WebhookCall.objects.filter(pk__in=[forgotten.pk, theirs.pk], failed_at=None).exists()
    assert "did not hear" not in desk.get("/office/").content.decode()


def test_the_secret_is_shown_to_an_owner_who_asks_and_stands_nowhere_else(desk, world):
    secret = secret_of(world["shop"].store)

    assert secret not in desk.get("/office/journeys/webhooks/").content.decode()
    assert secret in desk.post("/office/journeys/webhooks/secret/").content.decode()
