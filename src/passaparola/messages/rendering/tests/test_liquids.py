"""A template that goes wild is stopped, whatever way it chose."""

import time

import pytest
from liquid.exceptions import LiquidError

from passaparola.messages.rendering import encoding, fast, liquids

LONG = "{% assign s = 'xxxxxxxxxx' %}" + "{% assign s = s | append: s %}" * 11


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{% for a in (1..4000) %}{% for b in (1..4000) %}{% endfor %}{% endfor %}", "loop iteration"),
        ("{% for a in (1..100000000) %}x{% endfor %}", "loop iteration"),
        (
            "{% assign s = 'x' %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}",
            "namespace",
        ),
        (LONG + "{{ s | replace: 'x', s }}", "too much"),
        (LONG + "{{ s | split: '' | join: s }}", "too much"),
        ("{% for i in (1..5000) %}{{ 'x' | append: '" + "y" * 200 + "' }}{% endfor %}", "output stream"),
    ],
)
def test_it_may_not_take_more_than_a_mail_needs(source, says):
    with pytest.raises(LiquidError) as caught:
        liquids.HTML.from_string(source).render()

    assert says in liquids.words_of(caught.value)


def test_many_loops_end_when_the_time_is_up(monkeypatch):
    monkeypatch.setattr(liquids, "SECONDS", 0.2)
    template = liquids.TEXT.from_string("{% for i in (1..5000) %}{% if a %}{% endif %}{% endfor %}" * 1_000)

    began = time.monotonic()
    with pytest.raises(liquids.TooMuchError, match="too long"):
        template.render()

    assert time.monotonic() - began < 5  # without the clock it would be half a minute


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in l %}" * 3 + "{% endfor %}" * 3,
        "{% for a in l %}{{ a }}{% endfor %}" * 31,
        "{{ a }}" * 3_000,
    ],
)
def test_many_or_deep_loops_and_long_texts_are_left_to_the_one_with_the_clock(source):
    nodes = liquids.TEXT.from_string(source).nodes

    with pytest.raises(fast.NotPlainError):
        fast.compile_nodes(nodes, fast.Writer(str, encoding.text_value))


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in l %}{% for b in l %}{{ b }}{% endfor %}{% endfor %}",
        "{% for a in l %}{% for b in l %}{% if c %}x{% endif %}{% endfor %}{% endfor %}",
        "{% for a in l %}" + "x" * 999 + "{{ a }}{% endfor %}",
    ],
)
def test_what_is_filled_in_fast_is_measured_as_well(source):
    """An order has some hundred lines; a loop in a loop through them would fill any memory."""
    render = fast.compile_nodes(liquids.TEXT.from_string(source).nodes, fast.Writer(str, encoding.text_value))

    with pytest.raises(liquids.TooMuchError):
        render({"l": ["line"] * 2_000})
    assert render({"l": ["line"] * 20}) is not None


@pytest.mark.parametrize(
    "name",
    [
        "x'); raise SystemExit #",
        'x\\"); raise SystemExit #',
        "x\n raise SystemExit",
        "__import__",
        "_write",
        "_scope",
    ],
)
@pytest.mark.parametrize(
    "source", ["{{ [%s].b }}{{ a[%s] }}", "{%% for _r0 in a[%s] %%}{{ _r0[%s] }}{%% endfor %%}"]
)
def test_no_name_in_a_template_becomes_code(name, source):
    """Templates are written down as a Python function: of theirs only quoted names stand in it."""
    quote = '"' if "'" in name else "'"
    template = liquids.TEXT.from_string(source % ((f"{quote}{name}{quote}",) * 2))
    data = {name: {"b": "1"}, "a": {name: [{name: "2"}]}}

    render = fast.compile_nodes(template.nodes, fast.Writer(str, encoding.text_value))

    assert "".join(map(str, render(data))).startswith(("1", "2"))


def test_it_sees_the_data_it_is_given_and_nothing_else():
    words = {"store": {"name": "Luna"}, "items": [1]}
    source = "{{ store.__class__ }}{{ store.keys }}{{ items.append }}{{ store['__class__'] }}{{ x.y.z }}"

    assert liquids.TEXT.from_string(source).render(words) == ""


def test_a_mistake_is_told_with_its_line():
    with pytest.raises(LiquidError) as caught:
        liquids.TEXT.from_string("Hello\n{% if %}\n{% endif %}")

    assert liquids.line_of(caught.value) == 2
