"""Fixtures for all tests, beside the code and here."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.private_database",
    "tests.emptied_tables",
    "tests.shared_worlds",
    "tests.browser_or_fail",
    "tests.cast",
    "tests.still_clock",
]


# A busy machine is slow at everything: that is no finding about our code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: begun last, one process would work on them while the other has nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("chaos") is None)


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:  # noqa: ANN001 - pytest-django's own wrapper
    """Argon2 is slow on purpose; tests make people by the dozen."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_language_left_over() -> Iterator[None]:
    """A page leaves the thread in its reader's language; the next test is nobody's yet."""
    yield
    translation.deactivate()
