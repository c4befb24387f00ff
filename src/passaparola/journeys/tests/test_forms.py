"""The form of a journey's start and end: saving it changes what was typed, and nothing else."""

import pytest
from django.http import QueryDict

from passaparola.journeys.forms import StartForm, initial
from passaparola.journeys.known import known
from passaparola.journeys.rules.document import define
from passaparola.journeys.shelf import shelf
from passaparola.journeys.tests.conftest import THANKS
from passaparola.segments import builder
from passaparola.segments.choices import told_by
from passaparola.segments.rules.condition import EVERYBODY, Group

ODD = THANKS | {
    "trigger": {"on": ["OrderDelivered", "ParcelDelivered"]},
    "again": {"customer after": "2 weeks"},
    "goal": {"on": ["OrderPlaced", "CustomerSignedIn"], "within": "36 hours", "ends": False},
    "exits": [
        {"on": "OrderCancelled"},
        {"on": ["OrderPlaced", "OrderRefunded"], "about": "customer"},
        {"on": "ParcelDelayed", "if": {"field": "order.total", "is": "at_least", "value": 20}},
        {"if": {"field": "customer.orders", "is": "at_least", "value": 9}},
    ],
}


def saved(document, **changes):
    """The document after its form was opened and sent as it was, but for the changes."""
    definition = define(document)
    sent = QueryDict(mutable=True)
    for name, value in (initial(definition) | changes).items():
        sent.setlist(name, value if isinstance(value, list) else [str(value if value is not None else "")])
    rows = builder.of_condition(definition.trigger.condition, more_fields=told_by(definition.trigger.kinds))
    offered = {key for _, options in rows.fields for key, _ in options}
    assert {row.field for row in rows.rows if row.field} <= offered  # a browser sends only what is offered
    form = StartForm(sent)
    assert form.is_valid(), form.errors
    return form.document(rows.tree if rows.rows else None, document)


@pytest.mark.parametrize(
    "document", [*(ready.document for ready in shelf("en")), ODD], ids=lambda one: one["name"]
)
def test_a_form_sent_as_it_was_opened_changes_nothing(document):
    before, after = (define(one, known=known()) for one in (document, saved(document)))

    assert sorted(map(str, after.exits)) == sorted(map(str, _as_one(before.exits)))
    assert (after.trigger.kinds, after.again, after.goal) == (before.trigger.kinds, before.again, before.goal)
    assert _plain(after.trigger.condition) == _plain(before.trigger.condition)
    assert (after.hold_out, after.steps, after.name) == (before.hold_out, before.steps, before.name)


def _plain(condition):
    """All of one question is that question."""
    is_one = isinstance(condition, Group) and condition.join == "all" and len(condition.parts) == 1
    return condition.parts[0] if is_one else condition


def _as_one(exits):
    """Plain ways out about the same are one and the same."""
    plain = [one for one in exits if one.condition == EVERYBODY]
    rest = [one for one in exits if one not in plain]
    for about_order in (True, False):
        kinds = [kind for one in plain if one.about_order is about_order for kind in one.kinds]
        if kinds:
            rest.append(type(exits[0])(tuple(kinds), about_order=about_order))
    return rest


def test_a_new_order_as_a_way_out_is_another_order_of_the_customer():
    exits = saved(THANKS, exits=["OrderRefunded", "OrderPlaced"])["exits"]

    assert exits == [{"on": ["OrderRefunded"]}, {"on": ["OrderPlaced"], "about": "customer"}]
