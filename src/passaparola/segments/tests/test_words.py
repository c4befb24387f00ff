"""Conditions read like sentences, in both languages."""

from itertools import product

import pytest
from django.utils.translation import override

from passaparola.segments.choices import known
from passaparola.segments.rules.condition import parse
from passaparola.segments.rules.fields import FIELDS
from passaparola.segments.words import PLAIN, VALUES, told


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


@pytest.mark.parametrize(
    ("question", "english", "italian"),
    [
        ({"field": "parcel.state", "is": "is", "value": "in_transit"},
         "state of the parcel is on its way", "stato del pacco è in viaggio"),
        ({"field": "customer.country", "is": "one_of", "value": ["AT", "DE"]},
         "country of the customer is one of Austria, Germany", "Paese del cliente è tra Austria, Germania"),
        ({"field": "history.messages", "of": "delay_goes_on", "is": "is", "value": 0, "within": "5 days"},
         "no message “still late: what we do” in the last 5 days",
         "nessun messaggio “ancora in ritardo: cosa facciamo” negli ultimi 5 giorni"),
        ({"field": "history.events", "of": "ParcelDelayed", "is": "at_least", "value": 1},
         "at least once “The parcel will be later than promised”",
         "almeno una volta “Il pacco arriverà più tardi del promesso”"),
    ],
)  # fmt: skip
def test_what_lists_hold_is_told_in_the_readers_words(question, english, italian):
    with override("en"):
        assert told(parse(question)) == english
    with override("it"):
        assert told(parse(question)) == italian


def test_every_word_of_a_list_has_a_name():
    lists = {field.choices for field in FIELDS.values()} & set(known()) - {"events", "messages"}

    assert {name: set(VALUES[name]) for name in lists} == {name: set(known()[name]) for name in lists}
