from datetime import timedelta
from pathlib import Path

import pytest

from passaparola.journeys import playbook, source
from passaparola.journeys.known import known
from passaparola.journeys.rules.document import define
from passaparola.journeys.rules.settings import DocumentError
from passaparola.journeys.shelf import shelf
from passaparola.messages.kind import KINDS
from passaparola.messages.rules.policy import CAPS

READY = [
    pytest.param(ready, id=f"{ready.key}-{language}")
    for language in ("en", "it")
    for ready in shelf(language)
]
APOLOGIES = {"delayed"}
"""Messages that say sorry: each person hears one for one order, then only what is done about it."""


@pytest.mark.parametrize("ready", READY)
def test_each_journey_of_the_playbook_can_be_switched_on(ready):
    definition = define(ready.document, known=known())

    assert definition.about
    assert len(definition.name) < 60
    assert source.read(source.write(ready.document)) == ready.document


def test_names_are_whole_in_both_languages():
    """In YAML a comma between braces ends a text: what follows would be another key."""
    for file in sorted(Path(playbook.__path__[0]).glob("*.yaml")):
        document = source.load(file.read_text("utf-8"))
        texts = [document["name"], document["about"]]
        texts += [step["words"] for step in document["steps"] if "words" in step]
        assert all(set(text) == {"en", "it"} for text in texts), file.name


@pytest.mark.parametrize("ready", READY)
def test_every_step_of_it_can_be_reached(ready):
    definition = define(ready.document, known=known())
    reached, open_ = set(), [definition.first]
    while open_:
        step = open_.pop()
        if step and step not in reached:
            reached.add(step)
            open_ += definition.steps[step].ways.values()

    assert reached == set(definition.steps)


def test_all_that_was_asked_for_is_there():
    assert {ready.key for ready in shelf("en")} == {
        "anniversary_card", "appreciation_note", "back_to_calm", "birthday_card", "courtesy_calls",
        "delay_told_first", "near_what_was_bought", "stalled_parcel", "thank_you_and_care", "tips_and_stories",
        "we_miss_you",
    }  # fmt: skip


@pytest.mark.parametrize("ready", READY)
def test_nobody_is_told_sorry_twice(ready):
    """Repeated apologies hurt: the spine says it once, so no journey says it again."""
    definition = define(ready.document, known=known())
    said = {step.settings["message"] for step in definition.steps.values() if step.kind == "send_message"}

    assert not said & APOLOGIES
    for kind in said:
        assert KINDS[kind]


def test_what_sells_is_held_out_from_some_to_see_what_it_is_worth():
    for ready in shelf("en"):
        definition = define(ready.document, known=known())
        said = {step.settings.get("message") for step in definition.steps.values()}
        sells = any(kind and KINDS[kind].purpose == "offer" for kind in said)
        assert not sells or (definition.hold_out and definition.goal), ready.key


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("name: x\ntrigger: {on: OrderPlaced}\nsteps:\n  - {id: a, kind: wait}\n", 4, "needs"),
        ("name: x\ntrigger:\n  on: OrderPlaced\n  if: {field: nothing}\nsteps: []\n", 5, "at least one"),
        ("name: x\ntrigger: {on: Never}\nsteps:\n  - {id: a, kind: stop}\n", 2, "no event"),
        ("name: [x\ntrigger", 2, "no YAML"),
        ("a: &x [1]\nb: [*x, *x]\n", 1, "references"),
        ("name: x\ntrigger: X\nsteps: []\nname: y\n", 4, "twice"),
        ("name: [x]\n", 1, "a name of at most"),
    ],
)
def test_what_is_wrong_in_the_source_is_said_at_its_line(text, line, says):
    with pytest.raises(DocumentError, match=says) as caught:
        define(source.read(text), known=known())

    if says != "references":
        assert source.line_of(text, caught.value.where) == line


GOOD = (
    "name: x\ntrigger: {on: OrderPlaced}\nsteps:\n"
    "- {id: a, kind: webhook, url: 'https://x.example', data: {a: %s}}\n"
)


@pytest.mark.parametrize(
    "text",
    [
        *("name: " + "[" * 20_000, "name: " + "9" * 5000, "name: a\x00b", "- a", "", "x", "1: 2\n? [a]\n: c"),
        *("name: A\n---\nname: B", "name: !!python/object/apply:os.system ['ls']", "# " + "x" * 200_000),
        *(GOOD % odd for odd in (".inf", ".nan", "!!set {b, c}", "!!binary aGk=", "{b: [.inf]}")),
        "name: A\ntrigger: {on: {a: b}}\nexits: [1, [2], {on: 3}]\nsteps: {a: b}",
        "name: A\ntrigger: {on: OrderPlaced}\nsteps: [{id: [a], kind: {b: c}}]",
    ],
    ids=range(17),
)
def test_hostile_files_are_refused_with_a_sentence(text):
    with pytest.raises(DocumentError) as caught:
        define(source.read(text), known=known())

    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


def test_days_in_a_file_stay_the_words_they_are():
    assert source.read(GOOD % "2026-01-01")["steps"][0]["data"] == {"a": "2026-01-01"}


@pytest.mark.parametrize("ready", READY)
def test_what_it_asks_for_can_wait_for_room_under_every_cap(ready):
    night = timedelta(days=1)
    for placed in define(ready.document).steps.values():
        if placed.kind != "send_message":
            continue
        kind = KINDS[placed.settings["message"]]
        life = placed.settings["lasts"] or kind.lasts
        windows = [cap.window for cap in CAPS if kind.purpose in cap.purposes]
        assert kind.is_of_a_day or life >= max(windows, default=timedelta()) + night, placed.id
