"""The page about adding a channel, followed to the letter."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from passaparola.kernel.plugins import Registry
from passaparola.messages import channels
from passaparola.messages.channel import Channel
from tests.contracts import test_channels as contract

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "add-a-channel.md"
KEY = "piccione"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """One more channel, written from the page."""
    for name, code in re.findall(r"```python file=(\S+)\n(.*?)```", PAGE.read_text(), re.DOTALL):
        file = tmp_path / KEY / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code)
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(tmp_path)])
    yield tmp_path / KEY
    for name in [name for name in sys.modules if f".channels.{KEY}" in name]:
        del sys.modules[name]


def test_the_new_channel_is_found_and_keeps_the_contract(folder):
    found: Registry[Channel] = Registry("passaparola.messages.channels", Channel)

    channel = found[KEY]

    assert not channel.is_ready()
    assert channel.pack(contract.letter(KEY)) == channel.pack(contract.letter(KEY))
    contract.check_one_outcome_each(channel, KEY)
    assert import_module(f"passaparola.messages.channels.{KEY}").__doc__


def test_the_pages_own_test_passes(folder):
    names: dict[str, object] = {}

    exec(compile((folder / "tests" / f"test_{KEY}.py").read_text(), "page", "exec"), names)
    tests = [check for name, check in names.items() if name.startswith("test_") and callable(check)]

    assert tests
    for check in tests:
        check()
