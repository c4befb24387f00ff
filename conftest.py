"""Fixtures for all tests, beside the code and here."""

import pytest

pytest_plugins = ["tests.private_database", "tests.browser_or_fail", "tests.cast"]


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:  # noqa: ANN001 - pytest-django's own wrapper
    """Argon2 is slow on purpose; tests make people by the dozen."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
