"""The database of a test run: the one in DATABASE_URL, else a private one for this run alone."""

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings

from passaparola.config.addresses import DatabaseAddress
from passaparola.kernel.database import private


def pytest_configure(config: pytest.Config) -> None:
    """Start it before anybody asks; xdist's workers inherit the address."""
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    if config.option.collectonly or config.option.help:
        return
    stack = ExitStack()
    config.add_cleanup(stack.close)
    folder = stack.enter_context(TemporaryDirectory(prefix="passaparola-tests-", ignore_cleanup_errors=True))
    os.environ["DATABASE_URL"] = stack.enter_context(private.running(Path(folder), durable=False))
    stack.callback(os.environ.pop, "DATABASE_URL", None)
    # The settings were read before any conftest: the dictionary that Django already holds is changed.
    address = DatabaseAddress.parse(os.environ["DATABASE_URL"]).as_django()
    settings.DATABASES["default"].update({name: address[name] for name in ("NAME", "USER", "HOST", "PORT")})
