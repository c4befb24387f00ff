"""Which carrier has a parcel: never decided by a number alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.carrier import CARRIERS
from passaparola.tracking.numbers import is_valid_s10
from passaparola.tracking.rules.identify import Reason, identify

ENABLED = {key: CARRIERS[key] for key in ("gls_it", "poste_it", "brt", "aftership")}
WORDS = st.sampled_from(
    ["", "Other", "GLS", "BRT Corriere Espresso", "Poste Italiane", "DHL Express", "BRT o GLS"]
)
LANES = st.dictionaries(st.sampled_from(["gls_it", "poste_it", "brt", "dhl"]), st.integers(-1, 500))
COUNTRIES = st.sampled_from(["", "IT", "US"])


@given(number=st.text(max_size=20), words=WORDS, country=COUNTRIES, lanes=LANES)
def test_there_is_always_an_answer_with_a_confidence(number, words, country, lanes):
    told = identify(
        number, carrier_words=words, destination_country=country, earlier_lanes=lanes, enabled=ENABLED
    )

    assert 0 <= told.confidence <= 1
    assert told.reasons
    assert told.carrier_key or told.needs_a_person


@given(
    serial=st.integers(0, 10**8 - 1),
    shift=st.integers(1, 9),
    words=st.sampled_from(["", "Other", "Poste Italiane"]),
    country=COUNTRIES,
)
def test_a_flipped_check_digit_always_lowers_the_confidence(serial, shift, words, country):
    right = next(number for digit in range(10) if is_valid_s10(number := f"RR{serial:08}{digit}IT"))
    wrong = f"{right[:10]}{(int(right[10]) + shift) % 10}IT"

    good = identify(right, carrier_words=words, destination_country=country, enabled=ENABLED)
    bad = identify(wrong, carrier_words=words, destination_country=country, enabled=ENABLED)

    assert bad.confidence < good.confidence
    assert bad.needs_a_person


@given(number=st.from_regex(r"[A-Z]{2}[0-9]{9}([A-Z]{2})?|[0-9]{9,15}", fullmatch=True))
def test_a_number_alone_always_asks_a_person(number):
    assert identify(number, enabled=ENABLED).needs_a_person


@pytest.mark.parametrize(
    ("words", "number", "key"),
    [
        ("Poste Italiane", "RR123456785IT", "poste_it"),
        ("Poste Delivery Business", "2IUP0305509221", "poste_it"),
        ("GLS", "RA123456789", "gls_it"),
        ("BRT Corriere Espresso", "012345678901234", "brt"),
        ("DHL Express", "1234567890", "dhl"),
    ],
)
def test_the_shops_words_and_a_fitting_number_are_enough(words, number, key):
    told = identify(number, carrier_words=words, enabled=ENABLED)

    assert (told.carrier_key, told.needs_a_person) == (key, False)
    assert Reason.NAMED_BY_SHOP in told.reasons


def test_a_carrier_of_ours_may_be_called_by_its_own_name():
    told = identify("DUMMY1", carrier_words="dummy", enabled={"dummy": CARRIERS["dummy"]})

    assert (told.carrier_key, told.needs_a_person) == ("dummy", False)


def test_words_and_number_that_contradict_each_other_ask_a_person():
    told = identify("RR123456785IT", carrier_words="GLS", earlier_lanes={"gls_it": 100}, enabled=ENABLED)

    assert told.needs_a_person


def test_habit_and_check_digit_together_are_enough_without_words():
    told = identify(
        "RR123456785IT",
        carrier_words="Other",
        destination_country="IT",
        earlier_lanes={"poste_it": 40},
        enabled=ENABLED,
    )

    assert (told.carrier_key, told.needs_a_person) == ("poste_it", False)
    assert Reason.USUAL_ON_THIS_WAY in told.reasons


def test_a_carrier_that_does_not_go_there_is_doubted():
    at_home = identify("RA123456789", carrier_words="GLS", destination_country="IT", enabled=ENABLED)
    overseas = identify("RA123456789", carrier_words="GLS", destination_country="US", enabled=ENABLED)

    assert overseas.confidence < at_home.confidence
    assert overseas.needs_a_person


def test_without_any_hint_there_is_no_guess():
    told = identify("??", enabled={"aftership": CARRIERS["aftership"]})

    assert (told.carrier_key, told.reasons, told.needs_a_person) == ("", (Reason.NOTHING_FITS,), True)
