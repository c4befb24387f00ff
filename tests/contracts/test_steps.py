"""What every kind of step has: settings that can be read, words in both languages, and one answer for each."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import translation

from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.settings import READERS, DocumentError
from passaparola.journeys.rules.values import Go, Leave, Standing, Stay
from passaparola.journeys.step import STEPS
from passaparola.journeys.tests.worlds import MadeUpWorld
from passaparola.journeys.words import words_of
from tests.cast import NOON

EXAMPLES = {
    "ask_team": {"words": "Call"},
    "branch": {"if": {"field": "customer.orders", "value": 1}},
    "goal": {},
    "send_message": {"message": "delivered"},
    "split": {"shares": {"a": 1, "b": 2}},
    "stop": {},
    "tag": {"tag": "vip"},
    "wait": {"for": "2 days", "between": "9-18", "working_days": True},
    "wait_for": {"events": "OrderPlaced", "at_most": "2 days"},
    "webhook": {"url": "https://other.example/"},
}
every_step = pytest.mark.parametrize("key", sorted(STEPS))


def placed(key, **changes):
    step = {"id": "it", "kind": key, **EXAMPLES.get(key, {}), **changes}
    return define({"name": "n", "trigger": "OrderPlaced", "steps": [step]}).steps["it"]


def standing(n):
    since = NOON - timedelta(hours=13 * n)
    return Standing(
        id=n, customer_id=n, position="it", since=since, entered_at=since, begun_at=since, now=NOON
    )


@every_step
def test_its_settings_can_be_read_and_have_words(key):
    kind = STEPS[key]
    assert import_module(f"passaparola.journeys.steps.{key}").__doc__

    assert {setting.type for setting in kind.settings} <= set(READERS)
    assert {setting.key for setting in kind.settings} <= set(words_of(key).settings)


@every_step
@pytest.mark.parametrize("language", ["en", "it"])
def test_it_can_be_told_in_a_line(key, language):
    words = words_of(key)
    with translation.override(language):
        said = f"{words.label}: {words.says(placed(key).settings)}"

    assert len(said) > 3
    assert "None" not in said


@every_step
def test_what_it_must_be_told_is_asked_for(key):
    for setting in STEPS[key].settings:
        if setting.is_required:
            with pytest.raises(DocumentError, match=setting.key):
                placed(key, **{setting.key: None})


@every_step
def test_it_answers_for_each_and_the_batch_makes_no_difference(key):
    step = placed(key)
    world = MadeUpWorld(true_of={2, 3}, happened={3: NOON - timedelta(hours=1)})
    batch = [standing(n) for n in range(6)]

    together = STEPS[key].advance(batch, step.settings, world)
    alone = [STEPS[key].advance([one], step.settings, world)[0] for one in batch]

    assert list(together) == alone
    ways = set(STEPS[key].ways(step.settings))
    assert all(o.way in ways for o in together if isinstance(o, Go))
    assert all(o.until > NOON for o in together if isinstance(o, Stay))
    assert STEPS[key].pauses or all(isinstance(o, Go | Leave) for o in together)
