import pytest
from hypothesis import given
from hypothesis import strategies as st

from passaparola.messages.rules.names import LONGEST, sayable


@pytest.mark.parametrize(
    "name", ["Giulia", "Anna-Maria dell’Orto", "J.R. Rossi", "D'Angelò", "Ψυχή", "St. John"]
)
def test_names_stay_as_they_are(name: str) -> None:
    assert sayable(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "Claim your prize: evil.example/x",
        "evil.example",
        "EVIL.COM",
        "https://evil.example",
        "www.evil",
        "mail ugo@evil.example",
        "<b>Giulia</b>",
        "{{ store }}",
        "x" * 61,
    ],
)
def test_what_leads_somewhere_is_no_name(name: str) -> None:
    assert sayable(name) == ""


@given(st.text())
def test_whatever_is_typed_is_one_short_line(name: str) -> None:
    told = sayable(name)

    assert len(told) <= LONGEST
    assert len(told.splitlines()) <= 1
    assert sayable(told) == told
