"""Conditions read like sentences, in both languages."""

from itertools import product

import pytest
from django.utils.translation import override

from passaparola.segments.rules.condition import parse
from passaparola.segments.rules.fields import FIELDS
from passaparola.segments.words import PLAIN, told


@pytest.mark.parametrize(
    ("question", "english", "italian"),
    [
        (
            {"field": "order.is_first", "is": "is", "value": "yes"},
            "it is their first order",
            "è il suo primo ordine",
        ),
        (
            {"field": "order.delivered", "is": "unknown"},
            "the order is not delivered yet",
            "l'ordine non è ancora consegnato",
        ),
        (
            {"field": "order.total", "is": "at_least", "value": 150},
            "total of the order at least 150",
            "totale dell'ordine almeno 150",
        ),
    ],
)
def test_a_question_is_told_in_a_sentence(question, english, italian):
    with override("en"):
        assert told(parse(question)) == english
    with override("it"):
        assert told(parse(question)) == italian


def test_every_yes_and_no_has_a_sentence_of_its_own():
    flags = {key for key, field in FIELDS.items() if field.type == "flag"}

    assert set(product(flags, ("yes", "no"))) <= set(PLAIN)
    assert {key for key, _ in PLAIN} <= set(FIELDS)
