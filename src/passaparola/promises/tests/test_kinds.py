"""What every kind of promise has to stand."""

import re

import pytest

from passaparola.promises.kind import KINDS, Pace, PromiseKind


@pytest.mark.parametrize("key", list(KINDS))
def test_a_kind_is_called_by_its_folder_and_speaks_both_languages(key: str) -> None:
    kind = KINDS[key]

    assert isinstance(kind, PromiseKind)
    assert kind.key == key
    assert str(kind.label)
    for language in ("en", "it"):
        assert kind.words[language].format(day="Friday", time="18:00").endswith(".")


@pytest.mark.parametrize("key", list(KINDS))
def test_in_italian_it_says_tu_as_our_letters_do(key: str) -> None:
    words = KINDS[key].words["it"].format(day="venerdì", time="18:00")

    assert not re.search(r"\b(Le|La|Suo|Sua|Riceve|Avrà|Può)\b", words)


@pytest.mark.parametrize("key", list(KINDS))
def test_a_kind_knows_how_long_it_takes_and_how_bad_a_breach_is(key: str) -> None:
    kind = KINDS[key]

    assert 1 <= kind.severity <= 5
    assert (kind.amount > 0) == (kind.pace is not Pace.DATE)
    assert not kind.most or kind.amount <= kind.most
