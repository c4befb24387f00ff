"""A name that is in no letter is told at its line; what a template gives itself, and every text of ours, is fine."""

import pytest
from tests.cast import NOON

from passaparola.messages.editor import checks
from passaparola.messages.kind import KINDS
from passaparola.messages.rendering.names import unknown_names
from passaparola.messages.rendering.own import document_of
from passaparola.messages.rendering.texts import texts_of

DATA = {
    "customer": {"first_name": "Giulia", "last_name": None},
    "order": {"number": "1042"},
    "items": [{"title": "Piatto Luna"}],
    "arrival": "tomorrow",
    "data": {"number": "R1"},
}


def unknown(text, **more):
    return [(one.line, one.name, one.instead) for one in unknown_names({"text": text, **more}, DATA)]


def test_a_misspelt_name_is_found_at_its_line_with_the_one_that_was_meant():
    text = "Ciao {{ custmer.frist_name }},\nil tuo ordine {{ order.nummer }} tarda."

    assert unknown(text) == [
        (1, "custmer.frist_name", "customer.first_name"),
        (2, "order.nummer", "order.number"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{% if order.nummer %}x{% endif %}",
        "{% unless order.nummer == '7' %}x{% endunless %}",
        "{% for one in order.nummer %}{{ one }}{% endfor %}",
        "{% case order.nummer %}{% when '7' %}x{% endcase %}",
        "{{ 'a' | append: order.nummer }}",
        "{% assign n = order.nummer %}",
    ],
)
def test_it_is_found_wherever_liquid_reads_a_name(text):
    assert unknown(text) == [(1, "order.nummer", "order.number")]


@pytest.mark.parametrize(
    "text",
    [
        "{% assign greeting = customer.first_name | upcase %}{{ greeting }} {{ greeting.size }}",
        "{% capture greeting %}Ciao{% endcapture %}{{ greeting }}",
        "{% for one in items %}{{ forloop.index }} {{ one.title }}{% endfor %}",
        "{{ items.first.title }} {{ items[0].title }} {{ items.size }}",
        "{{ customer.last_name | default: 'Ciao' }}{% if arrival == blank %}?{% endif %}",
        "{{ data.number }} {{ data.colour_of_the_glaze }}",
    ],
)
def test_what_a_template_gives_itself_and_what_there_is_are_fine(text):
    assert unknown(text) == []


def test_what_one_block_gives_another_may_say():
    assert unknown("{{ greeting }}", earlier="{% assign greeting = 'Ciao' %}") == []


def test_a_slip_in_what_whoever_asks_gives_is_seen():
    assert unknown("{{ data.numberz }}") == [(1, "data.numberz", "data.number")]


def test_where_nothing_comes_near_nothing_is_proposed():
    assert unknown("{{ xyzzy }}") == [(1, "xyzzy", "")]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("key", sorted(KINDS))
def test_our_own_letters_say_only_what_there_is(luna, key, language):
    document = document_of(texts_of(key, language))

    assert checks.by_name(KINDS[key], language, document, luna, NOON) == []
