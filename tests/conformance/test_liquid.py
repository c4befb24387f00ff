"""Our Liquid against golden-liquid, found by `PASSAPAROLA_FIXTURES` or beside the repository.

What a shop owner knows from elsewhere has to work here: our limits may not change a letter of what is valid.
"""

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from liquid import DictLoader, Environment
from liquid.exceptions import LiquidError

from passaparola.messages.rendering import liquids

FIXTURES = Path(os.environ.get("PASSAPAROLA_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
SUITE = FIXTURES / "suites" / "golden_liquid.json"
CASES = json.loads(SUITE.read_text())["tests"] if SUITE.is_file() else []
VALID = [case for case in CASES if not case.get("invalid")]
INVALID = [case for case in CASES if case.get("invalid")]
KNOWN = {
    # python-liquid 2.3.6 has no value `blank` on the right of a comparison with nothing or false.
    "blank and empty, false is equal to blank",
    "blank and empty, nil is equal to blank",
    "blank and empty, null is equal to blank",
    "blank and empty, undefined is equal to blank",
}
pytestmark = pytest.mark.skipif(
    not CASES, reason="No public samples here: set PASSAPAROLA_FIXTURES to their folder."
)


def written(environment: Environment, case: dict[str, Any]) -> str:
    return environment.from_string(case["template"]).render(**case.get("data", {}))


def ours(case: dict[str, Any]) -> Environment:
    return liquids.environment(escapes=False, partials=case.get("templates"))


def test_the_suite_is_whole():
    assert (len(VALID), len(INVALID)) == (928, 126)


def test_every_valid_case_reads_as_in_the_bare_library():
    other = []
    for case in VALID:
        bare = Environment(loader=DictLoader(case.get("templates") or {}))
        if written(bare, case) != written(ours(case), case):
            other.append(case["name"])

    assert other == []


@pytest.fixture
def _in_utc(monkeypatch):
    """Where the suite was written: `%s` of a date without a zone is counted from the machine's own."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_in_utc")
def test_every_valid_case_reads_as_expected_but_for_four_known_ones():
    other = set()
    for case in VALID:
        expected = case.get("results") or [case["result"]]
        if written(ours(case), case) not in expected:
            other.add(case["name"])

    assert other == KNOWN


def test_what_is_not_valid_raises_nothing_but_liquids_own_errors():
    for case in INVALID:
        with contextlib.suppress(LiquidError):  # some of it the library takes, as Shopify does in part
            written(ours(case), case)
