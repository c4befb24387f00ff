"""The log tells what happened and opens nothing."""

import logging

import pytest

from passaparola.config.logs import WithoutKeys


def logged(said: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, said, args, None)
    assert WithoutKeys().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/o/m5v9tNoscV9TJw5JDAMBrw/", "/o/…/"),
        ("/u/m5v9tNoscV9TJw5JDAMBrw/", "/u/…/"),
        ("/s/bottega-luna/p/m5v9tNoscV9TJw5JDAMBrw/", "/s/bottega-luna/p/…/"),
        ("/office/sign-in/GbX0zvJ-kdT8jRk_1vQ/", "/office/sign-in/…/"),
        ("/hooks/connector/shopify/Zk3_abcDEF012345/", "/hooks/connector/shopify/…/"),
    ],
)
def test_the_key_in_an_address_is_not_logged(path: str, shown: str) -> None:
    assert logged("Internal Server Error: %s", path) == f"Internal Server Error: {shown}"


@pytest.mark.parametrize(
    "path", ["/office/orders/7/", "/office/sign-in/link/", "/s/bottega-luna/", "50 % off"]
)
def test_other_lines_stay_as_they_are(path: str) -> None:
    assert logged("Not Found: %s", path) == f"Not Found: {path}"
