"""Carriers by name, numbers by check digit, countries and times by what is written."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.tracking.countries import country_in, zone_of
from passaparola.tracking.known_carriers import KNOWN_CARRIERS, key_of_slug, key_of_words, link, name_of
from passaparola.tracking.moments import ROME, clock_in, moment
from passaparola.tracking.numbers import is_valid_s10, number_in


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Poste Italiane", "poste_it"),
        ("poste-italiane", "poste_it"),
        ("Poste Delivery Business", "poste_it"),
        ("La Poste", "colissimo"),
        ("BRT", "brt"),
        ("BRT Corriere Espresso", "brt"),
        ("Bartolini", "brt"),
        ("GLS Italy", "gls_it"),
        ("GLS", "gls_it"),
        ("GLS Germany", "gls"),
        ("gls_it", "gls_it"),
        ("DHL Express", "dhl"),
        ("DHLExpress", "dhl"),
        ("DHL eCommerce", "dhl_ecommerce"),
        ("Österreichische Post", "post_at"),
        ("UPS®", "ups"),
        ("FedEx", "fedex"),
        ("Other", ""),
        ("Altro corriere", ""),
        ("", ""),
        ("GLS o BRT", ""),
        ("groups", ""),
    ],
)
def test_shops_words_name_a_carrier(words, key):
    assert key_of_words(words) == key


@given(st.text(max_size=60))
def test_any_words_and_numbers_do_no_harm(words):
    assert key_of_words(words) in {"", *KNOWN_CARRIERS}
    assert isinstance(key_of_slug(words), str)
    assert name_of(words) is not None
    assert not set(link("brt", words, words)) & set(' "<>')


@pytest.mark.parametrize("key", sorted(KNOWN_CARRIERS))
@pytest.mark.parametrize("language", ["it", "en", "de", ""])
def test_every_page_can_be_filled_in(key, language):
    page = link(key, "A 1/2", language)

    assert "{" not in page
    assert page == "" or "A%201%2F2" in page


def test_pages_speak_the_customers_language_where_they_can():
    assert "/it/" in link("gls_it", "1", "it")
    assert "/en/" in link("gls_it", "1", "en-GB")
    assert link("unheard", "1", "it") == link("brt", "", "it") == ""


@pytest.mark.parametrize("number", ["RR123456785IT", "XA733804716IT", "RB000000005IT"])
def test_right_check_digits(number):
    assert is_valid_s10(number)
    assert not is_valid_s10(number.replace("5IT", "4IT").replace("6IT", "7IT"))


def test_numbers_are_kept_without_blanks_in_capitals():
    assert [number_in(value) for value in (" rr 123\t4 ", 123, None, ["x"], True)] == [
        "RR1234",
        "123",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ITA", "IT"),
        ("it", "IT"),
        ("UK", "GB"),
        ("SVIZZERA", "CH"),
        ("Germany", "DE"),
        ("XX", ""),
        ("", ""),
        ("FAENZA", ""),
    ],
)
def test_countries_in_any_spelling(written, code):
    assert country_in(written) == code


def test_a_country_with_several_clocks_has_none():
    assert str(zone_of("IT")) == "Europe/Rome"
    assert str(zone_of("ES")) == "Europe/Madrid"
    assert zone_of("US") is None
    assert zone_of("") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-05T10:00:00Z", "2026-03-05T10:00:00+00:00"),
        ("2026-03-05 10:00", "2026-03-05T10:00:00+01:00"),
        (1772704800, "2026-03-05T11:00:00+01:00"),
        ("1772704800000", "2026-03-05T11:00:00+01:00"),
        ("2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00"),
        ("0001-01-01", None),
        ("soon", None),
        (True, None),
        (float("nan"), None),
        (10**40, None),
        (-1, None),
    ],
)
def test_moments_in_any_shape(value, expected):
    at = moment(value, ROME)

    assert (at.isoformat() if at else None) == expected


def test_clock_times_with_colon_or_full_stop():
    assert [str(clock_in(written)) for written in ("10:30", "14.30", "0815", "", "25:00", "nope")] == [
        "10:30:00",
        "14:30:00",
        "08:15:00",
        "None",
        "None",
        "None",
    ]


@given(st.integers(0, 3_000_000_000))
def test_a_roman_time_survives_as_the_same_moment(seconds):
    written = datetime.fromtimestamp(946_800_000 + seconds, ROME)

    at = moment(written.isoformat())

    assert at == written.astimezone(UTC)


@pytest.mark.parametrize("offset", ["+23:59", "-16:00"])
def test_a_scan_at_no_place_on_earth_has_no_time(offset: str) -> None:
    assert moment(f"2026-03-01T10:00:00{offset}") is None
