from hypothesis import given
from hypothesis import strategies as st

from passaparola.journeys.rules import editing
from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.values import END

START = {
    "name": "n",
    "trigger": {"on": "X"},
    "steps": [
        {"id": "rest", "kind": "wait", "for": "1 day"},
        {"id": "dear", "kind": "branch", "if": {"field": "order.total", "value": 1}, "next": {"no": "end"}},
        {"id": "say", "kind": "send_message", "message": "delivered"},
        {"id": "mark", "kind": "tag", "tag": "x"},
    ],
}
NEW = {"id": "new", "kind": "tag", "tag": "y"}


def ways(document):
    return {name: dict(step.ways) for name, step in define(document).steps.items()}


def test_a_step_comes_between_two():
    found = editing.add(START, define(START), NEW, after="dear", way="yes")

    assert ways(found)["dear"] == {"yes": "new", "no": END}
    assert ways(found)["new"] == {"next": "say"}


def test_a_step_comes_first():
    found = editing.add(START, define(START), NEW)

    assert define(found).first == "new"
    assert ways(found)["new"] == {"next": "rest"}


def test_a_step_taken_out_leaves_no_gap():
    found = editing.remove(START, define(START), "say")
    assert ways(found)["dear"] == {"yes": "mark", "no": END}

    assert define(editing.remove(START, define(START), "rest")).first == "dear"


def test_neighbours_change_places():
    found = editing.move_up(START, define(START), "mark")

    assert ways(found)["dear"]["yes"] == "mark"
    assert ways(found) == ways(editing.move_down(START, define(START), "say"))
    assert ways(found)["mark"] == {"next": "say"}
    assert ways(found)["say"] == {"next": END}


def test_what_can_not_change_places_stays():
    assert editing.move_up(START, define(START), "rest") == START
    assert editing.move_up(START, define(START), "say") == START


def test_other_settings_keep_the_ways():
    step = {"id": "dear", "kind": "branch", "if": {"field": "order.total", "value": 2}}
    found = editing.replace(START, define(START), "dear", step)

    assert ways(found) == ways(START)
    assert found["steps"][1]["if"]["value"] == 2


doings = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "up", "down", "front"]), st.integers(0, 9)), max_size=12
)


@given(doings)
def test_whatever_is_done_the_document_stays_one_that_can_be_read(doings):
    document = START
    for what, which in doings:
        definition = define(document)
        names = list(definition.steps)
        name = names[which % len(names)]
        if what in {"add", "front"}:
            step = NEW | {"id": editing.fresh_id(definition, "tag")}
            place = {} if what == "front" else {"after": name, "way": next(iter(definition.steps[name].ways))}
            document = editing.add(document, definition, step, **place)
        elif what == "remove" and len(names) > 1:
            document = editing.remove(document, definition, name)
        elif what in {"up", "down"}:
            document = {"up": editing.move_up, "down": editing.move_down}[what](document, definition, name)
        after = define(document)
        grew = {"add": 1, "front": 1, "remove": -1 if len(names) > 1 else 0}.get(what, 0)
        assert len(after.steps) == len(names) + grew
