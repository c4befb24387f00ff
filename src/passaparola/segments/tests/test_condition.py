from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.segments.rules import durations
from passaparola.segments.rules.condition import EVERYBODY, ConditionError, Group, Question, parse, write
from passaparola.segments.rules.fields import (
    FIELDS,
    OPERATORS,
    WITH_DAY,
    WITH_DURATION,
    WITH_LIST,
    WITHOUT_VALUE,
)

texts = st.text("abcdefghij €à'\"%;\\{}()$-_*/:?\u2028", min_size=1, max_size=20).map(str.strip).filter(bool)
lengths = st.integers(1, 900).map(lambda days: timedelta(days=days)) | st.integers(1, 900).map(
    lambda hours: timedelta(hours=hours)
)


@st.composite
def questions(draw):
    field = draw(st.sampled_from(sorted(FIELDS.values(), key=lambda f: f.key)))
    operator = draw(st.sampled_from(OPERATORS[field.type]))
    if operator in WITHOUT_VALUE:
        value = None
    elif operator in WITH_DURATION:
        value = draw(lengths)
    elif operator in WITH_DAY:
        value = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    elif operator in WITH_LIST:
        value = tuple(draw(st.lists(texts.filter(lambda t: "," not in t), min_size=1, max_size=4)))
    elif field.type == "money":
        value = Decimal(draw(st.integers(0, 10**6))) / 100
    elif field.type in {"number", "count"}:
        value = Decimal(draw(st.integers(0, 500)))
    else:
        value = draw(st.booleans()) if field.type == "flag" else draw(texts)
    if field.type != "count":
        return Question(field, operator, value)
    of = draw(st.sampled_from(["OrderPlaced", "ParcelDelayed"] if field.choices == "events" else ["delayed"]))
    return Question(field, operator, value, of, draw(st.none() | lengths), draw(st.booleans()))


conditions = st.recursive(
    questions(),
    lambda inner: st.builds(
        Group,
        st.sampled_from(["all", "any", "none", "some_order", "no_order"]),
        st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


@given(conditions)
def test_what_is_written_reads_back_as_the_same(condition):
    assert parse(write(condition)) == condition


def nested(inner):
    keys = st.sampled_from(["all", "any", "field", "is", "value", "of", "x"])
    return st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), nested, max_leaves=12))
def test_whatever_comes_is_read_or_refused_with_a_sentence(tree):
    said = None
    try:
        parse(tree)
    except ConditionError as error:
        said = str(error)

    assert said is None or said.endswith((".", "?"))


def test_nothing_is_true_of_everybody():
    assert parse({}) == parse([]) == parse({"all": []}) == EVERYBODY


@pytest.mark.parametrize(
    ("tree", "where", "says"),
    [
        ({"field": "customer.order", "is": "is", "value": 1}, ("field",), "customer.orders"),
        ({"field": "customer.orders", "is": "contains", "value": 1}, ("is",), "at_least"),
        ({"field": "customer.orders", "value": "many"}, ("value",), "number"),
        ({"field": "customer.orders", "value": "1.5"}, ("value",), "whole"),
        ({"field": "customer.last_order", "is": "in_last", "value": "a while"}, ("value",), "90 days"),
        ({"field": "customer.last_order", "is": "before", "value": "soon"}, ("value",), "2026-11-18"),
        ({"field": "customer.country", "is": "one_of", "value": []}, ("value",), "at least one"),
        ({"field": "customer.country", "value": False}, ("value",), "quotation marks"),
        ({"field": "customer.takes_news", "value": "perhaps"}, ("value",), "yes or no"),
        ({"field": "customer.orders", "value": 1, "of": "x"}, ("of",), "history"),
        ({"field": "history.events", "of": "Nothing"}, ("of",), "counted"),
        ({"all": [{"any": {}}]}, ("all", 0, "any"), "list"),
        ({"all": [], "any": []}, (), "alone"),
        (
            {"all": [[[[[[[[]]]]]]]]},
            ("all", 0, "all", 0, "all", 0, "all", 0, "all", 0, "all", 0, "all", 0),
            "six",
        ),
        ({"all": [{"all": []}] * 101}, ("all", 99), "split"),
        ("x", (), "field"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(tree, where, says):
    with pytest.raises(ConditionError, match=says) as caught:
        parse(tree, known={"events": ["OrderPlaced"]})

    assert caught.value.where == where


@given(lengths)
def test_a_length_of_time_reads_back_as_the_same(length):
    assert durations.parse(durations.write(length)) == length


def test_choices_are_found_whatever_their_case():
    known = {"states": ["in_transit"]}

    assert parse({"field": "parcel.state", "value": "IN_TRANSIT"}, known=known).value == "in_transit"
