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
from passaparola.segments.rules.condition import Group

ODD = THANKS | {
    "trigger": {"on": ["OrderDelivered", "ParcelDelivered"]},
    "again": {"customer after": "2 weeks"},
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

    assert (after.trigger.kinds, after.again, after.goal) == (before.trigger.kinds, before.again, before.goal)
    assert _plain(after.trigger.condition) == _plain(before.trigger.condition)
    assert (after.hold_out, after.steps, after.name) == (before.hold_out, before.steps, before.name)
    assert after.exits == before.exits


def _plain(condition):
    """All of one question is that question."""
    is_one = isinstance(condition, Group) and condition.join == "all" and len(condition.parts) == 1
    return condition.parts[0] if is_one else condition


def test_a_share_of_ten_per_cent_is_ten_in_the_form_and_in_the_file():
    document = THANKS | {"hold_out": "10.0"}

    assert initial(define(document))["hold_out"] == "10"
    assert saved(document)["hold_out"] == "10"
