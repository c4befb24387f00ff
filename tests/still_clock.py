"""Every test happens on a Wednesday at noon in Faenza, whatever the day and the hour of who runs it.

Pages and tests ask the real clock; a result must not depend on it. So during a test it shows `tests.cast.NOON`, from
where it goes on. Real are the clocks of a browser, of PostgreSQL and of other processes: tests that need those to agree
with ours are marked `real_clock`, and so are those of packages that ask the time themselves.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from importlib import import_module
from time import monotonic
from types import ModuleType
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import NOON

_BEGAN = monotonic()
_REAL = ("chaos", "real_clock")
_known: list[Any] = [0, []]


class _AnyDatetime(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, datetime)


class StillDatetime(datetime, metaclass=_AnyDatetime):
    """What modules know as `datetime`, but for the hour."""

    def __new__(cls, *given: Any, **named: Any) -> datetime:  # type: ignore[misc] # whoever makes one gets a plain one
        return datetime(*given, **named)  # noqa: DTZ001 - as it was asked for

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return now().astimezone(tz)


def now() -> datetime:
    """Return the time it is in tests."""
    return NOON + timedelta(seconds=monotonic() - _BEGAN)


@contextmanager
def still() -> Iterator[None]:
    """Let it be noon in all of our modules, and for whoever asks Django."""
    import_module("passaparola.config.urls")  # what the first page would load meanwhile would miss it
    real, ours = timezone.now, _modules()
    timezone.now = now
    for module in ours:
        module.datetime = StillDatetime  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.now = real
        for module in ours:
            module.datetime = datetime  # type: ignore[attr-defined]


def _modules() -> list[ModuleType]:
    """Return our modules that know `datetime`, looked for anew only where more were loaded."""
    if len(sys.modules) != _known[0]:
        _known[:] = [len(sys.modules), _look()]
    ours: list[ModuleType] = _known[1]
    return ours


def _look() -> list[ModuleType]:
    return [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in {"passaparola", "tests"}
        and name != __name__
        and getattr(module, "datetime", None) is datetime
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    """Hold the clock from the first fixture of a test to its last."""
    if any(item.get_closest_marker(name) for name in _REAL):
        return (yield)
    with still():
        return (yield)
