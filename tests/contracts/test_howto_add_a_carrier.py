"""The page about adding a carrier, followed to the letter."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from passaparola.kernel.plugins import Registry
from passaparola.tracking import carriers
from passaparola.tracking.carrier import Carrier
from tests.contracts import test_carriers as contract

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "add-a-carrier.md"
KEY = "corriere_rosso"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry[Carrier]]:
    """The registry with one more folder, written from the page."""
    for name, code in re.findall(r"```python file=(\S+)\n(.*?)```", PAGE.read_text(), re.DOTALL):
        file = tmp_path / KEY / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code)
    monkeypatch.setattr(carriers, "__path__", [*carriers.__path__, str(tmp_path)])
    found: Registry[Carrier] = Registry("passaparola.tracking.carriers", Carrier)
    monkeypatch.setattr(contract, "CARRIERS", found)
    yield found
    for name in [name for name in sys.modules if f".carriers.{KEY}" in name]:
        del sys.modules[name]


def test_the_new_carrier_is_found_and_keeps_the_contract(registry):
    assert KEY in registry

    contract.test_it_has_a_name_and_tests_of_its_own(KEY)
    contract.test_what_it_signs_is_authentic_and_any_other_body_or_secret_is_not(KEY)
    contract.test_strange_headers_are_refused_without_a_crash(KEY, {"x-rosso-signature": "é\udcff"})
    contract.test_repeated_deliveries_have_the_same_short_key(KEY)
    for body in (b"", b"[]", b"{}", b'{"parcel": 1, "steps": [null, {"when": 1e999}]}'):
        contract.try_reading(registry[KEY], body)


def test_the_pages_own_test_passes(registry):
    folder = Path(str(import_module(f"passaparola.tracking.carriers.{KEY}").__file__)).parent
    names: dict[str, object] = {}

    exec(compile((folder / "tests" / f"test_{KEY}.py").read_text(), "page", "exec"), names)
    tests = [check for name, check in names.items() if name.startswith("test_") and callable(check)]

    assert tests
    for check in tests:
        check()
