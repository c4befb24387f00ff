"""Fixtures for tests in a real, headless Chromium.

    def test_the_orders_page_looks_right(page, sign_in, sara, look_over):
        sign_in(page, sara)
        page.goto("/office/orders/")
        look_over(page, "orders")

`page` talks to the live server (addresses may be relative) and fails the test when the browser complained:
a script's error, a blocked style, a missing file. `look_over` does all of the following in one go:
`axe` (no violation, no undecided contrast), `fits` (no sideways scroll at 360 pixels) and pictures (phone and
desktop, by day and by night, English and Italian, into `screenshots/`: look at them). `look_at` does the same for
customers' pages, which take their language from the address. Where nobody looks, PASSAPAROLA_SCREENSHOTS=no saves
the pictures.

The browser is PASSAPAROLA_CHROMIUM, or a Chromium in its usual place; without one these tests are skipped.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from passaparola.kernel.ui.assets import build_assets
from passaparola.stores.models import Member

# Playwright runs an event loop in this thread; Django takes that for asynchronous code and refuses.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
NARROWEST = {"width": 360, "height": 740}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that night can break: it changes colours and nothing else."""
_SETTLED = """
    () => document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < Infinity)
                  .forEach(one => one.finish())
"""
_AXE = """
    options => axe.run(options).then(({violations, incomplete}) => ({violations, incomplete}))
"""
QUIETLY = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def chromium() -> str | None:
    """The browser's program, or None where there is none."""
    named = os.environ.get("PASSAPAROLA_CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a browser test; without a browser all are skipped, with one reason."""
    here = Path(__file__).parent
    skip = None if chromium() else pytest.mark.skip(reason="No Chromium found: set PASSAPAROLA_CHROMIUM.")
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if skip:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    build_assets()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIETLY)
        yield running
        running.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; a test that provokes it on purpose empties the list."""
    return []


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport=DESKTOP, locale="en-GB")
    opened = context.new_page()
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert not complaints, "The browser complained: " + " | ".join(complaints)


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, Member], None]:
    """Sign a member in without the sign-in page, which has its own tests."""

    def sign(page: Page, member: Member) -> None:
        client = Client()
        client.force_login(member)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return sign


def _undecided(finding: dict) -> dict | None:
    """Contrast that axe left open. It never decides on letters drawn inside a chart; their colours are
    checked as tokens in the stylesheet's own test.
    """
    nodes = [node for node in finding["nodes"] if not node["html"].startswith("<text")]
    return finding | {"nodes": nodes} if finding["id"] == "color-contrast" and nodes else None


def _told(finding: dict) -> str:
    nodes = "\n    ".join(
        f"{' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for node in finding["nodes"][:6]
    )
    return f"{finding['id']}: {finding['help']}\n    {nodes}"


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fail on what axe finds wrong, and on contrast that it could not decide; `rules` are those to look for."""

    def check(page: Page, rules: Sequence[str] = ()) -> None:
        only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": STANDARDS}
        if not page.evaluate("'axe' in window"):  # half a megabyte: once for each document
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(_AXE, {"runOnly": only, "resultTypes": ["violations", "incomplete"]})
        undecided = filter(None, map(_undecided, found["incomplete"]))
        wrong = [_told(finding) for finding in (*found["violations"], *undecided)]
        assert not wrong, f"{page.url}\n" + "\n".join(wrong)

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Fail when the page can be scrolled sideways on the narrowest phone."""

    def check(page: Page) -> None:
        before = page.viewport_size
        page.set_viewport_size(NARROWEST)
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size(before or DESKTOP)
        assert wide <= NARROWEST["width"], f"{page.url} is {wide} pixels wide on a phone of 360."

    return check


def shoot(page: Page, name: str) -> None:
    """Take a picture of the whole page, unless nobody looks."""
    if os.environ.get("PASSAPAROLA_SCREENSHOTS") == "no":
        return
    SCREENSHOTS.mkdir(exist_ok=True)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, animations="disabled")


Check = Callable[..., None]


@pytest.fixture
def look_over(axe: Check, fits: Check) -> Callable[[Page, str], None]:
    """Everything at once: pictures in every look, axe in the English ones, no sideways scroll in any language."""

    def look(page: Page, name: str) -> None:
        address = page.url
        for language in ("en", "it"):
            page.context.add_cookies(
                [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address.split("?")[0]}]
            )
            page.goto(address)
            _in_each_look(page, f"{name}-{{}}-{language}", fits, axe if language == "en" else None)

    return look


@pytest.fixture
def look_at(page: Page, axe: Check, fits: Check) -> Callable[..., None]:
    """The same for a page of customers: there the address says the language."""

    def look(name: str, page: Page = page) -> None:
        address = page.url.split("?")[0]
        for language in ("it", "en"):
            page.goto(f"{address}?lang={language}")
            _in_each_look(page, f"{name}-{{}}-{language}", fits, axe if language == "en" else None)

    return look


def _in_each_look(page: Page, name: str, fits: Check, axe: Check | None) -> None:
    fits(page)
    for device, size in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(size)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(_SETTLED)  # colours that fade from day to night are read as they end
            shoot(page, name.format(f"{device}-{scheme}"))
            if axe:
                axe(page, COLOURS if scheme == "dark" else ())
