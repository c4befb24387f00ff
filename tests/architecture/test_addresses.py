"""Every address there is, walked through by script: whoever adds one decides here who may ask for it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

OPEN_OFFICE = {"_look/", "_style/", "_style/customer/", "_style/brand.css"} | {
    f"sign-{way}" for way in ("in/", "in/link/", "in/<str:token>/", "out/")
}
"""What is under `/office/` and open to everybody: the ways in and out, and the page of components (for builders)."""
WITHOUT_FORM_TOKEN = {
    "hooks/<str:role>/<str:kind>/<str:token>/",  # signed
    "u/<str:token>/",  # the signed link is the key, and mail programs post to it
    "u/confirm/<str:token>/",
    "s/<slug:slug>/subscribe/",  # stands on the shop's own site; sends a letter that asks back
    "s/<slug:slug>/widget/",  # stands in a frame, without cookies: a signed visitor stands in
    "s/<slug:slug>/widget/p/<str:token>/",
}


def addresses(patterns: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield path, one.callback
        elif not path.startswith("raw/"):  # Django's own, read-only
            yield from addresses(one.url_patterns, path)


def says(view: Any, mark: str) -> bool:
    while view is not None:
        if getattr(view, mark, False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_the_team_s_addresses_are_the_team_s() -> None:
    open_ = {
        path for path, view in addresses() if path.startswith("office/") and not says(view, "is_for_staff")
    }

    assert open_ == {f"office/{path}" for path in OPEN_OFFICE}


def test_pages_below_an_order_are_behind_its_link() -> None:
    open_ = {
        path for path, view in addresses() if path.startswith("o/") and not says(view, "is_by_order_link")
    }

    assert open_ == {"o/<str:token>/"}, "the order page itself, which reads the link on its fast way"


def test_forms_without_a_token_are_few_and_known() -> None:
    assert {path for path, view in addresses() if says(view, "csrf_exempt")} == WITHOUT_FORM_TOKEN


def test_an_address_that_changes_something_by_its_name_takes_no_get() -> None:
    verbs = (
        "delete",
        "remove",
        "approve",
        "refuse",
        "settle",
        "switch",
        "close",
        "lift",
        "drop",
        "resume",
        "end",
    )
    found = [
        (path, view)
        for path, view in addresses()
        if path.strip("/").rpartition("/")[2].split("-")[0] in verbs
    ]

    assert len(found) > 10
    for path, view in found:
        assert says(view, "is_for_staff") or says(view, "is_by_order_link"), path
