"""Journeys, segments and to-dos as people see and use them."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from passaparola.journeys.models import Journey
from passaparola.journeys.shelf import of_key
from passaparola.journeys.tests.conftest import REST, SAY, Shop
from passaparola.journeys.tests.test_pages import LUNAS
from passaparola.segments import actions as segments
from passaparola.segments import queries
from passaparola.segments.models import Segment
from passaparola.segments.tests.people import person

PAGES = {
    "list": "/office/journeys/",
    "picture": "/office/journeys/{0}/",
    "start": "/office/journeys/{0}/start/",
    "endings": "/office/journeys/{3}/start/",
    "branch": "/office/journeys/{0}/steps/dear/",
    "wait": "/office/journeys/{0}/steps/rest/",
    "choose": "/office/journeys/{0}/steps/new/?after=rest&way=next",
    "text": "/office/journeys/{0}/text/",
    "people": "/office/journeys/{0}/people/",
    "try": "/office/journeys/{0}/try/",
    "calls": "/office/journeys/{1}/",
    "todos": "/office/todos/",
    "segments": "/office/segments/",
    "segment": "/office/segments/{2}/",
}


@pytest.fixture
def world(luna, chiara):
    shop = Shop(luna, now=timezone.now() - timedelta(days=6))
    journey = shop.journey(LUNAS, hold_out=0, exits=[{"on": "OrderCancelled"}])
    for n, name in enumerate(("Giulia", "Anna", "Bruno", "Carla", "Dario")):
        customer = person(luna, name, last_name="Moretti", phone="+39333123456")
        order = shop.order(customer, 60 + 30 * n)
        shop.deliver(order)
        shop.later(hours=20)
    ready = of_key("courtesy_calls", "en")
    calls = shop.journey(ready.document, key="calls")
    delayed = {
        "field": "history.events",
        "of": "ParcelDelayed",
        "is": "at_least",
        "value": 1,
        "within": "30 days",
    }
    dear = {"any": [{"field": "customer.spent", "is": "more_than", "value": 80}, delayed]}
    tree = {"all": [{"field": "customer.orders", "is": "at_least", "value": 1}, dear]}
    segment = segments.save(luna, name="Worth a call", condition=queries.read(tree), by=chiara, now=shop.now)
    total = {"field": "order.total", "is": "at_least", "value": 20}
    deep = {"any": [{"all": [{"any": [total, delayed]}, total]}, delayed]}
    ending = shop.journey(
        LUNAS,
        key="endings",
        goal={"on": ["OrderPlaced", "CustomerSignedIn"], "within": "36 hours", "if": total},
        exits=[
            {"on": ["OrderRefunded", "ParcelDelayed"], "about": "customer", "if": {"any": [total, delayed]}},
            {"on": "OrderCancelled", "if": deep},
        ],
    )
    return journey.pk, calls.pk, segment.pk, ending.pk


@pytest.fixture
def office(page, sign_in, chiara, world):
    sign_in(page, chiara)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_right_everywhere(office, world, look_over, name):
    office.goto(PAGES[name].format(*world))

    look_over(office, f"journeys-{name}")


def test_what_asks_first_and_what_was_put_away_look_right(office, luna, world, look_over):
    around = Shop(luna, now=timezone.now()).journey(
        LUNAS, key="around", goal=None, steps=[REST, SAY | {"next": "rest"}]
    )
    office.goto(f"/office/journeys/{around.pk}/")
    look_over(office, "journeys-dangers")

    away = office.locator('button[value="archive"]')  # in Italian by now
    office.locator("details", has=away).locator("summary").click()
    away.click()
    expect(office.locator('#put-away form[action$="/take-out/"]')).to_be_visible()
    look_over(office, "journeys-put-away")


def test_who_saves_second_sees_it(office, world):
    office.goto(PAGES["wait"].format(*world))
    other = office.context.new_page()
    other.goto(PAGES["wait"].format(*world))
    other.get_by_label("For how long").fill("5")
    other.get_by_role("button", name="Save").click()
    other.close()

    office.get_by_label("For how long").fill("7")
    office.get_by_role("button", name="Save").click()

    expect(office.get_by_role("alert")).to_contain_text("Version 2 was saved while you were at it")
    expect(office.get_by_label("For how long")).to_have_value("7")


def test_a_journey_is_built_with_the_keyboard_tried_on_the_past_and_entered(office, luna):
    office.goto("/office/journeys/new/")
    office.get_by_label("Name").fill("Hello again")
    office.locator("#asked").get_by_role("button", name="Add a condition").press("Enter")
    expect(office.get_by_label("What", exact=True)).to_be_focused()
    office.get_by_label("What", exact=True).select_option("order.total")
    office.get_by_label("Number").fill("100")
    office.get_by_label("Number").press("Tab")
    expect(office.get_by_role("status")).to_contain_text("3")
    office.get_by_role("button", name="Save").press("Enter")
    office.get_by_role("link", name="A step after: Wait").press("Enter")
    office.get_by_role("link", name="Message", exact=True).press("Enter")
    office.get_by_role("button", name="Save").press("Enter")
    expect(office.get_by_text("“Message” is missing here.")).to_be_visible()
    office.get_by_label("Message").select_option("appreciation")
    office.get_by_role("button", name="Save").press("Enter")
    expect(office.locator(".picture")).to_contain_text("A note of thanks")

    office.get_by_role("link", name="Try it on the past").press("Enter")
    expect(office.get_by_text("Would have entered")).to_be_visible()
    expect(office.get_by_role("link", name="Read it").first).to_be_visible()
    office.get_by_role("button", name="Switch on").press("Enter")
    expect(office.get_by_text("It is on: from now on whoever fits enters.")).to_be_visible()
    shop = Shop(luna, now=timezone.now())
    shop.deliver(shop.order(person(luna, "Emma", last_name="Ricci"), 140))

    office.get_by_role("link", name="Who is where").press("Enter")
    office.locator("summary", has_text="wait 1 day").press("Enter")
    expect(office.get_by_text("total of the order at least 100")).to_be_visible()


def test_a_way_out_with_a_condition_and_a_goal_are_built_with_the_keyboard(office, world):
    office.goto(PAGES["start"].format(*world))
    office.get_by_role("button", name="Add a way out").press("Enter")
    way, goal = (
        office.get_by_role("group", name="Way out 2"),
        office.get_by_role("group", name="Goal", exact=True),
    )
    expect(way.locator("summary").first).to_be_focused()
    refunded = office.locator('input[value="OrderRefunded"]')
    way.locator("details", has=refunded).locator("summary").press("Enter")
    with office.expect_response("**/start/"):  # what may be asked changes with what is ticked
        way.locator('input[value="OrderRefunded"]').press("Space")
    way.get_by_label("Looks at").select_option("customer")
    way.get_by_role("button", name="Add a condition").press("Enter")
    expect(way.get_by_label("What", exact=True)).to_be_focused()
    way.get_by_label("What", exact=True).select_option("event.amount")
    way.get_by_label("Compared how").select_option("at_least")
    way.get_by_label("Number").or_(way.get_by_label("Value")).fill("20")

    expect(goal.locator('input[value="OrderPlaced"]')).to_be_checked()
    goal.get_by_label("Counts within").fill("6")
    goal.get_by_label("Unit").first.select_option("weeks")
    goal.get_by_role("button", name="Add a condition").press("Enter")
    goal.get_by_label("What", exact=True).select_option("order.total")
    goal.get_by_label("Compared how").select_option("more_than")
    goal.get_by_label("Number").fill("30")
    goal.get_by_label("Whoever reaches it").press("Space")
    office.get_by_role("button", name="Save").press("Enter")
    expect(office.get_by_text("Kept as a new version.")).to_be_visible()

    document = Journey.objects.get(pk=world[0]).live.document
    assert document["exits"] == [
        {"on": "OrderCancelled"},
        {
            "on": ["OrderRefunded"],
            "about": "customer",
            "if": {"field": "event.amount", "is": "at_least", "value": 20},
        },
    ]
    assert document["goal"] == {
        "on": ["OrderPlaced"],
        "within": "6 weeks",
        "ends": False,
        "if": {"field": "order.total", "is": "more_than", "value": 30},
    }


def test_the_count_of_a_segment_follows_what_is_chosen(office):
    office.goto("/office/segments/new/")
    office.get_by_role("button", name="Add a condition").click()
    office.get_by_label("What", exact=True).select_option("customer.spent")
    office.get_by_label("Number").fill("100")
    office.get_by_label("Number").press("Tab")
    expect(office.get_by_role("status")).to_contain_text("3")

    office.get_by_label("Name").fill("Good customers")
    office.get_by_role("button", name="Save").click()

    assert Segment.objects.get(name="Good customers").condition["all"][0]["value"] == 100


def test_a_value_typed_and_a_button_pressed_at_once_are_both_kept(office):
    def slowly(route):
        if "add" in (route.request.post_data or ""):
            time.sleep(0.5)  # longer than the moment after which a change is shown by itself
        route.continue_()

    office.goto("/office/segments/new/")
    conditions, number = office.get_by_label("What", exact=True), office.get_by_label("Number")
    office.get_by_role("button", name="Add a condition").click()
    conditions.select_option("customer.spent")
    expect(number).to_be_visible()
    office.route("**/segments/preview/", slowly)
    number.fill("100")
    office.get_by_role("button", name="Add a condition").click()

    expect(conditions).to_have_count(2)
    expect(number).to_have_value("100")
