"""Fixtures for all tests, beside the code and here."""

pytest_plugins = ["tests.cast"]
