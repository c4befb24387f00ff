from typing import ClassVar

import pytest
from django.test import Client
from tests.cast import NOON
from tests.pages import Asked, StaffPages

from passaparola.segments import actions, queries, urls
from passaparola.segments.builder import of_condition, of_form
from passaparola.segments.models import Segment
from passaparola.segments.tests.people import bought, person

UNDELAYED = {"field": "history.events", "of": "ParcelDelayed", "is": "is", "value": 0, "within": "30 days"}
QUIET = {
    "all": [
        {"field": "customer.orders", "is": "at_least", "value": 2},
        {"any": [{"field": "customer.last_order", "is": "longer_ago_than", "value": "90 days"}, UNDELAYED]},
    ]
}
FORM = {
    "name": "Luna friends",
    "if-join": "all",
    "if-0-field": "customer.orders",
    "if-0-is": "at_least",
    "if-0-value": "1",
    "do": "save",
}


@pytest.fixture
def world(luna, giulia):
    bought(giulia, 50, days_ago=3)
    segment = actions.save(luna, name="Luna quiet ones", condition=queries.read(QUIET), by=None, now=NOON)
    return {"segment": segment}


def one(world):
    return {"segment_id": world["segment"].pk}


class TestSegmentsPages(StaffPages):
    urls = urls
    addresses: ClassVar = {
        "segments": Asked(found=("Luna quiet ones",)),
        "segment-new": Asked(posts=lambda world: FORM),
        "segment-preview": Asked(gets=False, posts=lambda world: FORM),
        "segment": Asked(
            one, posts=lambda world: FORM, is_of_one=True, found=("Luna quiet ones", "customer.orders")
        ),
        "segment-delete": Asked(one, gets=False, posts=lambda world: {}, is_of_one=True),
    }


@pytest.fixture
def desk(client: Client, world, chiara):
    client.force_login(chiara)
    return client


def test_a_condition_becomes_a_form_and_comes_back_the_same():
    condition = queries.read(QUIET)

    shown = of_condition(condition)

    assert shown is not None
    assert queries.read(shown.tree) == condition


def test_what_is_nested_too_deeply_is_edited_as_text():
    assert of_condition(queries.read({"all": [{"any": [{"none": [QUIET["all"][0]]}]}]})) is None


def test_a_segment_is_kept_and_counts_whom_it_means(desk, world):
    answer = desk.post("/office/segments/new/", FORM)

    assert answer.status_code == 302
    kept = Segment.objects.get(name="Luna friends")
    assert kept.condition == {"all": [{"field": "customer.orders", "is": "at_least", "value": 1}]}
    page = desk.get(f"/office/segments/{kept.pk}/").content.decode()
    assert "<b>1</b>" in page
    assert "Giulia" in page


def test_the_count_is_live(desk, luna):
    bought(person(luna, "Anna"), 20, days_ago=1)

    page = desk.post("/office/segments/preview/", FORM).content.decode()

    assert "<b>2</b>" in page


@pytest.mark.parametrize(
    ("field", "count"),
    [("customer.has_phone", 0), ("order.total", 2), ("customer.first_order", 2), ("history.messages", 2)],
)
def test_whoever_has_only_chosen_the_field_yet_is_told_of_no_mistake(desk, luna, field, count):
    bought(person(luna, "Anna"), 20, days_ago=1)
    begun = {"if-join": "all", "if-0-field": field}

    page = desk.post("/office/segments/preview/", begun, headers={"HX-Request": "true"}).content.decode()

    assert "wrong" not in page
    assert f"<b>{count}</b>" in page


@pytest.mark.parametrize(
    ("do", "names"),
    [
        ("if:add", ["if-0-field", "if-1-field"]),
        ("if:group", ["if-0-field", "if-1-join", "if-1.0-field"]),
        ("if:remove-0", []),
        ("look", ["if-0-field"]),
    ],
)
def test_buttons_change_the_form_without_a_script(desk, do, names):
    page = desk.post("/office/segments/new/", FORM | {"do": do}).content.decode()

    found = [
        name for name in ("if-0-field", "if-1-field", "if-1-join", "if-1.0-field") if f'name="{name}"' in page
    ]
    assert found == names
    assert not Segment.objects.filter(name="Luna friends").exists()


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(desk):
    page = desk.post("/office/segments/new/", FORM | {"if-0-value": "many"}).content.decode()

    assert "compared with a number" in page
    assert 'value="many"' in page
    assert 'value="Luna friends"' in page


UNCHOSEN = "Choose what this condition asks, or take it away."


@pytest.mark.parametrize(
    ("rows", "beside"),
    [
        ({"if-1-field": ""}, "if-1-field"),
        ({"if-1-join": "any", "if-1.0-field": ""}, "if-1.0-field"),
        ({"if-1-join": "any"}, "if-1-join"),
    ],
)
def test_a_row_of_which_nothing_was_chosen_is_refused_beside_it_and_nothing_is_lost(desk, rows, beside):
    page = desk.post("/office/segments/new/", FORM | rows).content.decode()

    assert not Segment.objects.filter(name="Luna friends").exists()
    assert page.count(UNCHOSEN) == 1
    assert page.index(f'name="{beside}"') < page.index(UNCHOSEN)
    assert 'value="Luna friends"' in page
    assert f'name="{beside}"' in page


def test_what_is_wrong_is_said_beside_its_own_row_while_another_is_only_begun(desk):
    sent = {"if-0-field": "customer.spent", "if-1-field": "customer.orders", "if-1-value": "many"}

    page = desk.post("/office/segments/preview/", sent, headers={"HX-Request": "true"}).content.decode()

    assert page.index('name="if-1-field"') < page.index("compared with a")


def test_a_length_that_is_missing_is_asked_for_in_the_words_of_the_form(desk):
    sent = FORM | {"if-0-field": "customer.last_order", "if-0-is": "longer_ago_than"}

    page = desk.post("/office/segments/new/", sent).content.decode()

    assert "“longer ago than” needs a length of time" in page


def test_two_segments_do_not_share_a_name(desk):
    page = desk.post("/office/segments/new/", FORM | {"name": "Luna quiet ones"}).content.decode()

    assert "of this name already" in page


def test_text_is_read_and_its_mistakes_are_said(desk, world):
    where = f"/office/segments/{world['segment'].pk}/"
    page = desk.post(where, {"name": "x", "text": "all: [{field: nothing}]", "do": "save"}).content.decode()
    assert "There is no field" in page

    desk.post(where, {"name": "x", "text": "field: customer.orders\nvalue: 3", "do": "save"})
    world["segment"].refresh_from_db()
    assert world["segment"].condition["value"] == 3


BOMB = "all:\n  - &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  - &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
"""A few lines, half a billion words."""


@pytest.mark.parametrize("place", ["value", "of", "field", "is", "within"])
def test_text_that_unfolds_without_end_is_refused(desk, place):
    text = f"{BOMB}  - {{field: customer.first_name, is: is, value: x}}\n".replace(
        "value: x", f"{place}: [*c]" if place != "field" else "value: [*c]"
    )

    page = desk.post("/office/segments/preview/", {"text": text}).content.decode()

    assert "This is no YAML" in page


@pytest.mark.parametrize(
    "text",
    [
        "{field: event.cause, is: is, value: x}",
        "{field: event.amount, is: more_than, value: 1}",
        '{field: "event.x\' OR true --", is: is, value: x}',
        '{field: customer.first_name, is: contains, value: "%s %(a)s \'; DROP TABLE x; --"}',
        '{field: history.events, of: "x\') OR true --", is: is, value: 1}',
        '{field: customer.last_order, is: in_last, value: "90 days\'"}',
        "{field: customer.last_order, is: before, value: 0001-01-01}",
        "{field: customer.last_order, is: longer_ago_than, value: 9999999999 years}",
        "{field: customer.spent, is: more_than, value: 1e11}",
        "{? [a] : b}",
    ],
)
def test_hostile_text_is_answered_by_a_sentence_or_a_number(desk, text):
    assert desk.post("/office/segments/preview/", {"text": text}).status_code == 200
    desk.post("/office/segments/new/", {"name": "x", "text": text, "do": "save"})
    assert desk.get("/office/segments/").status_code == 200


def test_whatever_is_sent_is_answered(desk):
    for sent in (
        {"if-0-field": "x" * 300},
        {"if-0-join": "x", "if-0.0-is": "y"},
        {"text": "a: ["},
        {"do": "if:add-9"},
    ):
        assert desk.post("/office/segments/preview/", sent).status_code == 200
    assert of_form({"if-join": "no"}).join == "all"
    assert len(of_form({f"if-0{'.0' * n}-join": "all" for n in range(900)}).rows) == 1


def test_a_row_that_had_no_unit_yet_begins_with_days():
    asked = {"if-join": "all", "if-0-field": "customer.last_order"}

    (fresh,), (chosen,) = of_form(asked).rows, of_form(asked | {"if-0-unit": "weeks"}).rows

    assert (fresh.unit, fresh.within_unit, chosen.unit) == ("days", "days", "weeks")
