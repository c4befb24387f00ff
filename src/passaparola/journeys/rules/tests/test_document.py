import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.rules.values import END

WAIT = {"id": "rest", "kind": "wait", "for": "1 day"}
SAY = {"id": "say", "kind": "send_message", "message": "delivered"}
YES_NO = {"id": "big", "kind": "branch", "if": {"field": "order.total", "value": 1}}
GOOD = {"name": "Thanks", "trigger": {"on": "OrderDelivered"}, "steps": [WAIT, SAY]}
KNOWN = {"events": ["OrderDelivered", "OrderPlaced"], "messages": ["delivered"], "channels": ["email"]}


def test_a_step_goes_on_to_the_one_below_it():
    steps = define(GOOD).steps

    assert steps["rest"].ways == {"next": "say"}
    assert steps["say"].ways == {"next": END}


def test_ways_lead_where_they_say():
    branch = YES_NO | {"next": {True: "say", "no": "end"}}

    assert define(GOOD | {"steps": [branch, WAIT, SAY]}).steps["big"].ways == {"yes": "say", "no": END}


def test_yamls_bare_on_is_understood():
    assert define(GOOD | {"trigger": {True: "OrderDelivered"}}).trigger.kinds == ("OrderDelivered",)


def test_it_knows_what_to_listen_to():
    wait = {"id": "w", "kind": "wait_for", "events": ["A", "B"], "at_most": "1 day"}
    found = define(GOOD | {"steps": [wait], "goal": {"on": "C"}, "exits": [{"on": ["D"]}]})

    assert found.listens == {"OrderDelivered", "A", "B", "C", "D"}


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"name": ""}, ("name",), "name"),
        ({"colour": "red"}, ("colour",), "not known"),
        ({"trigger": {}}, ("trigger",), "which event"),
        ({"trigger": {"on": "Nothing"}}, ("trigger", "on"), "no event"),
        ({"trigger": {"on": "OrderPlaced", "if": {"field": "x"}}}, ("trigger", "if", "field"), "no field"),
        ({"steps": []}, ("steps",), "at least one"),
        ({"steps": [WAIT, WAIT]}, ("steps", 1, "id"), "two steps"),
        ({"steps": [{"id": "end", "kind": "stop"}]}, ("steps", 0), "plain word"),
        ({"steps": [{"id": "a", "kind": "fly"}]}, ("steps", 0, "kind"), "there are"),
        ({"steps": [WAIT | {"speed": 3}]}, ("steps", 0, "speed"), "no setting"),
        ({"steps": [WAIT | {"next": "nowhere"}]}, ("steps", 0, "next"), "nowhere"),
        ({"steps": [YES_NO | {"next": {"maybe": "end"}}]}, ("steps", 0, "next", "maybe"), "no way"),
        ({"steps": [SAY | {"message": "none"}]}, ("steps", 0, "message"), "no message"),
        ({"steps": [SAY | {"next": "say"}]}, ("steps", 0), "never waits"),
        ({"again": "daily"}, ("again",), "again"),
        ({"hold_out": 60}, ("hold_out",), "50"),
        ({"goal": {"within": "1 day"}}, ("goal",), "which event"),
        ({"exits": [{}]}, ("exits", 0), "at once"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(changes, where, says):
    with pytest.raises(DocumentError, match=says) as caught:
        define(GOOD | changes, known=KNOWN)

    assert caught.value.where == where


def test_a_circle_with_a_wait_in_it_is_fine():
    assert define(GOOD | {"steps": [WAIT, SAY | {"next": "rest"}]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["on", "if", "id", "kind", "next", "for", "customer after"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@given(st.sampled_from(["name", "trigger", "steps", "again", "goal", "exits", "hold_out"]), JSON)
def test_whatever_comes_is_read_or_refused_with_a_sentence(key, value):
    said = None
    try:
        define(GOOD | {key: value})
    except DocumentError as error:
        said = str(error)

    assert said is None or said.endswith((".", "?", "”."))
